#include "rules/gateways.h"

#include "rules/merge.h"

#include "lowered.h"
#include "support/catch.h"

namespace wicket::rules {
namespace {

using test::gateway;
using test::has_problem;
using test::http_gateway;
using test::listeners;
using test::lower_yaml;
using test::service;
using test::virtual_service;

std::string selecting(std::string_view selector) {
  return fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: gw, namespace: istio-system}}\n"
      "spec: {{{}servers: [{{port: {{number: 80, name: http, protocol: HTTP}}, hosts: ['*']}}]}}\n---\n",
      selector);
}

TEST_CASE("R-GW-1 every pair of the selector has to be a label of the pods; none selects all") {
  struct Case {
    const char* name;
    const char* selector;
    bool selected;
  };
  constexpr Case kCases[] = {
      {"one label", "selector: {istio: ingressgateway}, ", true},
      {"both labels", "selector: {istio: ingressgateway, app: istio-ingressgateway}, ", true},
      {"another value", "selector: {istio: other}, ", false},
      {"a label too many", "selector: {istio: ingressgateway, x: y}, ", false},
      {"empty", "selector: {}, ", true},
      {"none", "", true},
  };
  for (const Case& c : kCases) {
    INFO(c.name);
    const RuleSet rules = lower_yaml(selecting(c.selector), {.workload = Workload{}});
    CHECK(rules.listeners.empty() != c.selected);
    CHECK(has_problem(rules, ProblemKind::kNoGatewayForWorkload) != c.selected);
  }
}

TEST_CASE("R-GW-2 the namespace of a Gateway does not matter, unless Gateways are scoped to it") {
  const std::string yaml = test::http_gateway("['*']", {"gw", "team"});
  CHECK(lower_yaml(yaml, {.workload = Workload{}}).listeners.size() == 1);
  LowerOptions scoped{.workload = Workload{}};
  scoped.mesh.scope_gateways_to_namespace = true;
  CHECK(lower_yaml(yaml, scoped).listeners.empty());
  CHECK(has_problem(lower_yaml(yaml, scoped), ProblemKind::kNoGatewayForWorkload));
  CHECK(lower_yaml(test::http_gateway(), scoped).listeners.size() == 1);
}

TEST_CASE("R-GW-3 the pods are the default ingress gateway, or those that the Gateways select") {
  const Workload usual = lower_yaml(selecting("selector: {istio: ingressgateway}, ")).workload;
  CHECK(usual.ns == "istio-system");
  CHECK(usual.labels.size() == 2);

  const Workload from_selector = lower_yaml(selecting("selector: {istio: internal}, ")).workload;
  CHECK(from_selector.ns == "istio-system");
  CHECK(from_selector.labels == std::vector<std::pair<std::string, std::string>>{{"istio", "internal"}});

  const Workload from_pods = lower_yaml(selecting("selector: {istio: internal}, ") +
                                        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, namespace: edge}\n"
                                        "spec: {selector: {matchLabels: {istio: internal}}, template: {metadata: "
                                        "{labels: {istio: internal, app: x}}, spec: {containers: []}}}\n---\n")
                                 .workload;
  CHECK(from_pods.ns == "edge");
  CHECK(from_pods.labels.size() == 2);
}

TEST_CASE("R-GW-4 the earlier Gateway wins, and in one Gateway the earlier server") {
  const std::string yaml =
      gateway("[{port: {number: 80, name: t, protocol: TCP}, hosts: ['*']}]", {"b", "istio-system"}) +
      gateway(
          "[{port: {number: 80, name: h, protocol: HTTP}, hosts: ['*']}, "
          "{port: {number: 80, name: t, protocol: TCP}, hosts: ['*']}]",
          {"a", "istio-system"});
  CHECK(listeners(lower_yaml(yaml)) == "0.0.0.0_80(http:)");
}

