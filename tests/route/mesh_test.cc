#include "rules/mesh.h"

#include "router.h"
#include "support/catch.h"

namespace wicket::route {
namespace {

using rules::OutboundPolicy;
using rules::Viewpoint;
using rules::Workload;
using test::Router;
using test::service;

const std::string kServices = service({"a", "default"}) + service({"b", "default"}) + service({"c", "other"}) +
                              service({"web", "default"}, "[{name: http, port: 8080}]");

rules::LowerOptions from(std::string_view ns, rules::Labels labels = {}) {
  rules::LowerOptions options;
  options.viewpoint = Viewpoint::kMesh;
  options.workload = Workload{.ns = std::string(ns), .labels = std::move(labels)};
  return options;
}

std::string mesh_rules(std::string_view hosts, std::string_view http, const test::Named& named = {"v", "default"},
                       std::string_view more = "") {
  return fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: {}, namespace: {}}}\n"
      "spec: {{hosts: {}, {}http: {}}}\n---\n",
      named.name, named.ns, hosts, more, http);
}

const std::string kToB = "[{route: [{destination: {host: b}}]}]";

TEST_CASE("R-MESH-1 sidecars look at VirtualServices that name no Gateway, or mesh, and that the caller sees") {
  struct Case {
    const char* name;
    const char* more;
    const char* caller;
    const char* want;
  };
  constexpr Case kCases[] = {
      {"no gateways", "", "default", "to b"},
      {"mesh", "gateways: [mesh], ", "default", "to b"},
      {"mesh and a gateway", "gateways: [istio-system/gw, mesh], ", "default", "to b"},
      {"a gateway only", "gateways: [istio-system/gw], ", "default", "to a"},
      {"another namespace", "", "other", "to b"},
      {"kept private", "exportTo: ['.'], ", "other", "to a"},
      {"exported to the caller", "exportTo: [other], ", "other", "to b"},
  };
  for (const Case& c : kCases) {
    INFO(c.name);
    const Router ask(kServices + mesh_rules("[a]", kToB, {"v", "default"}, c.more), from(c.caller));
    CHECK(ask("http://a.default/").text() == c.want);
  }
}

TEST_CASE("R-MESH-1 R-STAT-3 source labels and namespace are the caller's") {
  const std::string yaml =
      kServices +
      mesh_rules("[a]",
                 "[{match: [{sourceLabels: {app: shop}}], route: [{destination: {host: b}}]}, {match: [{gateways: "
                 "[mesh], uri: {prefix: /m}}], route: [{destination: {host: b}}]}, {match: [{sourceNamespace: other}], "
                 "route: [{destination: {host: c.other.svc.cluster.local}}]}, {route: [{destination: {host: a}}]}]");
  CHECK(Router(yaml, from("default", {{"app", "shop"}}))("http://a.default/").text() == "to b");
  CHECK(Router(yaml, from("default"))("http://a.default/").text() == "to a");
  CHECK(Router(yaml, from("default"))("http://a.default/m").text() == "to b");
  CHECK(Router(yaml, from("other"))("http://a.default/").text() == "to c.other.svc.cluster.local");
}

TEST_CASE("R-MESH-2 a wildcard goes to the services that it is closest to, other hosts are served on port 80") {
  const std::string yaml = kServices + mesh_rules("['*.default.svc.cluster.local']", kToB, {"wide", "default"}) +
                           mesh_rules("[web]", "[{route: [{destination: {host: a, port: {number: 80}}}]}]") +
                           mesh_rules("[ext.example.org]", kToB, {"ext", "default"});
  const Router ask(yaml, from("default"));
  CHECK(ask("http://a/").text() == "to b");
  CHECK(ask("http://web:8080/").text() == "to a");  // its own name is closer than the wildcard
  CHECK(ask("http://ext.example.org/").text() == "to b");
  CHECK(ask("http://ext.example.org:8080/").text() == "to ");
  CHECK(ask("http://c.other/").text() == "to c.other.svc.cluster.local");
}

TEST_CASE("R-MESH-3 the first VirtualService that names a host has it whole") {
  const std::string yaml =
      kServices +
      mesh_rules("[a]", "[{match: [{uri: {prefix: /x}}], route: [{destination: {host: b}}]}]", {"first", "default"}) +
      mesh_rules("[a]", kToB, {"second", "default"});
  const Router ask(yaml, from("default"));
  CHECK(ask("http://a/x").text() == "to b");
  CHECK(ask("http://a/").text() == "404 route");
  const std::vector<rules::Problem>& problems = ask.table().rules().problems;
  CHECK(std::ranges::find(problems, rules::ProblemKind::kHostTaken, &rules::Problem::kind) != problems.end());
}

