#include "rules/bindings.h"

#include "lowered.h"
#include "support/catch.h"

namespace wicket::rules {
namespace {

using test::has_problem;
using test::hosts;
using test::http_gateway;
using test::lower_yaml;
using test::virtual_service;

constexpr std::string_view kToA = "http: [{route: [{destination: {host: a}}]}]";

TEST_CASE("R-BIND-1 R-BIND-2 R-BIND-5 a VirtualService applies at the Gateways that it names") {
  struct Case {
    const char* gateways;
    const char* want;
    std::optional<ProblemKind> problem;
  };
  constexpr Case kCases[] = {
      {"gateways: [istio-system/gw], ", "a.io: v[0]", std::nullopt},
      {"gateways: [mesh, istio-system/gw], ", "a.io: v[0]", std::nullopt},
      {"gateways: [gw.istio-system.svc.cluster.local], ", "a.io: v[0]", std::nullopt},
      {"gateways: [istio-system/gw, istio-system/gw], ", "a.io: v[0]", std::nullopt},
      {"gateways: [mesh], ", "blackhole:80:", std::nullopt},
      {"gateways: [], ", "blackhole:80:", ProblemKind::kMeshOnly},
      {"gateways: [gw], ", "blackhole:80:", ProblemKind::kGatewayNotFound},
  };
  for (const Case& c : kCases) {
    INFO(c.gateways);
    const RuleSet rules =
        lower_yaml(http_gateway() + virtual_service(fmt::format("{}hosts: [a.io], {}", c.gateways, kToA)));
    CHECK(hosts(rules) == c.want);
    if (c.problem) CHECK(has_problem(rules, *c.problem));
  }
}

TEST_CASE("R-BIND-4 names in match blocks are resolved alike") {
  const auto matching = [](std::string_view gateways) {
    return hosts(
        lower_yaml(http_gateway("['*']", {"gw", "default"}) +
                   virtual_service(fmt::format("gateways: [gw], hosts: [a.io], http: [{{match: [{{gateways: {}}}], "
                                               "route: [{{destination: {{host: a}}}}]}}]",
                                               gateways))));
  };
  CHECK(matching("[gw]") == "a.io: v[0]");
  CHECK(matching("[gw.default]") == "a.io: v[0]");
  CHECK(matching("[default/gw]") == "a.io: v[0]");
  CHECK(matching("[other/gw]") == "blackhole:80:");
}

TEST_CASE("R-BIND-6 exportTo is about the namespace of the pods") {
  struct Case {
    const char* export_to;
    const char* want;
  };
  constexpr Case kCases[] = {
      {"", "a.io: v[0]"},
      {"exportTo: ['*'], ", "a.io: v[0]"},
      {"exportTo: [istio-system], ", "a.io: v[0]"},
      {"exportTo: [other, istio-system], ", "a.io: v[0]"},
      {"exportTo: ['.'], ", "blackhole:80:"},
      {"exportTo: [other], ", "blackhole:80:"},
      {"exportTo: ['~'], ", "blackhole:80:"},
  };
  for (const Case& c : kCases) {
    INFO(c.export_to);
    const RuleSet rules =
        lower_yaml(http_gateway() + virtual_service(fmt::format("{}hosts: [a.io], {}", c.export_to, kToA)));
    CHECK(hosts(rules) == c.want);
    CHECK(has_problem(rules, ProblemKind::kNotExported) == (c.want == std::string_view("blackhole:80:")));
  }
  const std::string beside =
      virtual_service(fmt::format("exportTo: ['.'], hosts: [a.io], {}", kToA), {"v", "istio-system"});
  CHECK(hosts(lower_yaml(http_gateway() + beside)) == "a.io: v[0]");
}

TEST_CASE("R-BIND-6 the mesh says what a VirtualService without exportTo is exported to") {
  LowerOptions options;
  options.mesh.virtual_service_export_to = {"."};
  const std::string yaml = http_gateway() + test::http_rules("[{route: [{destination: {host: a}}]}]");
  CHECK(test::hosts(lower_yaml(yaml)) == "a.io: v[0]");
  CHECK(test::hosts(lower_yaml(yaml, options)) == "blackhole:80:");
  CHECK(test::has_problem(lower_yaml(yaml, options), ProblemKind::kNotExported));
}

TEST_CASE("R-BIND-7 a namespace in front of a server host admits VirtualServices of that namespace only") {
  const std::string in_default = virtual_service(fmt::format("hosts: [a.io], {}", kToA));
  const std::string beside = virtual_service(fmt::format("hosts: [a.io], {}", kToA), {"w", "istio-system"});
  const auto with = [&](std::string_view server_hosts) {
    return hosts(lower_yaml(http_gateway(server_hosts) + in_default + beside));
  };
  CHECK(with("['default/*']") == "a.io: v[0]");
  CHECK(with("['./*']") == "a.io: w[0]");
  CHECK(with("['*/*']") == "a.io: v[0] w[0]");
  CHECK(with("['other/*']") == "blackhole:80:");
}

TEST_CASE("R-BIND-8 R-HOST-3 hosts are compared before lower-casing") {
  const auto with = [](std::string_view server_host, std::string_view host) {
    const RuleSet rules = lower_yaml(http_gateway(fmt::format("['{}']", server_host)) +
                                     virtual_service(fmt::format("hosts: ['{}'], {}", host, kToA)));
    CHECK(has_problem(rules, ProblemKind::kNoCommonHost) == rules.tables[0].hosts[0].blackhole);
    return hosts(rules);
  };
  CHECK(with("*.a.io", "x.a.io") == "x.a.io: v[0]");
  CHECK(with("API.io", "api.io") == "blackhole:80:");
  CHECK(with("API.io", "API.io") == "api.io: v[0]");
}

TEST_CASE("R-BIND-9 two servers that share a host: the rules are there twice") {
  const std::string yaml = test::gateway(
                               "[{port: {number: 80, name: h, protocol: HTTP}, hosts: [a.io]}, "
                               "{port: {number: 80, name: i, protocol: HTTP}, hosts: ['*']}]") +
                           virtual_service(fmt::format("hosts: [a.io], {}", kToA));
  const RuleSet rules = lower_yaml(yaml);
  CHECK(hosts(rules) == "a.io: v[0] v[0]");
  CHECK(rules.tables[0].hosts[0].rules[0] == rules.tables[0].hosts[0].rules[1]);
}

TEST_CASE("R-HOST-6 a short host becomes a full name, and so never matches itself") {
  CHECK(hosts(lower_yaml(http_gateway() + virtual_service(fmt::format("hosts: [web], {}", kToA)))) ==
        "web.default.svc.cluster.local: v[0]");
}

TEST_CASE("R-RES-2 without a namespace an object is in the default one") {
  const std::string yaml =
      http_gateway() +
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: v}\n"
      "spec: {hosts: [a.io], gateways: [istio-system/gw], http: [{route: [{destination: {host: a}}]}]}\n";
  const load::Loaded loaded = test::load_yaml(yaml, {.default_namespace = "shop", .cluster_domain = "cluster.local"});
  const RuleSet rules = lower(*loaded.workspace);
  CHECK(test::only_rules(rules)[0]->from.virtual_service == "shop/v");
}

TEST_CASE("R-RES-6 a VirtualService without hosts is a delegate and applies nowhere by itself") {
  CHECK(hosts(lower_yaml(http_gateway() + virtual_service(std::string(kToA)))) == "blackhole:80:");
}

// ---- conditions that are settled at once ----

std::string matching(std::string_view match) {
  return test::http_rules(fmt::format("[{{match: [{}], route: [{{destination: {{host: a}}}}]}}]", match));
}

TEST_CASE("R-STAT-1 R-STAT-2 R-STAT-3 R-STAT-4 port, gateways, labels and namespace are settled at once") {
  struct Case {
    const char* match;
    bool applies;
  };
  constexpr Case kCases[] = {
      {"{port: 80}", true},
      {"{port: 8080}", false},
      {"{gateways: [istio-system/gw]}", true},
      {"{gateways: [istio-system/other]}", false},
      {"{sourceLabels: {app: istio-ingressgateway}}", true},
      {"{sourceLabels: {app: client}}", false},
      {"{sourceNamespace: istio-system}", true},
      {"{sourceNamespace: default}", false},
      {"{gateways: [istio-system/gw], sourceLabels: {app: client}, sourceNamespace: default}", true},
  };
  for (const Case& c : kCases) {
    INFO(c.match);
    const RuleSet rules = lower_yaml(http_gateway() + matching(c.match));
    CHECK(hosts(rules) == (c.applies ? "a.io: v[0]" : "blackhole:80:"));
    CHECK(has_problem(rules, ProblemKind::kNoRules) != c.applies);
  }
}

TEST_CASE("R-STAT-5 rules are made once for each Gateway, with the port of its first server on the table") {
  const auto front = [](std::string_view name, int port) {
    return fmt::format(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: {}, namespace: istio-system}}\n"
        "spec: {{selector: {{istio: ingressgateway}}, ports: [{{name: http, port: {}, targetPort: 8080}}]}}\n---\n",
        name, port);
  };
  const std::string yaml = test::gateway(
                               "[{port: {number: 80, name: h, protocol: HTTP}, hosts: [a.io]}, "
                               "{port: {number: 81, name: i, protocol: HTTP}, hosts: [b.io]}]") +
                           front("one", 80) + front("two", 81) +
                           virtual_service(
                               "hosts: [a.io, b.io], http: [{match: [{port: 81}], route: [{destination: {host: "
                               "a}}]}, {match: [{port: 80}], route: [{destination: {host: b}}]}]");
  CHECK(hosts(lower_yaml(yaml)) == "a.io: v[1]  b.io: v[1]");
}

}  // namespace
}  // namespace wicket::rules
