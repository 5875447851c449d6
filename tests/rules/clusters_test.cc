#include "rules/clusters.h"

#include "lowered.h"
#include "support/catch.h"

namespace wicket::rules {
namespace {

using test::http_gateway;
using test::http_rules;
using test::lower_yaml;
using test::service;

// "name" of the cluster that a destination means, with '?' behind it when unknown and '!' when missing.
std::string cluster(std::string_view destination, const std::string& beside, bool closed_world = false,
                    const test::Named& named = {"v", "default"}) {
  const RuleSet rules = lower_yaml(
      http_gateway() + http_rules(fmt::format("[{{route: [{{destination: {}}}]}}]", destination), named) + beside,
      {.closed_world = closed_world});
  const Cluster& found = *test::forward(test::only_rules(rules).at(0)).destinations.at(0).cluster;
  constexpr std::string_view kMarks[] = {"", "?", "!"};
  return found.name + std::string(kMarks[static_cast<std::size_t>(found.existence)]);
}

const std::string kTwoPorts = service({"multi", "default"}, "[{name: a, port: 8080}, {name: b, port: 9090}]");

TEST_CASE("R-DST-1 R-DST-2 R-DST-6 R-REG-1 names of clusters, their ports, and whether they are there") {
  struct Case {
    const char* destination;
    std::string beside;
    const char* want;
  };
  const Case cases[] = {
      {"{host: a, port: {number: 80}}", service({"a", "default"}), "outbound|80||a.default.svc.cluster.local"},
      {"{host: a, port: {number: 81}}", service({"a", "default"}), "outbound|81||a.default.svc.cluster.local!"},
      {"{host: solo}", service({"solo", "default"}, "[{name: http, port: 8080}]"),
       "outbound|8080||solo.default.svc.cluster.local"},
      {"{host: multi}", kTwoPorts, "outbound|80||multi.default.svc.cluster.local!"},
      {"{host: multi, port: {number: 9090}}", kTwoPorts, "outbound|9090||multi.default.svc.cluster.local"},
      {"{host: nowhere}", "", "outbound|80||nowhere.default.svc.cluster.local?"},
      {"{host: reviews.prod}", service({"reviews", "prod"}), "outbound|80||reviews.prod?"},
      {"{host: a}", service({"a", "default"}, "[{name: dns, port: 80, protocol: UDP}]"),
       "outbound|80||a.default.svc.cluster.local!"},
  };
  for (const Case& c : cases) {
    INFO(c.destination);
    CHECK(cluster(c.destination, c.beside) == c.want);
  }
  CHECK(cluster("{host: reviews.prod}", "", true) == "outbound|80||reviews.prod!");
}

TEST_CASE("R-REG-2 hosts of ServiceEntries are known") {
  const std::string entry =
      "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: e, namespace: default}\n"
      "spec: {hosts: [api.example.org, '*.wild.org'], ports: [{number: 443, name: tls, protocol: TLS}]}\n---\n";
  CHECK(cluster("{host: api.example.org}", entry) == "outbound|443||api.example.org");
  CHECK(cluster("{host: api.example.org, port: {number: 80}}", entry) == "outbound|80||api.example.org!");
  CHECK(cluster("{host: x.wild.org}", entry) == "outbound|80||x.wild.org?");
  CHECK(cluster("{host: '*.wild.org'}", entry) == "outbound|443||*.wild.org");
}

TEST_CASE("R-REG-3 what is not exported to the gateway is not known to it") {
  const auto hidden = [](std::string_view to) {
    return fmt::format(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: a, namespace: default, annotations: "
        "{{networking.istio.io/exportTo: '{}'}}}}\nspec: {{ports: [{{name: http, port: 8080}}]}}\n---\n",
        to);
  };
  CHECK(cluster("{host: a}", hidden(".")) == "outbound|80||a.default.svc.cluster.local?");
  CHECK(cluster("{host: a}", hidden("x, istio-system")) == "outbound|8080||a.default.svc.cluster.local");
}

TEST_CASE("R-REG-4 an ExternalName service stands for the host that it names") {
  const std::string alias =
      "apiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: default}\n"
      "spec: {type: ExternalName, externalName: real.example.org, ports: [{name: http, port: 81}]}\n---\n";
  const std::string entry =
      "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: e, namespace: default}\n"
      "spec: {hosts: [real.example.org], ports: [{number: 81, name: http, protocol: HTTP}]}\n---\n";
  CHECK(cluster("{host: db}", alias) == "outbound|81||real.example.org?");
  CHECK(cluster("{host: db}", alias + entry) == "outbound|81||real.example.org");
  CHECK(cluster("{host: db}", alias, true) == "outbound|81||real.example.org!");
}

TEST_CASE("R-DST-3 of services with one host that in the VirtualService's namespace counts") {
  const auto entry = [](std::string_view ns, int port) {
    return fmt::format(
        "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {{name: e, namespace: {}}}\n"
        "spec: {{hosts: [api.org], ports: [{{number: {}, name: http, protocol: HTTP}}]}}\n---\n",
        ns, port);
  };
  const std::string both = entry("aa", 1) + entry("bb", 2);
  CHECK(cluster("{host: api.org}", both, false, {"v", "bb"}) == "outbound|2||api.org");
  CHECK(cluster("{host: api.org}", both, false, {"v", "default"}) == "outbound|1||api.org");
}

TEST_CASE("R-DST-4 subsets come from the DestinationRule that counts for the host") {
  const auto rule = [](std::string_view ns, std::string_view host, std::string_view subset,
                       std::string_view name = "r") {
    return fmt::format(
        "apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {{name: {}, namespace: {}}}\n"
        "spec: {{host: '{}', subsets: [{{name: {}, labels: {{v: '1'}}}}]}}\n---\n",
        name, ns, host, subset);
  };
  const std::string a = service({"a", "default"});
  constexpr const char* kV1 = "{host: a, subset: v1}";
  constexpr const char* kName = "outbound|80|v1|a.default.svc.cluster.local";
  struct Case {
    const char* name;
    std::string beside;
    const char* mark;
  };
  const Case cases[] = {
      {"no rule", a, "?"},
      {"there", a + rule("default", "a", "v1"), ""},
      {"another subset", a + rule("default", "a", "v2"), "!"},
      {"united", a + rule("default", "a", "v2") + rule("default", "a", "v1", "s"), ""},
      {"wildcard", a + rule("default", "*.default.svc.cluster.local", "v1"), ""},
      {"exact beats wildcard", a + rule("default", "*.svc.cluster.local", "v1") + rule("default", "a", "v2", "s"), "!"},
      {"of the root namespace", a + rule("istio-system", "a.default.svc.cluster.local", "v1"), ""},
      {"the service's own beats the root's",
       a + rule("istio-system", "a.default.svc.cluster.local", "v1") + rule("default", "a", "v2"), "!"},
      {"of a stranger", a + rule("other", "a.default.svc.cluster.local", "v1"), "?"},
      {"service unknown, subset contradicted", rule("default", "a", "v2"), "!"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(cluster(kV1, c.beside) == std::string(kName) + c.mark);
  }
  CHECK(cluster(kV1, a, true) == std::string(kName) + "!");
}

TEST_CASE("R-DST-7 R-TLS-1 auto passthrough has a chain for every port and subset inside the mesh") {
  const std::string yaml = test::gateway(
                               "[{port: {number: 15443, name: t, protocol: TLS}, tls: {mode: AUTO_PASSTHROUGH}, hosts: "
                               "['*.default.svc.cluster.local']}]") +
                           service({"a", "default"}) + service({"b", "other"});
  CHECK(test::listeners(lower_yaml(yaml)) == "0.0.0.0_15443(auto:outbound_.80_._.a.default.svc.cluster.local)");
}

}  // namespace
}  // namespace wicket::rules
