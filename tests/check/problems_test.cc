// Whatever the lowering drops, overrules or gives up, a check tells.
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "reference_manifests.h"
#include "route/compile.h"
#include "route/table.h"
#include "rules/lower.h"
#include "support/catch.h"

namespace wicket::check {
namespace {

using namespace manifests;
using enum rules::ProblemKind;

struct Told {
  rules::ProblemKind kind{};
  const char* code;  // of the check that tells it
  std::vector<std::string> documents;
  rules::Viewpoint viewpoint = rules::Viewpoint::kGateway;
};

std::string http(std::string_view rule) {
  return "hosts: [a.example.com], gateways: [g], http: [{" + std::string(rule) + "}]";
}
std::string bytes(std::string_view name, std::string_view ns, std::string_view host) {
  return object(
      "networking.istio.io/v1", "Gateway", name, ns,
      fmt::format("spec: {{selector: {{istio: ingressgateway}}, servers: [{{port: {{number: 443, name: https, "
                  "protocol: HTTPS}}, hosts: [{}], tls: {{mode: SIMPLE, credentialName: {}}}}}]}}",
                  host, name));
}

TEST_CASE("every kind of problem of the lowering is told by a check") {
  const std::string g = gateway("g", "shop", "a.example.com");
  const std::string to_a = "route: [{destination: {host: a}}]";
  const std::string sni =
      "hosts: [a.example.com], gateways: [g], tls: [{match: [{sniHosts: [a.example.com]}], " + to_a + "}]";
  const std::string passthrough = object(
      "networking.istio.io/v1", "Gateway", "g", "shop",
      "spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 443, name: tls, protocol: TLS}, hosts: "
      "[a.example.com], tls: {mode: PASSTHROUGH}}]}");
  const std::string tcp = object("networking.istio.io/v1", "Gateway", "g", "shop",
                                 "spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 9000, name: tcp, "
                                 "protocol: TCP}, hosts: [a.example.com]}]}");
  const std::string pod =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: istio-system, labels: {istio: ingressgateway}}\nspec: "
      "{containers: [{name: istio-proxy, image: auto}]}\n";
  const std::string r1 = rule(
      "r", "shop", "host: a, trafficPolicy: {loadBalancer: {simple: RANDOM}}, subsets: [{name: v1, labels: {v: a}}]");
  const std::string r2 = rule(
      "s", "shop", "host: a, trafficPolicy: {loadBalancer: {simple: RANDOM}}, subsets: [{name: v1, labels: {v: b}}]");
  const std::string root =
      "hosts: [a.example.com], gateways: [g], http: [{match: [{uri: {prefix: /a}}], delegate: {name: leaf}}]";
  const std::vector<Told> all = {
      {kNoGatewayForWorkload,
       "WK413",
       {pod, g,
        object("networking.istio.io/v1", "Gateway", "h", "shop",
               "spec: {selector: {istio: ingresgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, "
               "hosts: [b.example.com]}]}")}},
      {kGatewayNotFound, "WK401", {g, routes("v", "shop", "hosts: [a.example.com], gateways: [gg], " + to("host: a"))}},
      {kNotExported, "WK429", {g, routes("v", "shop", "exportTo: ['.'], " + http(to_a))}},
      {kNoCommonHost, "WK404", {g, routes("v", "shop", "hosts: [b.example.com], gateways: [g], " + to("host: a"))}},
      {kNoRules, "WK403", {g, routes("v", "shop", http("match: [{gateways: [mesh]}], " + to_a))}},
      {kServerDropped, "WK417", {bytes("g", "shop", "a.example.com"), bytes("h", "shop", "a.example.com")}},
      {kServerWithoutRoutes, "WK431", {kClosed + tcp}},
      {kUnknownProtocol,
       "WK211",
       {object("networking.istio.io/v1", "Gateway", "g", "shop",
               "spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: QUIC}, "
               "hosts: [a.example.com]}]}")}},
      {kDelegateNotFound, "WK421", {g, routes("root", "shop", root), routes("leaf", "far", to("host: a"))}},
      {kDelegateConflict,
       "WK424",
       {g, routes("root", "shop", root),
        routes("leaf", "shop", "http: [{match: [{uri: {prefix: /b}}], " + to_a + "}]")}},
      {kRuleBehindCatchAll,
       "WK507",
       {g, routes("v", "shop", http("match: [{uri: {prefix: /}}, {uri: {exact: /x}}], " + to_a))}},
      {kSniTaken, "WK550", {passthrough, routes("v", "shop", sni), routes("w", "shop", sni)}},
      {kNothingToDo,
       "WK355",
       {g, routes("v", "shop",
                  http("route: [{destination: {host: a}, weight: 0}, {destination: {host: b}, weight: 0}]"))}},
      {kRedirectCode, "WK534", {g, routes("v", "shop", http("redirect: {uri: /b, redirectCode: 305}"))}},
      {kBadRegex, "WK325", {g, routes("v", "shop", http("match: [{uri: {regex: '/a('}}], " + to_a))}},
      {kClaimWithoutPattern,
       "WK540",
       {g, routes("v", "shop", http("match: [{headers: {'@request.auth.claims.a': {}}}], " + to_a))}},
      {kHostTaken,
       "WK420",
       {service("a", "shop"), routes("v", "shop", "hosts: [a], " + to("host: a")),
        routes("w", "shop", "hosts: [a], " + to("host: a"))},
       rules::Viewpoint::kMesh},
      {kSubsetTaken, "WK635", {r1, r2}},
      {kPolicyTaken, "WK635", {r1, r2}},
      {kSameChainTwice, "WK417", {bytes("g", "shop", "a/a.example.com"), bytes("h", "shop", "b/a.example.com")}},
  };
  std::map<rules::ProblemKind, std::string> told_by = {
      {kMeshOnly, "nobody: rules for sidecars are no fault"},
  };
  for (const Told& one : all) {
    INFO(one.code);
    const Selection selection = *Selection::from({.select = {}, .extend_select = {one.code}, .ignore = {}});
    const test::Linted linted = test::lint_text(fmt::format("{}", fmt::join(one.documents, "---\n")), selection);
    INFO(linted.text());
    const auto rules =
        std::make_shared<const rules::RuleSet>(rules::lower(*linted.loaded.workspace, {.viewpoint = one.viewpoint}));
    const route::RouteTable table = route::compile(rules);
    const auto is_it = [&](const rules::Problem& problem) { return problem.kind == one.kind; };
    CHECK((std::ranges::any_of(rules->problems, is_it) || std::ranges::any_of(table.problems(), is_it)));
    CHECK(std::ranges::any_of(linted.result.diagnostics,
                              [&](const Diagnostic& finding) { return finding.rule->id == one.code; }));
    told_by[one.kind] = one.code;
  }
  CHECK(told_by.size() == static_cast<std::size_t>(kSameChainTwice) + 1);
}

}  // namespace
}  // namespace wicket::check
