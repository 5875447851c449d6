// What changes with the settings of the mesh.
#include "router.h"
#include "support/catch.h"

namespace wicket::route {
namespace {

using rules::EscapedSlashes;
using rules::PathNormalization;
using test::rules_router;

const char* const kRules =
    "[{match: [{uri: {prefix: /a/b}}], route: [{destination: {host: a}}]}, {route: [{destination: "
    "{host: b}}]}]";

TEST_CASE("R-PATH-1 the mesh says how paths are normalised") {
  struct Case {
    PathNormalization mode;
    const char* target;
    const char* want;
  };
  constexpr Case kCases[] = {
      {PathNormalization::kBase, "/x/../a/b", "a /a/b"},
      {PathNormalization::kBase, "/a//b", "b /a//b"},
      {PathNormalization::kNone, "/x/../a/b", "b /x/../a/b"},
      {PathNormalization::kMergeSlashes, "/a//b", "a /a/b"},
      {PathNormalization::kMergeSlashes, "/a%2Fb", "b /a%2Fb"},
      {PathNormalization::kDecodeAndMergeSlashes, "/a%2F%2fb", "a /a/b"},
  };
  for (const Case& c : kCases) {
    INFO(c.target);
    rules::LowerOptions options;
    options.mesh.path_normalization = c.mode;
    const test::Answer answer = rules_router(kRules, options)("http://a.io/", {.target = c.target});
    CHECK(answer.to() + " " + answer.target() == c.want);
  }
}

TEST_CASE("R-PATH-2 connection settings redirect or refuse escaped slashes, and refuse names with underscores") {
  rules::LowerOptions options;
  options.mesh.escaped_slashes = EscapedSlashes::kRedirect;
  options.mesh.merge_slashes = true;
  options.mesh.reject_underscored_headers = true;
  const test::Router edge = rules_router(kRules, options);
  CHECK(edge("http://a.io/", {.target = "/a%2Fb?x=%2F"}).text() == "307 /a/b?x=%2F");
  CHECK(edge("http://a.io/", {.target = "/a//b"}).text() == "to a");
  const test::Answer grpc =
      edge("http://a.io/", {.headers = {{"content-type", "application/grpc"}}, .target = "/a%2Fb"});
  CHECK(grpc.local("grpc-status") == "13");
  CHECK(edge("http://a.io/", {.headers = {{"x_y", "1"}}}).text() == "400 codec");
  options.mesh.escaped_slashes = EscapedSlashes::kReject;
  CHECK(rules_router(kRules, options)("http://a.io/", {.target = "/a%5Cb"}).text() == "400 codec");
  CHECK(rules_router(kRules)("http://a.io/", {.headers = {{"x_y", "1"}}}).text() == "to b");
}

TEST_CASE("R-PRE-1 HTTP/1.0 is taken where the mesh says so") {
  rules::LowerOptions options;
  options.mesh.accept_http10 = true;
  CHECK(rules_router(kRules)("http://a.io/", {.version = HttpVersion::kHttp10}).text() == "426 codec");
  CHECK(rules_router(kRules, options)("http://a.io/", {.version = HttpVersion::kHttp10}).text() == "to b");
}

TEST_CASE("R-REDIR-4 R-EDGE-3 behind a trusted proxy its x-forwarded-proto counts") {
  const std::string yaml =
      test::gateway("[{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*'], tls: {httpsRedirect: true}}]") +
      test::http_rules("[{route: [{destination: {host: a}}]}]");
  const test::Ask forwarded{.headers = {{"x-forwarded-proto", "https"}}};
  CHECK(test::Router(yaml)("http://a.io/", forwarded).text() == "301 https://a.io/");
  rules::LowerOptions options;
  options.mesh.trusted_proxies = 1;
  const test::Answer trusted = test::Router(yaml, options)("http://a.io/", forwarded);
  CHECK(trusted.text() == "to a");
  CHECK(trusted.upstream("x-forwarded-proto") == "https");
}

TEST_CASE("R-FLT-1 a chance is cut to a millionth, and a delay of nothing is none") {
  CHECK(fires(0.0001, 0));
  CHECK_FALSE(fires(0.0001, 1));
  CHECK_FALSE(fires(0.00009, 0));
  CHECK(fires(50, 499'999));
  CHECK_FALSE(fires(50, 500'000));
}

}  // namespace
}  // namespace wicket::route