TEST_CASE("R-GW-5 a Service in front of the pods leads to its target port") {
  const std::string front =
      "apiVersion: v1\nkind: Service\nmetadata: {name: ingress, namespace: istio-system}\n"
      "spec: {selector: {istio: ingressgateway}, ports: [{name: http, port: 80, targetPort: 8080}, "
      "{name: twin, port: 81, targetPort: 8080}]}\n---\n";
  const RuleSet rules = lower_yaml(http_gateway() + front);
  CHECK(listeners(rules) == "0.0.0.0_8080(http:)");
  CHECK(rules.listeners[0].server_ports == std::vector<std::uint32_t>{80});
  CHECK(rules.tables[0].name == "http.8080");

  const std::string on_81 = gateway("[{port: {number: 81, name: http, protocol: HTTP}, hosts: ['*']}]");
  CHECK(listeners(lower_yaml(on_81 + front)) == "0.0.0.0_81(http:)");

  const std::string elsewhere =
      "apiVersion: v1\nkind: Service\nmetadata: {name: ingress, namespace: other}\n"
      "spec: {selector: {istio: ingressgateway}, ports: [{port: 80, targetPort: 8080}]}\n";
  CHECK(listeners(lower_yaml(http_gateway() + elsewhere)) == "0.0.0.0_80(http:)");
}

TEST_CASE("R-PROTO-1 R-PROTO-2 what a server becomes") {
  struct Case {
    const char* protocol;
    const char* tls;
    std::optional<ChainKind> want;
  };
  constexpr Case kCases[] = {
      {"HTTP", "", ChainKind::kHttp},
      {"http2", "", ChainKind::kHttp},
      {"GRPC", "", ChainKind::kHttp},
      {"GRPC-WEB", "", ChainKind::kHttp},
      {"HTTP", "tls: {httpsRedirect: true}, ", ChainKind::kHttp},
      {"HTTPS", "tls: {mode: SIMPLE, credentialName: x}, ", ChainKind::kHttps},
      {"HTTPS", "tls: {mode: MUTUAL, credentialName: x}, ", ChainKind::kHttps},
      {"HTTPS", "tls: {mode: PASSTHROUGH}, ", ChainKind::kPassthrough},
      {"TLS", "tls: {mode: PASSTHROUGH}, ", ChainKind::kPassthrough},
      {"TLS", "tls: {mode: AUTO_PASSTHROUGH}, ", ChainKind::kAutoPassthrough},
      {"TLS", "tls: {mode: SIMPLE, credentialName: x}, ", ChainKind::kTerminatedTls},
      {"TCP", "", ChainKind::kTcp},
      {"Mongo", "", ChainKind::kTcp},
      {"HTTPS", "", std::nullopt},
      {"TLS", "", std::nullopt},
      {"FTP", "", std::nullopt},
  };
  for (const Case& c : kCases) {
    INFO(c.protocol << " " << c.tls);
    const load::Loaded loaded = test::load_yaml(
        gateway(fmt::format("[{{port: {{number: 1, name: x, protocol: {}}}, {}hosts: ['*']}}]", c.protocol, c.tls)));
    const auto& spec = std::get<model::Gateway>(loaded.workspace->all(model::Kind::kGateway)[0]->spec);
    CHECK(chain_kind(spec.servers[0]) == c.want);
  }
}

TEST_CASE("R-TLS-1 R-TLS-2 without a mode TLS passes through, and http rules have no effect") {
  const std::string yaml = gateway(
                               "[{port: {number: 443, name: h, protocol: HTTPS}, tls: {credentialName: x}, hosts: "
                               "[a.io]}]") +
                           test::http_rules("[{route: [{destination: {host: a}}]}]");
  const RuleSet rules = lower_yaml(yaml);
  CHECK(rules.listeners.empty());
  CHECK(has_problem(rules, ProblemKind::kServerWithoutRoutes));
}

// ---- several servers on one port ----

constexpr std::string_view kTcp = "port: {number: 80, name: t, protocol: TCP}";
constexpr std::string_view kHttp = "port: {number: 80, name: h, protocol: HTTP}";
constexpr std::string_view kHttps =
    "port: {number: 80, name: s, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x}";

std::string servers(std::initializer_list<std::pair<std::string_view, std::string_view>> list) {
  std::string text;
  for (const auto& [port, hosts] : list)
    text += fmt::format("{}{{{}, hosts: {}}}", text.empty() ? "" : ", ", port, hosts);
  return gateway("[" + text + "]");
}

