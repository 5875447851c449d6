// New paths, hosts and locations.
#include "route/rewrite.h"

#include "router.h"
#include "support/catch.h"

namespace wicket::route {
namespace {

using test::rules_router;

TEST_CASE("R-RW-1 R-RW-2 R-RW-3 what of the path is replaced") {
  struct Case {
    const char* match;
    const char* uri;
    const char* target;
    const char* want;
  };
  constexpr Case kCases[] = {
      {"match: [{uri: {prefix: /foo}}], ", "/", "/foo/bar", "//bar"},
      {"match: [{uri: {prefix: /foo/}}], ", "/", "/foo/bar", "/bar"},
      {"match: [{uri: {prefix: /foo}}], ", "/", "/foobar", "/bar"},
      {"match: [{uri: {prefix: /foo}}], ", "/x", "/foo?a=1", "/x?a=1"},
      {"match: [{uri: {prefix: /Foo}, ignoreUriCase: true}], ", "/x", "/fOO/y", "/x/y"},
      {"match: [{uri: {exact: /foo}}], ", "/z", "/foo?q=1", "/z?q=1"},
      {"match: [{uri: {regex: '/foo.*'}}], ", "/z", "/foo/bar?q=1", "/z?q=1"},
      {"", "/v2", "/users", "/v2users"},
      {"", "/v2/", "/users", "/v2/users"},
      {"match: [{method: {exact: GET}}], ", "/v2/", "/users", "/v2/users"},
  };
  for (const Case& c : kCases) {
    INFO(c.match << c.uri << " with " << c.target);
    const test::Router ask = rules_router(
        fmt::format("[{{{}rewrite: {{uri: {}}}, route: [{{destination: {{host: a}}}}]}}]", c.match, c.uri));
    const test::Answer answer = ask("http://a.io/", {.target = c.target});
    CHECK(answer.target() == c.want);
    CHECK(answer.upstream("x-envoy-original-path") == c.target);
  }
}

TEST_CASE("R-RW-4 R-RW-5 a regex replaces each of its matches in the path, and wins over uri") {
  struct Case {
    const char* rewrite;
    const char* target;
    const char* want;
  };
  constexpr Case kCases[] = {
      {"uriRegexRewrite: {match: '^/s/([^/]+)/(.*)$', rewrite: '/c/\\2/\\1'}", "/s/up/v1?q=1", "/c/v1/up?q=1"},
      {"uriRegexRewrite: {match: a, rewrite: b}", "/a/aa?a", "/b/bb?a"},
      {"uriRegexRewrite: {match: zzz, rewrite: b}", "/a", "/a"},
      {"uriRegexRewrite: {match: '.*', rewrite: ''}", "/a", "/a"},
      {"uriRegexRewrite: {match: '/(a)', rewrite: '/[\\0]'}", "/a", "/[/a]"},
      {"uriRegexRewrite: {match: a, rewrite: '\\9'}", "/a", "/a"},
      {"uri: /x, uriRegexRewrite: {match: a, rewrite: b}", "/a", "/b"},
  };
  for (const Case& c : kCases) {
    INFO(c.rewrite);
    const test::Router ask =
        rules_router(fmt::format("[{{rewrite: {{{}}}, route: [{{destination: {{host: a}}}}]}}]", c.rewrite));
    CHECK(ask("http://a.io/", {.target = c.target}).target() == c.want);
  }
}

TEST_CASE("R-RW-6 nothing is normalised again behind a rewrite; the old path goes along") {
  const test::Router ask =
      rules_router("[{match: [{uri: {prefix: /a/}}], rewrite: {uri: /x/../}, route: [{destination: {host: a}}]}]");
  const test::Answer answer = ask("http://a.io/", {.target = "/b/../a/c"});
  CHECK(answer.target() == "/x/../c");
  CHECK(answer.upstream("x-envoy-original-path") == "/a/c");
}

TEST_CASE("R-RW-7 R-RW-8 the authority that goes upstream") {
  const test::Router ask = rules_router(
      "[{match: [{uri: {prefix: /r}}], rewrite: {authority: r.io}, route: [{destination: {host: a}}]}, "
      "{match: [{uri: {prefix: /d}}], route: [{destination: {host: a}, weight: 1, headers: {request: {set: {host: "
      "d.io}}}}, "
      "{destination: {host: b}, weight: 1}]}, {route: [{destination: {host: a}}]}]");
  CHECK(ask("http://a.io/r").authority() == "r.io");
  CHECK(ask("http://a.io/r").upstream("x-envoy-original-host") == "a.io");
  CHECK(ask("http://a.io/d", {.draw = Draw::all(0)}).authority() == "d.io");
  CHECK(ask("http://a.io/d", {.draw = Draw::all(1)}).authority() == "a.io");
  CHECK(ask("http://a.io/x", {.host = "A.io:80"}).authority() == "A.io:80");
  CHECK(ask("http://a.io/x").upstream("x-forwarded-host") == "-");
}

TEST_CASE("R-RED-2 R-RED-3 R-RED-4 R-RED-5 locations of redirects") {
  struct Case {
    const char* rule;
    const char* host;
    const char* target;
    const char* want;
  };
  constexpr Case kCases[] = {
      {"redirect: {uri: /new}", "a.io", "/old/x?q=1", "301 http://a.io/new?q=1"},
      {"redirect: {uri: '/new?z=9', redirectCode: 302}", "a.io", "/old?q=1", "302 http://a.io/new?z=9"},
      {"redirect: {uri: new}", "a.io", "/old", "301 http://a.io/new"},
      {"redirect: {authority: b.io}", "a.io:8080", "/p?q", "301 http://b.io/p?q"},
      {"redirect: {scheme: https}", "a.io:80", "/p", "301 https://a.io/p"},
      {"redirect: {scheme: https}", "a.io:8080", "/p", "301 https://a.io:8080/p"},
      {"redirect: {scheme: https}", "a.io:443", "/p", "301 https://a.io:443/p"},
      {"redirect: {scheme: https, port: 8443}", "a.io:80", "/p", "301 https://a.io:8443/p"},
      {"redirect: {scheme: https, port: 443}", "a.io:8080", "/p", "301 https://a.io:8080/p"},
      {"redirect: {scheme: https, port: 443, authority: b.io}", "a.io", "/p", "301 https://b.io/p"},
      {"redirect: {port: 80}", "a.io:8080", "/p", "301 http://a.io:8080/p"},
      {"redirect: {uri: /x}", "[::1]:80", "/p", "301 http://[::1]:80/x"},
      {"redirect: {scheme: https}", "[::1]:80", "/p", "301 https://[::1]/p"},
      {"match: [{uri: {prefix: /foo}}], redirect: {prefixRewrite: /bar}", "a.io", "/foo/x?q=1",
       "301 http://a.io/bar/x?q=1"},
      {"match: [{uri: {prefix: /foo}}], redirect: {prefixRewrite: /}", "a.io", "/foo/bar", "301 http://a.io//bar"},
  };
  for (const Case& c : kCases) {
    INFO(c.rule << " with " << c.host << c.target);
    const test::Router ask(test::http_gateway() +
                           test::virtual_service(fmt::format("hosts: ['*'], http: [{{{}}}]", c.rule)));
    CHECK(ask("http://a.io/", {.host = c.host, .target = c.target}).text() == c.want);
  }
}

TEST_CASE("R-RED-6 R-HOP-7 response operations of the rule apply to a redirect, nothing else does") {
  const test::Answer answer = rules_router(
      "[{redirect: {uri: /x}, headers: {request: {set: {q: '1'}}, response: {set: {r: '1'}}}, corsPolicy: "
      "{allowOrigins: "
      "[{exact: '*'}]}}]")("http://a.io/", {.headers = {{"origin", "https://b.io"}}});
  CHECK(answer.local("r") == "1");
  CHECK(answer.local("location") == "http://a.io/x");
  CHECK(answer.local("access-control-allow-origin") == "-");
  CHECK(answer.decision.body.empty());
}

TEST_CASE("R-RED-7 the request's own scheme is the default, not x-forwarded-proto") {
  const test::Router ask = rules_router("[{redirect: {uri: /x}}]");
  CHECK(ask("http://a.io/", {.target = "https://a.io/y"}).text() == "301 https://a.io/x");
}

TEST_CASE("R-DIR-1 R-DIR-2 R-LR-14 direct responses") {
  const auto ask = [](std::string_view response, const test::Ask& how = {}) {
    return rules_router(fmt::format("[{{directResponse: {}}}]", response))("http://a.io/p?q", how);
  };
  const test::Answer teapot = ask("{status: 418, body: {string: short}}");
  CHECK(teapot.text() == "418 route");
  CHECK(teapot.decision.body == "short");
  CHECK(teapot.decision.response_flag.empty());
  CHECK(teapot.local("content-length") == "5");
  CHECK(teapot.local("content-type") == "text/plain");
  CHECK(ask("{status: 204}").local("content-type") == "-");
  CHECK(ask("{status: 301}").local("location") == "http://a.io/p?q");
  CHECK(ask("{status: 201}").local("location") == "http://a.io/p?q");
  CHECK(ask("{status: 200}").local("location") == "-");

  const test::Router typed = rules_router(
      "[{directResponse: {status: 200, body: {string: '{}'}}, headers: {response: {set: {content-type: "
      "application/json}}}}]");
  CHECK(typed("http://a.io/").local("content-type") == "application/json");
}

TEST_CASE("R-DIR-3 gRPC gets every answer of the gateway as 200 and grpc-status") {
  const test::Ask grpc{.method = "POST", .headers = {{"content-type", "application/grpc+proto"}}};
  const test::Router ask = rules_router(
      "[{match: [{uri: {exact: /403}}], directResponse: {status: 403, body: {string: 'no 100%'}}}, "
      "{match: [{uri: {exact: /503}}], directResponse: {status: 503}}, "
      "{match: [{uri: {exact: /400}}], directResponse: {status: 400}}, "
      "{match: [{uri: {exact: /401}}], directResponse: {status: 401}}, "
      "{match: [{uri: {exact: /418}}], directResponse: {status: 418}}]");
  struct Case {
    const char* url;
    const char* status;
  };
  constexpr Case kCases[] = {{"http://a.io/403", "7"},  {"http://a.io/503", "14"}, {"http://a.io/400", "13"},
                             {"http://a.io/401", "16"}, {"http://a.io/418", "2"},  {"http://a.io/none", "12"}};
  for (const Case& c : kCases) {
    INFO(c.url);
    const test::Answer answer = ask(c.url, grpc);
    CHECK(answer.decision.status == 200);
    CHECK(answer.local("grpc-status") == c.status);
    CHECK(answer.local("content-type") == "application/grpc");
  }
  CHECK(ask("http://a.io/403", grpc).local("grpc-message") == "no 100%25");
  CHECK(ask("http://a.io/none", {.headers = {{"content-type", "application/grpc-web"}}}).decision.status == 404);
}

TEST_CASE("R-REDIR-3 R-REDIR-4 R-LR-15 httpsRedirect keeps the host as it was sent, and believes no client") {
  const test::Router ask(
      test::gateway("[{port: {number: 80, name: h, protocol: HTTP}, tls: {httpsRedirect: true}, hosts: ['*']}]") +
      test::http_rules("[{route: [{destination: {host: a}}], headers: {response: {set: {r: '1'}}}}]"));
  CHECK(ask("http://a.io/a?b=1", {.host = "A.io:80"}).text() == "301 https://A.io:80/a?b=1");
  CHECK(ask("http://a.io/", {.headers = {{"x-forwarded-proto", "https"}}}).text() == "301 https://a.io/");
  CHECK(ask("http://other.io/").text() == "301 https://other.io/");
  CHECK(ask("http://a.io/").decision.stage == Stage::kVirtualHost);
  CHECK(ask("http://a.io/").local("r") == "-");
  CHECK(ask("http://a.io/").decision.response_flag.empty());
}

TEST_CASE("R-REDIR-5 on HTTPS the flag has no effect") {
  const test::Router ask(
      test::gateway("[{port: {number: 443, name: s, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x, "
                    "httpsRedirect: true}, hosts: [a.io]}]") +
      test::http_rules("[{route: [{destination: {host: a}}]}]"));
  CHECK(ask("https://a.io/").text() == "to a");
}

}  // namespace
}  // namespace wicket::route
