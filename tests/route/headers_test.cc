// Edits of headers.
#include "route/headers.h"

#include "router.h"
#include "support/catch.h"

namespace wicket::route {
namespace {

using test::rules_router;

// The value of header x upstream, after operations in flow style, where the client sent "x: old".
std::string edited(std::string_view operations) {
  return rules_router(fmt::format("[{{headers: {{request: {}}}, route: [{{destination: {{host: a}}}}]}}]", operations))(
             "http://a.io/", {.headers = {{"X", "old"}, {"z", "zed"}}})
      .upstream("x");
}

TEST_CASE("R-HOP-1 R-HOP-2 removes, then sets, then adds; empty values are skipped") {
  struct Case {
    const char* operations;
    const char* want;
  };
  constexpr Case kCases[] = {
      {"{set: {x: new}}", "new"},
      {"{add: {x: new}}", "old|new"},
      {"{remove: [x]}", "-"},
      {"{remove: [x], set: {x: new}}", "new"},
      {"{remove: [x], add: {x: new}}", "new"},
      {"{set: {x: s}, add: {x: a}}", "s|a"},
      {"{set: {x: ''}}", "old"},
      {"{set: {X: new}}", "new"},
  };
  for (const Case& c : kCases) {
    INFO(c.operations);
    CHECK(edited(c.operations) == c.want);
  }
}

TEST_CASE("R-HOP-3 R-HOP-4 one destination beats the rule, the rule beats one of several") {
  constexpr std::string_view kRule = "headers: {request: {set: {x: rule}}}, ";
  const test::Router one = rules_router(
      fmt::format("[{{{}route: [{{destination: {{host: a}}, headers: {{request: {{set: {{x: dest}}}}}}}}]}}]", kRule));
  CHECK(one("http://a.io/").upstream("x") == "dest");
  const test::Router removing = rules_router(
      fmt::format("[{{{}route: [{{destination: {{host: a}}, headers: {{request: {{remove: [x]}}}}}}]}}]", kRule));
  CHECK(removing("http://a.io/").upstream("x") == "rule");
  const test::Router two = rules_router(fmt::format(
      "[{{{}route: [{{destination: {{host: a}}, weight: 1, headers: {{request: {{set: {{x: dest, w: dest}}}}}}}}, "
      "{{destination: {{host: b}}, weight: 1}}]}}]",
      kRule));
  CHECK(two("http://a.io/", {.draw = Draw::all(0)}).upstream("x") == "rule");
  CHECK(two("http://a.io/", {.draw = Draw::all(0)}).upstream("w") == "dest");
  CHECK(two("http://a.io/", {.draw = Draw::all(1)}).upstream("w") == "-");
}

TEST_CASE("R-HOP-5 host among the operations is the authority, and is not removed") {
  const test::Answer answer = rules_router(
      "[{headers: {request: {set: {host: h.io}, remove: [host]}}, route: [{destination: {host: a}}]}]")("http://a.io/");
  CHECK(answer.authority() == "h.io");
  CHECK(answer.upstream("host") == "-");
  const test::Answer empty =
      rules_router("[{headers: {request: {set: {host: ''}, add: {host: h.io}}}, route: [{destination: {host: a}}]}]")(
          "http://a.io/");
  CHECK(empty.authority() == "h.io");
}

TEST_CASE("R-HOP-6 format strings see the headers behind the removes") {
  struct Case {
    const char* value;
    const char* want;
  };
  constexpr Case kCases[] = {
      {"%REQ(z)%", "zed"},
      {"<%REQ(z)%>", "<zed>"},
      {"%REQ(none?z)%", "zed"},
      {"%REQ(z):2%", "ze"},
      {"%REQ(:path)% %REQ(:method)%", "/ GET"},
      {"%PROTOCOL%", "HTTP/1.1"},
      {"100%%", "100%"},
      {"%START_TIME%", "%START_TIME%"},
      {"50%", "50%"},
      {"%REQ(none)%", "old"},
  };
  for (const Case& c : kCases) {
    INFO(c.value);
    CHECK(edited(fmt::format("{{set: {{x: '{}'}}}}", c.value)) == c.want);
  }
  CHECK(edited("{remove: [z], set: {x: 'a%REQ(z)%'}}") == "a");
}

TEST_CASE("R-HOP-8 edits do not change which rule is taken") {
  CHECK(
      rules_router(
          "[{headers: {request: {set: {x: new}}}, match: [{headers: {x: {exact: old}}}], route: [{destination: {host: "
          "a}}]}]")("http://a.io/", {.headers = {{"x", "old"}}})
          .upstream("x") == "new");
}

TEST_CASE("R-EDGE-2 R-EDGE-3 R-EDGE-4 R-EDGE-5 R-EDGE-6 R-RT-9 what the gateway takes off and puts on") {
  const test::Router ask = rules_router("[{timeout: 3s, route: [{destination: {host: a}}]}]");
  test::Answer answer = ask("http://a.io/", {.headers = {{"X-Forwarded-Proto", "https"},
                                                         {"X-Forwarded-For", "10.0.0.1"},
                                                         {"x-envoy-internal", "true"},
                                                         {"Connection", "close"},
                                                         {"Accept", "*/*"}}});
  CHECK(answer.upstream("x-forwarded-proto") == "http");
  CHECK(answer.upstream("x-envoy-internal") == "-");
  CHECK(answer.upstream("connection") == "-");
  CHECK(answer.upstream("accept") == "*/*");
  CHECK(answer.upstream("x-envoy-attempt-count") == "1");
  CHECK(answer.upstream("x-envoy-expected-rq-timeout-ms") == "3000");

  std::vector<HeaderView> lines;
  RequestView request = answer.request.view(lines);
  request.peer_address = "192.0.2.7";
  request.request_id = "id-1";
  const HeaderList headers = upstream_headers(request, answer.decision);
  CHECK(std::ranges::find(headers, Header("x-forwarded-for", "10.0.0.1,192.0.2.7")) != headers.end());
  CHECK(std::ranges::find(headers, Header("x-request-id", "id-1")) != headers.end());
}

TEST_CASE("R-EDGE-6 conditions see of headers of the connection, te and referer what is left of them") {
  struct Case {
    const char* condition;
    std::vector<Header> sent;
    const char* want;
  };
  const Case kCases[] = {
      {"upgrade: {exact: websocket}", {{"connection", "Upgrade"}, {"upgrade", "websocket"}}, "to a"},
      {"connection: {exact: 'keep-alive, Upgrade'}",
       {{"connection", "keep-alive, Upgrade"}, {"upgrade", "websocket"}},
       "to a"},
      {"upgrade: {exact: websocket}", {{"upgrade", "websocket"}}, "404 route"},
      {"upgrade: {}", {{"connection", "upgrade"}, {"upgrade", "h2c"}}, "404 route"},
      {"connection: {}", {{"connection", "close"}}, "404 route"},
      {"keep-alive: {}", {{"keep-alive", "timeout=3"}}, "404 route"},
      {"proxy-connection: {}", {{"proxy-connection", "close"}}, "404 route"},
      {"transfer-encoding: {}", {{"transfer-encoding", "chunked"}}, "404 route"},
      {"te: {exact: trailers}", {{"te", "gzip, trailers;q=1"}}, "404 route"},
      {"te: {exact: trailers}", {{"te", "gzip,trailers"}}, "to a"},
      {"te: {}", {{"te", "gzip"}}, "404 route"},
      {"referer: {prefix: 'http'}", {{"referer", "https://b.io/page?x=1"}}, "to a"},
      {"referer: {}", {{"Referer", "http://u@b.io:8080"}}, "to a"},
      {"referer: {}", {{"referer", "http://[2001:db8::1]:80/"}}, "to a"},
      {"referer: {}", {{"referer", "/page"}}, "404 route"},
      {"referer: {}", {{"referer", "b.io/page"}}, "404 route"},
      {"referer: {}", {{"referer", "android-app://b.io/"}}, "404 route"},
      {"referer: {}", {{"referer", "http:///page"}}, "404 route"},
      {"referer: {}", {{"referer", "http://b.io:0x50/"}}, "404 route"},
      {"referer: {}", {{"referer", "http://b.io:65536/"}}, "404 route"},
      {"referer: {}", {{"referer", "http://b.io/"}, {"referer", "http://b.io/"}}, "404 route"},
  };
  for (const Case& c : kCases) {
    INFO(c.condition << " of " << c.sent.front().first << ": " << c.sent.front().second);
    const test::Router ask = rules_router(
        fmt::format("[{{match: [{{headers: {{{}}}}}], route: [{{destination: {{host: a}}}}]}}]", c.condition));
    CHECK(ask("http://a.io/", {.headers = c.sent}).text() == c.want);
  }
  const test::Router ask = rules_router("[{route: [{destination: {host: a}}]}]");
  CHECK(ask("http://a.io/", {.headers = {{"te", "gzip, trailers"}, {"referer", "/page"}}}).upstream("te") ==
        "trailers");
  CHECK(ask("http://a.io/", {.headers = {{"te", "trailers"}, {"te", "gzip"}}}).upstream("te") == "trailers");
  CHECK(ask("http://a.io/", {.headers = {{"te", "gzip"}}}).upstream("te") == "-");
  CHECK(ask("http://a.io/", {.headers = {{"referer", "/page"}}}).upstream("referer") == "-");
  CHECK(ask("http://a.io/", {.headers = {{"referer", "http://b.io/page"}}}).upstream("referer") == "http://b.io/page");
}

TEST_CASE("R-HOP-7 R-DIR-3 an answer in place of an upstream's has the rule's edits, and is gRPC's for gRPC") {
  const test::Router ask = rules_router("[{headers: {response: {set: {x: r}}}, route: [{destination: {host: a}}]}]");
  struct Case {
    const char* content_type;
    std::uint32_t want_status;
    const char* want_grpc_status;
    const char* want_type;
  };
  constexpr Case kCases[] = {
      {"text/html", 503, "-", "text/plain"},
      {"application/grpc", 200, "14", "application/grpc"},
      {"application/grpc+proto", 200, "14", "application/grpc"},
      {"application/grpcx", 503, "-", "text/plain"},
  };
  for (const Case& c : kCases) {
    INFO(c.content_type);
    test::Answer answer = ask("http://a.io/", {.headers = {{"content-type", c.content_type}}});
    std::vector<HeaderView> lines;
    answer_locally(answer.decision, answer.request.view(lines), {503, "UH", "no_healthy_upstream", "no upstream"});
    CHECK(answer.decision.status == c.want_status);
    CHECK(answer.decision.response_flag == "UH");
    CHECK(answer.local("grpc-status") == c.want_grpc_status);
    CHECK(answer.local("content-type") == c.want_type);
    CHECK(answer.local("x") == "r");
  }
}

}  // namespace
}  // namespace wicket::route