TEST_CASE("R-MERGE-1 R-MERGE-2 R-MERGE-4 who shares a port with whom") {
  struct Case {
    const char* name;
    std::string yaml;
    const char* want;
    bool dropped;
  };
  const std::string tcp_rule =
      virtual_service("hosts: ['*'], tcp: [{route: [{destination: {host: a, port: {number: 1}}}]}]");
  const Case cases[] = {
      {"alone", servers({{kHttp, "['*']"}}), "0.0.0.0_80(http:)", false},
      {"HTTP with HTTP", servers({{kHttp, "[a.io]"}, {kHttp, "[b.io]"}}), "0.0.0.0_80(http:)", false},
      {"TCP after HTTP", servers({{kHttp, "['*']"}, {kTcp, "['*']"}}) + tcp_rule, "0.0.0.0_80(http:)", true},
      {"HTTPS after HTTP", servers({{kHttp, "['*']"}, {kHttps, "[a.io]"}}), "0.0.0.0_80(http:)", true},
      {"TCP after TCP", servers({{kTcp, "['*']"}, {kTcp, "[b.io]"}}) + tcp_rule, "0.0.0.0_80(tcp:)", true},
      {"HTTP after HTTPS", servers({{kHttps, "[a.io]"}, {kHttp, "['*']"}}), "0.0.0.0_80(http: https:a.io)", false},
      {"HTTPS behind both", servers({{kHttps, "[a.io]"}, {kHttp, "['*']"}, {kHttps, "[b.io]"}}),
       "0.0.0.0_80(http: https:a.io)", true},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const RuleSet rules = lower_yaml(c.yaml);
    CHECK(listeners(rules) == c.want);
    CHECK(has_problem(rules, ProblemKind::kServerDropped) == c.dropped);
  }
}

TEST_CASE("R-MERGE-3 servers with different addresses never meet") {
  const std::string yaml = gateway(
      "[{port: {number: 80, name: h, protocol: HTTP}, hosts: ['*'], bind: 10.0.0.1}, "
      "{port: {number: 80, name: s, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x}, hosts: [a.io]}]");
  CHECK(listeners(lower_yaml(yaml)) == "0.0.0.0_80(https:a.io)  10.0.0.1_80(http:)");
}

TEST_CASE("R-MERGE-5 a TLS host that is taken costs the whole server") {
  const std::string yaml = gateway(
      "[{port: {number: 443, name: a, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x}, hosts: [a.io, b.io]}, "
      "{port: {number: 443, name: b, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x}, hosts: [b.io, c.io]}, "
      "{port: {number: 443, name: c, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x}, hosts: ['*.io']}]");
  CHECK(listeners(lower_yaml(yaml)) == "0.0.0.0_443(https:a.io,b.io https:*.io)");

  const std::string redirects = gateway(
      "[{port: {number: 80, name: a, protocol: HTTP}, tls: {httpsRedirect: true}, hosts: [a.io]}, "
      "{port: {number: 80, name: b, protocol: HTTP}, tls: {httpsRedirect: true}, hosts: [a.io, b.io]}]");
  CHECK(test::hosts(lower_yaml(redirects)) == "a.io!:");
}

TEST_CASE("R-MERGE-5 a host is remembered with one address: behind a server elsewhere it is free again") {
  const auto server = [](std::string_view name, std::string_view bind) {
    return fmt::format(
        "{{port: {{number: 443, name: {}, protocol: HTTPS}}, tls: {{mode: SIMPLE, credentialName: x}}, hosts: [a.io], "
        "bind: {}}}",
        name, bind);
  };
  const std::string twice = server("a", "10.0.0.1") + ", " + server("b", "10.0.0.1");
  CHECK(listeners(lower_yaml(gateway("[" + twice + "]"))) == "10.0.0.1_443(https:a.io)");

  const std::string between = server("a", "10.0.0.1") + ", " + server("b", "10.0.0.2") + ", " + server("c", "10.0.0.1");
  const RuleSet rules = lower_yaml(gateway("[" + between + "]"));
  CHECK(listeners(rules) == "10.0.0.1_443(https:a.io https:a.io)  10.0.0.2_443(https:a.io)");
  CHECK(rules.listeners[0].refused);
}

TEST_CASE("R-MERGE-6 R-FC-7 two chains for one SNI: Envoy refuses the listener") {
  const std::string yaml = gateway(
      "[{port: {number: 443, name: a, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x}, hosts: ['x/*']}, "
      "{port: {number: 443, name: b, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x}, hosts: ['y/*']}]");
  const RuleSet rules = lower_yaml(yaml);
  REQUIRE(rules.listeners.size() == 1);
  CHECK(rules.listeners[0].refused);
  CHECK(has_problem(rules, ProblemKind::kSameChainTwice));
}