TEST_CASE("R-MESH-4 a service is called by its full name, shorter ones, and its address; ports do not matter") {
  const std::string with_address =
      "apiVersion: v1\nkind: Service\nmetadata: {name: addressed, namespace: default}\n"
      "spec: {clusterIP: 10.1.2.3, ports: [{name: http, port: 80}]}\n---\n";
  const Router near(kServices + with_address, from("default"));
  const Router far(kServices, from("other"));
  for (const char* name : {"a", "a.default", "a.default.svc", "a.default.svc.cluster.local",
                           "a.default.svc.cluster.local.", "A.default", "a:80", "a.default:9999"}) {
    INFO(name);
    CHECK(near("http://x/", {.host = name}).text() == "to a");
  }
  CHECK(near("http://10.1.2.3/").text() == "to addressed");
  CHECK(far("http://a.default/").text() == "to a");
  CHECK(far("http://a/").text() == "to ");
}

TEST_CASE("R-MESH-4 pods of a Service without an address are called by names below its own") {
  const std::string pods =
      "apiVersion: v1\nkind: Service\nmetadata: {name: pods, namespace: default}\n"
      "spec: {clusterIP: None, ports: [{name: http, port: 80}]}\n---\n";
  const Router near(kServices + pods, from("default"));
  const Router far(kServices + pods, from("other"));
  for (const char* name : {"pods", "pod-0.pods", "pod-0.pods.default", "pod-0.pods.default.svc",
                           "pod-0.pods.default.svc.cluster.local", "x.pod-0.pods.default"}) {
    INFO(name);
    CHECK(near("http://x/", {.host = name}).text() == "to pods");
  }
  CHECK(far("http://pod-0.pods.default/").text() == "to pods");
  CHECK(far("http://pod-0.pods/").decision.rule()->name == "allow_any");
  CHECK(near("http://pod-0.a.default/").decision.rule()->name == "allow_any");
}

TEST_CASE("R-MESH-5 a service without VirtualService has one route, with retries") {
  const Router ask(kServices, from("default"));
  const test::Answer answer = ask("http://web:8080/any");
  CHECK(answer.decision.picked->cluster->name == "outbound|8080||web.default.svc.cluster.local");
  CHECK(answer.decision.rule()->name == "default");
  CHECK(answer.decision.forward()->retries->attempts == 2);
  CHECK_FALSE(answer.decision.forward()->timeout);
}

TEST_CASE("R-MESH-6 what nobody speaks of passes through, or is blocked") {
  const Router open(kServices, from("default"));
  CHECK(open("http://nowhere.example.org/").decision.picked->cluster->name == "PassthroughCluster");
  CHECK(open("http://nowhere.example.org/").decision.rule()->name == "allow_any");
  CHECK(open("http://nowhere.example.org:1234/").decision.picked->cluster->name == "PassthroughCluster");
  rules::LowerOptions options = from("default");
  options.mesh.outbound = OutboundPolicy::kRegistryOnly;
  const Router closed(kServices, options);
  CHECK(closed("http://nowhere.example.org/").text() == "502 route");
  CHECK(closed("http://nowhere.example.org/").decision.rule()->name == "block_all");
  CHECK(closed("http://nowhere.example.org:1234/").decision.picked->cluster->name == "BlackHoleCluster");
}

TEST_CASE("R-MESH-2 ports that do not speak HTTP lead to tls and tcp rules, else to the service") {
  const std::string yaml =
      service({"db", "default"}, "[{name: tcp, port: 5432}]") +
      service({"sec", "default"}, "[{name: https, port: 443}]") +
      service({"db2", "default"}, "[{name: tcp, port: 5433}]") +
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: t, namespace: default}\n"
      "spec: {hosts: [db, sec], tcp: [{match: [{port: 5432, sourceNamespace: default}], route: [{destination: {host: "
      "db2, "
      "port: {number: 5433}}}]}], tls: [{match: [{sniHosts: [other.sec.io]}], route: [{destination: {host: db2, port: "
      "{number: 5433}}}]}]}\n---\n";
  const Router ask(yaml, from("default"));
  CHECK(ask("http://db:5432/").text() == "bytes to db2");
  CHECK(ask("http://db2:5433/").text() == "bytes to db2");
  CHECK(ask("https://sec.default.svc.cluster.local/").text() == "bytes to sec");
  CHECK(ask("https://other.sec.io/").text() == "bytes to db2");
  CHECK(Router(yaml, from("other"))("http://db:5432/").text() == "bytes to db");
}

TEST_CASE("R-DST-2 bytes go to the only port of a service, whatever port was called") {
  const std::string yaml =
      service({"db", "default"}, "[{name: tcp, port: 5432}]") +
      service({"db2", "default"}, "[{name: tcp, port: 5433}]") +
      test::virtual_service("gateways: [mesh], hosts: [db], tcp: [{route: [{destination: {host: db2}}]}]");
  const Router ask(yaml, from("default"));
  CHECK(ask("http://db:5432/").decision.picked->cluster->name == "outbound|5433||db2.default.svc.cluster.local");
}

TEST_CASE("R-MESH-2 R-DST-2 without a port a destination has the port of the call") {
  const Router ask(kServices + mesh_rules("[a]", "[{route: [{destination: {host: web}}]}]"), from("default"));
  CHECK(ask("http://a/").decision.picked->cluster->name == "outbound|80||web.default.svc.cluster.local");
  CHECK(ask("http://a/").text() == "503 NC");
}

}  // namespace
}  // namespace wicket::route
