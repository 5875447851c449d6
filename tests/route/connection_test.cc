// Listeners, filter chains and requests that make no sense.
#include "router.h"
#include "support/catch.h"

namespace wicket::route {
namespace {

using test::Ask;
using test::Router;

std::string https(std::string_view name, std::string_view hosts) {
  return fmt::format(
      "{{port: {{number: 443, name: {}, protocol: HTTPS}}, tls: {{mode: SIMPLE, credentialName: x}}, hosts: {}}}", name,
      hosts);
}

TEST_CASE(
    "R-FC-2 R-FC-3 R-FC-4 R-FC-5 R-FC-6 R-VSEL-7 R-LR-16 the SNI chooses the chain, and the Host in it the routes") {
  const Router ask(
      test::gateway(
          fmt::format("[{}, {}, {}]", https("a", "[a.io]"), https("b", "['*.b.io']"), https("c", "[x.c.b.io]"))) +
      test::virtual_service("hosts: [a.io, x.b.io, z.c.b.io], http: [{route: [{destination: {host: a}}]}]"));
  struct Case {
    const char* sni;
    const char* host;
    const char* want;
  };
  constexpr Case kCases[] = {
      {"a.io", "a.io", "to a"},
      {"A.IO", "a.io", "to a"},
      {"x.b.io", "x.b.io", "to a"},
      {"y.z.b.io", "x.b.io", "to a"},
      {"x.c.b.io", "z.c.b.io", "404 route"},
      {"z.c.b.io", "z.c.b.io", "to a"},
      {"a.io", "x.b.io", "404 virtual_host"},
      {"b.io", "a.io", "0 filter_chain"},
      {"z.io", "z.io", "0 filter_chain"},
      {"", "a.io", "0 filter_chain"},
  };
  for (const Case& c : kCases) {
    INFO(c.sni << " " << c.host);
    CHECK(ask(fmt::format("https://{}/", c.host), {.sni = c.sni}).text() == c.want);
  }
  CHECK(ask("http://a.io:443/").text() == "0 filter_chain");
  CHECK(ask("https://z.io/").decision.response_flag == "NR");
}

TEST_CASE("R-FC-4 a star takes connections without SNI") {
  const Router ask(test::gateway(fmt::format("[{}]", https("a", "['*']"))) +
                   test::http_rules("[{route: [{destination: {host: a}}]}]"));
  CHECK(ask("https://a.io/", {.sni = ""}).text() == "to a");
}

TEST_CASE("R-MERGE-4 TLS without a chain lands in the plaintext one, which cannot read it") {
  const Router ask(test::gateway(fmt::format("[{}, {{port: {{number: 443, name: h, protocol: HTTP}}, hosts: ['*']}}]",
                                             https("a", "[a.io]"))) +
                   test::http_rules("[{route: [{destination: {host: a}}]}]"));
  CHECK(ask("https://a.io/").text() == "to a");
  CHECK(ask("http://a.io:443/", {.host = "a.io"}).text() == "to a");
  CHECK(ask("https://b.io/").text() == "400 codec");
  CHECK(Router(test::http_gateway())("https://a.io:80/").decision.response_flag == "DPE");
}

TEST_CASE("R-TLSR-1 R-TLSR-6 passthrough by SNI, closed without a rule") {
  const Router ask(
      test::gateway("[{port: {number: 443, name: t, protocol: TLS}, tls: {mode: PASSTHROUGH}, hosts: ['*.a.io']}]") +
      test::virtual_service("hosts: [x.a.io], tls: [{match: [{sniHosts: [x.a.io]}], route: [{destination: {host: a, "
                            "port: {number: 443}}}]}]"));
  CHECK(ask("https://x.a.io/").text() == "bytes to a");
  CHECK(ask("https://x.a.io/").decision.stage == Stage::kFilterChain);
  CHECK(ask("https://y.a.io/").text() == "0 filter_chain");
}

TEST_CASE("R-FC-1 R-FC-4 passthrough under a star takes any SNI, none, and what is not TLS at all") {
  const Router ask(
      test::gateway("[{port: {number: 443, name: t, protocol: TLS}, tls: {mode: PASSTHROUGH}, hosts: ['*']}]") +
      test::virtual_service(
          "hosts: ['*'], tls: [{match: [{sniHosts: ['*']}], route: [{destination: {host: a, port: {number: 1}}}]}]"));
  CHECK(ask("https://any.io/").text() == "bytes to a");
  CHECK(ask("https://any.io/", {.sni = ""}).text() == "bytes to a");
  CHECK(ask("http://any.io:443/").text() == "bytes to a");
}

TEST_CASE("R-TCP-1 R-TCP-3 R-TCP-4 bytes go to one cluster; without it the connection is closed") {
  const auto ask = [](std::string_view route, const Ask& how = {}) {
    return Router(test::gateway("[{port: {number: 9000, name: t, protocol: TCP}, hosts: ['*']}]") +
                  test::service({"s", "default"}) +
                  test::virtual_service(fmt::format("hosts: ['*'], tcp: [{{route: {}}}]", route)))("http://x:9000/",
                                                                                                   how);
  };
  CHECK(ask("[{destination: {host: a}}]").text() == "bytes to a");
  CHECK(ask("[{destination: {host: a}}]").decision.picked->cluster->name ==
        "outbound|9000||a.default.svc.cluster.local");
  const std::string_view two = "[{destination: {host: a}, weight: 1}, {destination: {host: b}, weight: 1}]";
  CHECK(ask(two).text() == "bytes to -");
  CHECK(ask(two, {.draw = Draw::all(1)}).text() == "bytes to b");
  const test::Answer missing = ask("[{destination: {host: s, port: {number: 1}}}]");
  CHECK(missing.decision.outcome == Outcome::kReset);
  CHECK(missing.decision.response_flag == "NC");
}

TEST_CASE("R-GW-5 a request names the Gateway's port, or the one that the proxy binds") {
  const Router ask(test::http_gateway() + test::http_rules("[{route: [{destination: {host: a}}]}]") +
                   "apiVersion: v1\nkind: Service\nmetadata: {name: ingress, namespace: istio-system}\n"
                   "spec: {selector: {istio: ingressgateway}, ports: [{name: http, port: 80, targetPort: 8080}]}\n");
  CHECK(ask("http://a.io/").text() == "to a");
  CHECK(ask("http://a.io:8080/", {.host = "a.io"}).text() == "to a");
  CHECK(ask("http://a.io:81/").text() == "0 listener");
}

TEST_CASE("R-PROTO-3 an HTTP server takes HTTP/2, an HTTP2 server HTTP/1.1") {
  for (const char* protocol : {"HTTP", "HTTP2", "GRPC"}) {
    const Router ask(
        test::gateway(fmt::format("[{{port: {{number: 80, name: x, protocol: {}}}, hosts: ['*']}}]", protocol)) +
        test::http_rules("[{route: [{destination: {host: a}}]}]"));
    CHECK(ask("http://a.io/", {.version = HttpVersion::kHttp2}).text() == "to a");
    CHECK(ask("http://a.io/").text() == "to a");
  }
}

TEST_CASE("R-PRE-1 R-PRE-2 R-PRE-4 R-PRE-5 R-PRE-6 R-PRE-9 R-PRE-11 requests that make no sense") {
  const Router ask = test::rules_router("[{route: [{destination: {host: a}}]}]");
  struct Case {
    const char* name;
    Ask ask;
    const char* want;
    const char* details;
  };
  const Case cases[] = {
      {"HTTP/1.0", {.version = HttpVersion::kHttp10}, "426 codec", "low_version"},
      {"no host", {.host = ""}, "400 codec", "missing_host_header"},
      {"a blank in the host", {.host = "a io"}, "400 codec", "http1.invalid_authority"},
      {"no path", {.target = ""}, "404 codec", "missing_path_rejected"},
      {"OPTIONS *", {.method = "OPTIONS", .target = "*"}, "404 codec", "absolute_path_rejected"},
      {"NUL", {.target = "/a%00"}, "400 codec", "path_normalization_failed"},
      {"CONNECT", {.method = "CONNECT", .target = "a.io:443"}, "404 route", "route_not_found"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const test::Answer answer = ask("http://a.io/", c.ask);
    CHECK(answer.text() == c.want);
    CHECK(answer.decision.details == c.details);
    CHECK(answer.decision.body.empty());
  }
}

TEST_CASE("R-PRE-10 R-PRE-12 only WebSocket upgrades get through; one to h2c is ignored") {
  const Router ask = test::rules_router("[{match: [{uri: {prefix: /a}}], route: [{destination: {host: a}}]}]");
  const auto upgrade = [&ask](std::string url, std::string to) {
    return ask(url, {.headers = {{"connection", "upgrade"}, {"upgrade", std::move(to)}}}).text();
  };
  CHECK(upgrade("http://a.io/a", "websocket") == "to a");
  CHECK(upgrade("http://a.io/a", "WebSocket") == "to a");
  CHECK(upgrade("http://a.io/a", "h2c") == "to a");
  CHECK(upgrade("http://a.io/a", "foo") == "403 filter");
  CHECK(upgrade("http://a.io/none", "foo") == "404 route");
  const auto named_by = [&ask](std::string connection) {
    return ask("http://a.io/a", {.headers = {{"connection", std::move(connection)}, {"upgrade", "foo"}}}).text();
  };
  CHECK(named_by("keep-alive, Upgrade") == "403 filter");
  CHECK(named_by("keep-alive") == "to a");  // a header like any other where the connection does not name it
  CHECK(named_by("upgrades") == "to a");
  CHECK(ask("http://a.io/a", {.headers = {{"upgrade", "foo"}}}).text() == "to a");
}

TEST_CASE("R-LR-1 R-VH-4 not found: 404 NR without a body") {
  const test::Answer answer =
      test::rules_router("[{match: [{uri: {exact: /x}}], route: [{destination: {host: a}}]}]")("http://a.io/");
  CHECK(answer.decision.status == 404);
  CHECK(answer.decision.response_flag == "NR");
  CHECK(answer.decision.details == "route_not_found");
  CHECK(answer.decision.body.empty());
}

TEST_CASE("R-DST-6 R-LR-2 a cluster that is certainly not there: 503 NC; one that nothing speaks of is taken to be") {
  const std::string yaml =
      test::http_gateway() + test::service({"s", "default"}, "[{name: http, port: 8080}]") +
      test::http_rules(
          "[{match: [{uri: {prefix: /wrong}}], headers: {response: {set: {r: '1'}}}, route: "
          "[{destination: {host: s, port: {number: 81}}}]}, {match: [{uri: {prefix: /mixed}}], route: "
          "[{destination: {host: s, port: {number: 81}}, weight: 1}, {destination: {host: s}, weight: "
          "1}]}, {route: [{destination: {host: reviews.prod}}]}]");
  const Router open(yaml);
  CHECK(open("http://a.io/wrong").text() == "503 NC");
  CHECK(open("http://a.io/wrong").decision.outcome == Outcome::kForward);
  CHECK(open("http://a.io/wrong").local("r") == "1");
  CHECK(open("http://a.io/mixed").text() == "to -");
  CHECK(open("http://a.io/mixed", {.draw = Draw::all(0)}).text() == "503 NC");
  CHECK(open("http://a.io/mixed", {.draw = Draw::all(1)}).text() == "to s");
  CHECK(open("http://a.io/").text() == "to reviews.prod");
  const Router closed(yaml, {.closed_world = true});
  CHECK(closed("http://a.io/").text() == "503 NC");
}

TEST_CASE("R-RES-6 R-GW-1 without a Gateway for the workload nothing listens") {
  const Router ask(test::http_gateway(), {.workload = rules::Workload{.ns = "x", .labels = {{"app", "y"}}}});
  CHECK(ask("http://a.io/").text() == "0 listener");
}

}  // namespace
}  // namespace wicket::route