TEST_CASE("R-MERGE-7 two HTTPS servers with one table name: the second goes") {
  const std::string yaml = gateway(
      "[{port: {number: 443, name: a, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x}, hosts: [a.io]}, "
      "{port: {number: 443, name: a, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x}, hosts: [b.io]}]");
  CHECK(listeners(lower_yaml(yaml)) == "0.0.0.0_443(https:a.io)");
}

TEST_CASE("R-MERGE-8 what is bound to a Gateway that lost its port is lost as well") {
  const std::string yaml =
      http_gateway("['*']", {"a", "istio-system"}) +
      gateway("[{port: {number: 80, name: t, protocol: TCP}, hosts: ['*']}]", {"b", "istio-system"}) +
      virtual_service(
          "gateways: [istio-system/b], hosts: ['*'], tcp: [{route: [{destination: {host: "
          "a, port: {number: 1}}}]}]");
  const RuleSet rules = lower_yaml(yaml);
  CHECK(listeners(rules) == "0.0.0.0_80(http:)");
  CHECK(has_problem(rules, ProblemKind::kNoCommonHost));
}

TEST_CASE("R-MERGE-10 bytes without a rule have no listener, HTTP without a rule has one") {
  CHECK(listeners(lower_yaml(servers({{kTcp, "['*']"}}))).empty());
  CHECK(listeners(lower_yaml(servers({{kHttp, "['*']"}}))) == "0.0.0.0_80(http:)");
}

TEST_CASE("R-RDS-1 R-RDS-2 R-RDS-3 R-RDS-4 names of tables, listeners and virtual hosts") {
  const std::string yaml =
      gateway(
          "[{port: {number: 80, name: h, protocol: HTTP}, hosts: [a.io]}, "
          "{port: {number: 80, name: i, protocol: HTTP}, hosts: [b.io]}, "
          "{port: {number: 80, name: j, protocol: HTTP}, hosts: [c.io], bind: 10.0.0.1}, "
          "{port: {number: 443, name: s, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x}, hosts: [a.io]}, "
          "{port: {number: 9000, name: t, protocol: TCP}, hosts: ['*']}]") +
      virtual_service(
          "hosts: [a.io, b.io], http: [{route: [{destination: {host: a}}]}], tcp: [{route: [{destination: "
          "{host: a, port: {number: 1}}}]}]");
  const RuleSet rules = lower_yaml(yaml);
  std::vector<std::string> names;
  for (const HostTable& table : rules.tables) names.push_back(table.name);
  CHECK(names == std::vector<std::string>{"http.80", "http.80.10.0.0.1", "https.443.s.gw.istio-system"});
  CHECK(listeners(rules) == "0.0.0.0_80(http:)  10.0.0.1_80(http:)  0.0.0.0_443(https:a.io)  0.0.0.0_9000(tcp:)");
  CHECK(rules.tables[0].hosts[0].name == "a.io:80");
  CHECK(test::hosts(rules.tables[0]) == "a.io: v[0]  b.io: v[0]");
  CHECK(test::hosts(rules.tables[2]) == "a.io: v[0]");
}

// ---- chains where TLS matters ----

TEST_CASE("R-FC-1 SNI hosts of a server are sorted, without namespaces; a star is no condition") {
  const auto https = [](std::string_view hosts) {
    return gateway(fmt::format(
        "[{{port: {{number: 443, name: a, protocol: HTTPS}}, tls: {{mode: SIMPLE, credentialName: x}}, hosts: {}}}]",
        hosts));
  };
  CHECK(listeners(lower_yaml(https("[z.io, ns/a.io, a.io]"))) == "0.0.0.0_443(https:a.io,z.io)");
  CHECK(listeners(lower_yaml(https("[a.io, '*']"))) == "0.0.0.0_443(https:)");
}

