// What is most often got wrong about Istio's routing: one line for each mistake, with the right answer.
#include "router.h"
#include "support/catch.h"

namespace wicket::route {
namespace {

using test::Ask;
using test::http_gateway;
using test::http_rules;
using test::Router;
using test::service;
using test::virtual_service;

struct Trap {
  const char* mistake;
  std::string yaml;  // beside a Gateway for every host on port 80
  const char* url;
  Ask ask;
  const char* want;
};

std::string to(std::string_view host) { return fmt::format("route: [{{destination: {{host: {}}}}}]", host); }
std::string any_to(std::string_view host) { return "{" + to(host) + "}"; }
std::string when(std::string_view match, std::string_view host) {
  return fmt::format("{{match: [{}], {}}}", match, to(host));
}
// One VirtualService of a.io: under `match` to a, everything else to b.
std::string a_or_b(std::string_view match) { return http_rules("[" + when(match, "a") + ", " + any_to("b") + "]"); }
std::string of_host(std::string_view host, std::string_view rules, std::string_view name) {
  return virtual_service(fmt::format("hosts: ['{}'], http: [{}]", host, rules), {name, "default"});
}
Ask with(std::vector<Header> headers) { return {.headers = std::move(headers)}; }

std::vector<Trap> matching_traps() {
  return {
      {"wildcards are compared as text", of_host("*.a.io", any_to("a"), "v"), "http://x.a.io/", {}, "to a"},
      {"ports and capitals hide a host", of_host("a.io", any_to("a"), "v"), "http://x/", {.host = "A.io:8080"}, "to a"},
      {"the star host is asked next",
       of_host("a.io", when("{uri: {prefix: /x}}", "a"), "v1") + of_host("*", any_to("b"), "v2"),
       "http://a.io/q",
       {},
       "404 route"},
      {"a wildcard takes its apex", of_host("*.a.io", any_to("a"), "v"), "http://a.io/", {}, "404 virtual_host"},
      {"files decide the order",
       of_host("a.io", any_to("b"), "second") + of_host("a.io", when("{uri: {prefix: /x}}", "a"), "first"),
       "http://a.io/x",
       {},
       "to a"},
      {"alternatives match a part", a_or_b("{uri: {regex: '/a|/b'}}"), "http://a.io/ax", {}, "to b"},
      {"the query is part of the path", a_or_b("{uri: {exact: /a}}"), "http://a.io/a?x=1", {}, "to a"},
      {"names of headers have a case", a_or_b("{headers: {X-User: {exact: v}}}"), "http://a.io/",
       with({{"x-user", "v"}}), "to a"},
      {"an empty exact never matches", a_or_b("{headers: {x: {exact: ''}}}"), "http://a.io/", with({{"x", ""}}),
       "to a"},
      {"an empty exact matches absence", a_or_b("{headers: {x: {exact: ''}}}"), "http://a.io/", {}, "to b"},
      {"present is never true", a_or_b("{headers: {x: {}}}"), "http://a.io/", with({{"x", "any"}}), "to a"},
      {"without nothing is never true", a_or_b("{withoutHeaders: {x: {}}}"), "http://a.io/", {}, "to a"},
      {"query conditions are passed over",
       a_or_b("{uri: {prefix: /}, queryParams: {v: {exact: '2'}}}"),
       "http://a.io/",
       {},
       "to b"},
      {"withoutHeaders is passed over", a_or_b("{withoutHeaders: {x: {exact: v}}}"), "http://a.io/", with({{"x", "v"}}),
       "to b"},
      {"schemes are passed over", a_or_b("{scheme: {exact: https}}"), "http://a.io/", {}, "to b"},
      {"ports are passed over", a_or_b("{port: 8080}"), "http://a.io/", {}, "to b"},
      {"gateways are passed over", a_or_b("{gateways: [istio-system/other]}"), "http://a.io/", {}, "to b"},
      {"ignoreUriCase is passed over", a_or_b("{uri: {exact: /A}, ignoreUriCase: true}"), "http://a.io/a", {}, "to a"},
      {"nothing fits: the next VirtualService is asked",
       of_host("a.io", any_to("b"), "b") + of_host("a.io", when("{uri: {prefix: /x}}", "a"), "a"),
       "http://a.io/y",
       {},
       "to b"},
      {"a prefix ends at a slash", a_or_b("{uri: {prefix: /foo}}"), "http://a.io/foobar", {}, "to a"},
      {"the closer rule wins",
       http_rules("[" + when("{uri: {prefix: /}, method: {exact: GET}}", "a") + ", " + when("{uri: {exact: /x}}", "b") +
                  "]"),
       "http://a.io/x",
       {},
       "to a"},
      {"rules behind a catch-all live on",
       http_rules("[" + any_to("a") + ", " + when("{uri: {prefix: /b}}", "b") + "]"),
       "http://a.io/b",
       {},
       "to a"},
      {"an empty prefix is a catch-all",
       of_host("a.io", when("{uri: {prefix: ''}}", "a"), "v1") +
           of_host("a.io", when("{uri: {prefix: /b}}", "b"), "v2"),
       "http://a.io/b",
       {},
       "to a"},
      {"authorities have no port", a_or_b("{authority: {exact: a.io}}"), "http://x/", {.host = "a.io:80"}, "to b"},
      {"parameters are decoded", a_or_b("{queryParams: {v: {exact: '2'}}}"), "http://a.io/?v=%32", {}, "to b"},
      {"the last parameter counts", a_or_b("{queryParams: {v: {exact: '2'}}}"), "http://a.io/?v=1&v=2", {}, "to b"},
      {"header lines are joined", a_or_b("{headers: {x: {exact: a}}}"), "http://a.io/", with({{"x", "a"}, {"x", "b"}}),
       "to a"},
      {"a header line is a list", a_or_b("{headers: {x: {exact: a}}}"), "http://a.io/", with({{"x", "a,b"}}), "to b"},
      {"without anything is absence", a_or_b("{withoutHeaders: {x: {regex: '.*'}}}"), "http://a.io/", {}, "to b"},
      {"source labels are the client's", a_or_b("{sourceLabels: {app: client}}"), "http://a.io/", {}, "to b"},
      {"double slashes are merged", a_or_b("{uri: {prefix: /a}}"), "http://a.io//a", {}, "to b"},
      {"escaped slashes are decoded", a_or_b("{uri: {prefix: /a/b}}"), "http://a.io/a%2Fb", {}, "to b"},
      {"dots stay", a_or_b("{uri: {prefix: /adm}}"), "http://a.io/", {.target = "/pub/%2e%2e/adm"}, "to a"},
      {"without gateways a rule is for all",
       "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: v, "
       "namespace: default}\nspec: {hosts: [a.io], http: [{" +
           to("a") + "}]}\n---\n",
       "http://a.io/",
       {},
       "404 route"},
      {"a private rule is seen elsewhere",
       virtual_service("hosts: [a.io], exportTo: ['.'], http: [{" + to("a") + "}]"),
       "http://a.io/",
       {},
       "404 route"},
  };
}

std::vector<Trap> action_traps() {
  return {
      {"a redirect replaces the prefix",
       http_rules("[{match: [{uri: {prefix: /old}}], redirect: {uri: /new}}]"),
       "http://a.io/old/x?q=1",
       {},
       "301 http://a.io/new?q=1"},
      {"a scheme keeps the old port",
       http_rules("[{redirect: {scheme: https}}]"),
       "http://x/p",
       {.host = "a.io:80"},
       "301 https://a.io/p"},
      {"a weight of 0 switches off",
       http_rules("[{route: [{destination: {host: a}, weight: 0}]}]"),
       "http://a.io/",
       {},
       "to a"},
      {"a fault without chance fires",
       http_rules("[{fault: {abort: {httpStatus: 500}}, " + to("a") + "}]"),
       "http://a.io/",
       {},
       "to a"},
      {"a preflight needs no rule",
       http_rules("[{match: [{method: {exact: POST}}], corsPolicy: {allowOrigins: [{exact: "
                  "'https://ok.io'}]}, " +
                  to("a") + "}]"),
       "http://a.io/",
       {.method = "OPTIONS", .headers = {{"origin", "https://ok.io"}, {"access-control-request-method", "POST"}}},
       "404 route"},
      {"CORS keeps others out",
       http_rules("[{corsPolicy: {allowOrigins: [{exact: 'https://ok.io'}]}, " + to("a") + "}]"), "http://a.io/",
       with({{"origin", "https://no.io"}}), "to a"},
      {"CORS runs before an answer",
       http_rules("[{corsPolicy: {allowOrigins: [{exact: 'https://ok.io'}]}, directResponse: "
                  "{status: 204}}]"),
       "http://a.io/",
       {.method = "OPTIONS", .headers = {{"origin", "https://ok.io"}, {"access-control-request-method", "GET"}}},
       "204 route"},
      {"faults run before an answer",
       http_rules("[{fault: {abort: {httpStatus: 500, percentage: {value: 100}}}, redirect: {uri: /new}}]"),
       "http://a.io/old",
       {},
       "301 http://a.io/new"},
      {"a name with a dot is completed",
       http_rules("[" + any_to("reviews.prod") + "]") + service({"reviews", "prod"}),
       "http://a.io/",
       {},
       "503 NC"},
      {"the port is 80 by default",
       http_rules("[" + any_to("multi") + "]") +
           service({"multi", "default"}, "[{name: a, port: 8080}, {name: b, port: 9090}]"),
       "http://a.io/",
       {},
       "503 NC"},
  };
}

TEST_CASE("each of these is a common mistake about matching") {
  for (const Trap& trap : matching_traps()) {
    INFO("taken for true: " << trap.mistake);
    CHECK(Router(http_gateway() + trap.yaml)(trap.url, trap.ask).text() == trap.want);
  }
}

TEST_CASE("each of these is a common mistake about what is done") {
  for (const Trap& trap : action_traps()) {
    INFO("taken for true: " << trap.mistake);
    CHECK(Router(http_gateway() + trap.yaml, {.closed_world = trap.want == std::string_view("503 NC")})(trap.url,
                                                                                                        trap.ask)
              .text() == trap.want);
  }
}

TEST_CASE("mistakes about delegates: a regex never combines, and the search goes on behind them") {
  const auto root = [](std::string_view match) {
    return virtual_service(
        fmt::format("hosts: [a.io], http: [{{match: [{{uri: {}}}], delegate: {{name: d}}}}, {{route: "
                    "[{{destination: {{host: b}}}}]}}]",
                    match));
  };
  const std::string delegate =
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: d, namespace: default}\n"
      "spec: {http: [{match: [{uri: {prefix: /api/v1}}], route: [{destination: {host: a}}]}]}\n---\n";
  CHECK(Router(http_gateway() + root("{regex: '/api/.*'}") + delegate)("http://a.io/api/v1/x").text() == "to b");
  const Router ask(http_gateway() + root("{prefix: /api}") + delegate);
  CHECK(ask("http://a.io/api/v1").text() == "to a");
  CHECK(ask("http://a.io/api/v2").text() == "to b");
}

TEST_CASE("mistakes about what the upstream gets") {
  const Router rewrite = test::rules_router("[{rewrite: {uri: /v2}, route: [{destination: {host: a}}]}]");
  CHECK(rewrite("http://a.io/u").target() == "/v2u");
  const Router slash =
      test::rules_router("[{match: [{uri: {prefix: /foo}}], rewrite: {uri: /}, route: [{destination: {host: a}}]}]");
  CHECK(slash("http://a.io/foo/bar").target() == "//bar");

  const std::string of_rule = "headers: {request: {set: {x: rule}}}, ";
  const std::string of_a = "{destination: {host: a}, weight: 1, headers: {request: {set: {x: dest}}}}";
  const Router one = test::rules_router("[{" + of_rule + "route: [" + of_a + "]}]");
  CHECK(one("http://a.io/").upstream("x") == "dest");
  const Router two =
      test::rules_router("[{" + of_rule + "route: [" + of_a + ", {destination: {host: b}, weight: 1}]}]");
  CHECK(two("http://a.io/", {.draw = Draw::all(0)}).upstream("x") == "rule");

  const Router empty = test::rules_router("[{headers: {request: {set: {x: ''}}}, route: [{destination: {host: a}}]}]");
  CHECK(empty("http://a.io/", with({{"x", "old"}})).upstream("x") == "old");
  CHECK(empty("http://a.io/", with({{"x-request-id", "mine"}})).upstream("x-request-id") != "mine");
}

TEST_CASE("mistakes about timeouts, retries, weights and mirrors") {
  const Router plain = test::rules_router("[{route: [{destination: {host: a}}], mirror: {host: b}}]");
  const rules::Forward& forward = *plain("http://a.io/").decision.forward();
  CHECK_FALSE(forward.timeout);
  CHECK(forward.retries->attempts == 2);
  CHECK(forward.retries->status_codes.empty());
  CHECK(forward.mirrors[0].percent == 100);
  const Router three = test::rules_router(
      "[{retries: {attempts: 3}, route: [{destination: {host: a}, weight: 3}, {destination: {host: b}, weight: 1}]}]");
  CHECK(three("http://a.io/").decision.forward()->retries->attempts == 3);
  int to_a = 0;
  for (std::uint64_t draw = 0; draw < 4; ++draw) to_a += three("http://a.io/", {.draw = Draw::all(draw)}).to() == "a";
  CHECK(to_a == 3);
}

TEST_CASE("mistakes about versions: header lines and retries of a 503 are not what they were") {
  rules::LowerOptions old;
  old.mesh.version = {.major = 1, .minor = 30};
  const std::string yaml = http_gateway() + a_or_b("{headers: {x: {exact: a}}}");
  const Ask two_lines = with({{"x", "a"}, {"x", "b"}});
  CHECK(Router(yaml)("http://a.io/", two_lines).text() == "to a");
  CHECK(Router(yaml, old)("http://a.io/", two_lines).text() == "to b");
  old.mesh.version = {.major = 1, .minor = 23};
  CHECK(Router(yaml, old)("http://a.io/").decision.forward()->retries->status_codes == std::vector<std::uint32_t>{503});
  CHECK(Router(yaml)("http://a.io/").decision.forward()->retries->status_codes.empty());
}

TEST_CASE("mistakes about answers: locations, gRPC, https redirects") {
  const Router direct = test::rules_router("[{directResponse: {status: 301}}]");
  CHECK(direct("http://a.io/p").local("location") == "http://a.io/p");
  const test::Answer grpc = Router(http_gateway())("http://a.io/", with({{"content-type", "application/grpc"}}));
  CHECK(grpc.decision.status == 200);
  CHECK(grpc.local("grpc-status") == "12");

  const Router https(
      test::gateway("[{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*'], tls: {httpsRedirect: true}}]"));
  CHECK(https("http://x/", {.host = "a.io:8080"}).text() == "301 https://a.io:8080/");
  CHECK(https("http://a.io/", with({{"x-forwarded-proto", "https"}})).text() == "301 https://a.io/");
}

TEST_CASE("mistakes about TLS servers: the mode, the rules that count, hosts that are taken") {
  const auto server = [](std::string_view name, std::string_view protocol, std::string_view hosts,
                         std::string_view tls) {
    return fmt::format("{{port: {{number: 443, name: {}, protocol: {}}}, hosts: {}, tls: {{{}}}}}", name, protocol,
                       hosts, tls);
  };
  const std::string http = virtual_service("hosts: [a.io, c.io], http: [" + any_to("a") + "]");
  const Router no_mode(test::gateway("[" + server("x", "HTTPS", "[a.io]", "credentialName: c") + "]") + http);
  CHECK(no_mode("https://a.io/").text() == "0 listener");
  const Router passthrough(test::gateway("[" + server("x", "TLS", "[a.io]", "mode: PASSTHROUGH") + "]") + http);
  CHECK(passthrough("https://a.io/").text() == "0 listener");
  const Router shared(test::gateway("[" + server("x", "HTTPS", "[a.io]", "mode: SIMPLE, credentialName: c") + ", " +
                                    server("z", "HTTPS", "[a.io, c.io]", "mode: SIMPLE, credentialName: d") + "]") +
                      http);
  CHECK(shared("https://a.io/").text() == "to a");
  CHECK(shared("https://c.io/").text() == "0 filter_chain");
  const Router cases(http_gateway("[API.io]") + of_host("api.io", any_to("a"), "v"));
  CHECK(cases("http://api.io/").text() == "404 route");
}

TEST_CASE("mistakes about sidecars: they join nothing") {
  rules::LowerOptions mesh;
  mesh.viewpoint = rules::Viewpoint::kMesh;
  const auto rule = [](std::string_view name, std::string_view rules) {
    return virtual_service(fmt::format("gateways: [mesh], hosts: [a], http: [{}]", rules), {name, "default"});
  };
  const Router ask(
      service({"a", "default"}) + rule("first", when("{uri: {prefix: /x}}", "b")) + rule("second", any_to("c")), mesh);
  CHECK(ask("http://a/x").text() == "to b");
  CHECK(ask("http://a/").text() == "404 route");
}

}  // namespace
}  // namespace wicket::route