TEST_CASE("R-TLSR-1 R-TLSR-2 R-TLSR-3 a chain for each tls match, by its sniHosts alone") {
  const std::string yaml =
      gateway("[{port: {number: 443, name: t, protocol: TLS}, tls: {mode: PASSTHROUGH}, hosts: ['*.a.io']}]") +
      virtual_service(
          "hosts: [x.a.io], tls: [{match: [{sniHosts: [x.a.io, other.org]}, {port: 8443, sniHosts: [y.a.io]}, "
          "{gateways: [istio-system/other], sniHosts: [z.a.io]}, {destinationSubnets: [10.0.0.0/8], "
          "sourceLabels: {a: b}, sniHosts: [w.a.io]}], route: [{destination: {host: a, port: {number: 1}}}]}]");
  CHECK(listeners(lower_yaml(yaml)) == "0.0.0.0_443(passthrough:x.a.io,other.org passthrough:w.a.io)");
}

TEST_CASE("R-TLSR-4 an SNI host that is taken costs the whole match block") {
  const std::string yaml =
      gateway("[{port: {number: 443, name: t, protocol: TLS}, tls: {mode: PASSTHROUGH}, hosts: ['*.a.io']}]") +
      virtual_service(
          "hosts: ['*.a.io'], tls: [{match: [{sniHosts: [x.a.io]}], route: [{destination: {host: a, port: "
          "{number: 1}}}]}, {match: [{sniHosts: [x.a.io, y.a.io]}], route: [{destination: {host: b, port: "
          "{number: 1}}}]}]");
  const RuleSet rules = lower_yaml(yaml);
  CHECK(listeners(rules) == "0.0.0.0_443(passthrough:x.a.io)");
  CHECK(has_problem(rules, ProblemKind::kSniTaken));
}

TEST_CASE("R-FC-1 a star among the sniHosts of a tls rule is no condition") {
  const std::string yaml =
      gateway("[{port: {number: 443, name: t, protocol: TLS}, tls: {mode: PASSTHROUGH}, hosts: ['*']}]") +
      virtual_service(
          "hosts: ['*'], tls: [{match: [{sniHosts: ['*']}], route: [{destination: {host: a, port: {number: 1}}}]}]");
  CHECK(listeners(lower_yaml(yaml)) == "0.0.0.0_443(passthrough:)");
}

TEST_CASE("R-TLSR-5 passthrough looks at tls rules only") {
  const std::string yaml =
      gateway("[{port: {number: 443, name: t, protocol: TLS}, tls: {mode: PASSTHROUGH}, hosts: ['*']}]") +
      virtual_service(
          "hosts: [x.a.io], http: [{route: [{destination: {host: a}}]}], tcp: [{route: [{destination: {host: "
          "a, port: {number: 1}}}]}]");
  CHECK(lower_yaml(yaml).listeners.empty());
}

TEST_CASE("R-TCP-1 R-TCP-2 the first tcp rule that fits takes the server") {
  const std::string gw = gateway("[{port: {number: 9000, name: t, protocol: TCP}, hosts: ['*']}]");
  const std::string yaml = gw + virtual_service(
                                    "hosts: ['*'], tcp: [{match: [{port: 1}], route: [{destination: {host: "
                                    "a, port: {number: 1}}}]}, {match: [{destinationSubnets: [10.0.0.0/8], "
                                    "port: 9000}], route: [{destination: {host: b, port: {number: 1}}}]}, "
                                    "{route: [{destination: {host: c, port: {number: 1}}}]}]");
  const RuleSet rules = lower_yaml(yaml);
  REQUIRE(rules.listeners.size() == 1);
  CHECK(rules.listeners[0].chains[0].tcp.destinations[0].cluster->name == "outbound|1||b.default.svc.cluster.local");
}

TEST_CASE("R-TCP-3 of one destination the weight is ignored, of several those without weight go") {
  const auto destinations = [](std::string_view route) {
    const RuleSet rules = lower_yaml(gateway("[{port: {number: 9000, name: t, protocol: TCP}, hosts: ['*']}]") +
                                     virtual_service(fmt::format("hosts: ['*'], tcp: [{{route: {}}}]", route)));
    std::vector<std::uint32_t> weights;
    for (const WeightedDestination& d : rules.listeners.at(0).chains.at(0).tcp.destinations)
      weights.push_back(d.weight);
    return weights;
  };
  CHECK(destinations("[{destination: {host: a, port: {number: 1}}, weight: 0}]") == std::vector<std::uint32_t>{1});
  CHECK(destinations(
            "[{destination: {host: a, port: {number: 1}}, weight: 0}, {destination: {host: b, port: {number: 1}}, "
            "weight: 7}]") == std::vector<std::uint32_t>{7});
}

}  // namespace
}  // namespace wicket::rules
