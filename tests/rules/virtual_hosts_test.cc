#include "rules/virtual_hosts.h"

#include "lowered.h"
#include "support/catch.h"

namespace wicket::rules {
namespace {

using test::gateway;
using test::has_problem;
using test::hosts;
using test::http_gateway;
using test::http_rules;
using test::lower_yaml;
using test::virtual_service;

constexpr std::string_view kToA = "http: [{route: [{destination: {host: a}}]}]";

TEST_CASE("R-VH-1 R-VH-2 the first use of a host makes the virtual host, later ones add to it; catch-alls go last") {
  const std::string yaml =
      http_gateway() +
      http_rules(
          "[{match: [{uri: {prefix: /a}}], route: [{destination: {host: a}}]}, {route: [{destination: {host: a}}]}]",
          {"a", "x"}) +
      http_rules(
          "[{match: [{uri: {prefix: /b}}], route: [{destination: {host: b}}]}, {route: [{destination: {host: b}}]}]",
          {"b", "x"});
  CHECK(hosts(lower_yaml(yaml)) == "a.io: a[0] b[0] a[1] b[1]");
}

TEST_CASE("R-VH-3 a table without virtual hosts has one without routes") {
  const RuleSet rules = lower_yaml(http_gateway());
  CHECK(hosts(rules) == "blackhole:80:");
  CHECK(rules.tables[0].hosts[0].domain == "*");
}

TEST_CASE("R-VH-4 R-DOM-1 a virtual host has one domain, as written but for case and without a port") {
  CHECK(hosts(lower_yaml(http_gateway() + virtual_service(fmt::format("hosts: [B.io, a.io], {}", kToA)))) ==
        "a.io: v[0]  b.io: v[0]");
}

// ---- httpsRedirect ----

std::string redirecting(std::string_view server_hosts, const test::Named& named = {"gw", "istio-system"}) {
  return gateway(
      fmt::format("[{{port: {{number: 80, name: h, protocol: HTTP}}, tls: {{httpsRedirect: true}}, hosts: {}}}]",
                  server_hosts),
      named);
}

TEST_CASE("R-REDIR-1 httpsRedirect marks the server's virtual hosts, and makes those that are not there") {
  CHECK(hosts(lower_yaml(redirecting("[a.io, b.io]") + http_rules("[{route: [{destination: {host: a}}]}]"))) ==
        "a.io!: v[0]  b.io!:");
}

TEST_CASE("R-REDIR-2 it stays when another Gateway serves the host without it") {
  for (const auto& [with, without] : {std::pair("a", "b"), std::pair("b", "a")}) {
    const std::string yaml =
        redirecting("[a.io]", {with, "istio-system"}) + http_gateway("[a.io]", {without, "istio-system"}) +
        virtual_service(fmt::format("gateways: [istio-system/a, istio-system/b], hosts: [a.io], {}", kToA));
    CHECK(hosts(lower_yaml(yaml)) == "a.io!: v[0] v[0]");
  }
}

TEST_CASE("R-REDIR-6 a host with a namespace in front gets a virtual host that nothing matches") {
  CHECK(
      hosts(lower_yaml(redirecting("[default/a.io, ./b.io]") + http_rules("[{route: [{destination: {host: a}}]}]"))) ==
      "a.io!: v[0]  default/a.io!:  istio-system/b.io!:");
}

// ---- order of rules ----

TEST_CASE("R-ORD-5 what counts as a catch-all") {
  struct Case {
    const char* match;
    bool catch_all;
  };
  constexpr Case kCases[] = {
      {"", true},
      {"match: [{}], ", true},
      {"match: [{uri: {prefix: /}}], ", true},
      {"match: [{uri: {regex: '.*'}}], ", true},
      {"match: [{uri: {}}], ", true},
      {"match: [{port: 80}], ", true},
      {"match: [{name: x, ignoreUriCase: true}], ", true},
      {"match: [{gateways: [istio-system/gw]}], ", true},
      {"match: [{sourceLabels: {istio: ingressgateway}}], ", true},
      {"match: [{uri: {prefix: ''}}], ", false},
      {"match: [{uri: {regex: '/.*'}}], ", false},
      {"match: [{uri: {exact: /}}], ", false},
      {"match: [{method: {}}], ", false},
      {"match: [{authority: {}}], ", false},
      {"match: [{scheme: {exact: http}}], ", false},
      {"match: [{headers: {x: {}}}], ", false},
      {"match: [{withoutHeaders: {x: {}}}], ", false},
      {"match: [{queryParams: {x: {}}}], ", false},
  };
  for (const Case& c : kCases) {
    INFO(c.match);
    const RuleSet rules =
        lower_yaml(http_gateway() + http_rules(fmt::format("[{{{}route: [{{destination: {{host: a}}}}]}}]", c.match)));
    REQUIRE(test::only_rules(rules).size() == 1);
    CHECK(test::only_rules(rules)[0]->catch_all == c.catch_all);
  }
}

TEST_CASE("R-ORD-6 nothing behind the first catch-all of a VirtualService is emitted") {
  const RuleSet rules = lower_yaml(
      http_gateway() +
      http_rules(
          "[{match: [{uri: {exact: /x}}, {uri: {prefix: /}}, {uri: {exact: /y}}], route: [{destination: {host: a}}]}, "
          "{match: [{uri: {prefix: /b}}], route: [{destination: {host: b}}]}]"));
  CHECK(hosts(rules) == "a.io: v[0] v[0].1");
  CHECK(has_problem(rules, ProblemKind::kRuleBehindCatchAll));
}

TEST_CASE("R-ORD-7 catch-alls of all VirtualServices move behind, in their order") {
  const auto both = [](std::string_view path) {
    return fmt::format(
        "[{{match: [{{uri: {{prefix: {}}}}}], route: [{{destination: {{host: a}}}}]}}, "
        "{{route: [{{destination: {{host: a}}}}]}}]",
        path);
  };
  CHECK(hosts(lower_yaml(http_gateway() + http_rules(both("/b"), {"b", "x"}) + http_rules(both("/a"), {"a", "x"}))) ==
        "a.io: a[0] b[0] a[1] b[1]");
}

TEST_CASE("R-ORD-8 names of routes") {
  const auto name = [](std::string_view rule, std::string_view match) {
    const RuleSet rules = lower_yaml(
        http_gateway() +
        http_rules(fmt::format("[{{{}match: [{{{}uri: {{prefix: /}}}}], route: [{{destination: {{host: a}}}}]}}]", rule,
                               match)));
    return test::only_rules(rules).at(0)->name;
  };
  CHECK(name("", "").empty());
  CHECK(name("name: r, ", "") == "r");
  CHECK(name("name: r, ", "name: m, ") == "r.m");
  CHECK(name("", "name: m, ") == ".m");
}

TEST_CASE("R-BAD-3 R-WT-3 R-HDR-6 what Envoy would refuse marks the table, and is lowered all the same") {
  struct Case {
    const char* rule;
    ProblemKind problem;
  };
  constexpr Case kCases[] = {
      {"{redirect: {uri: /x, redirectCode: 304}}", ProblemKind::kRedirectCode},
      {"{route: [{destination: {host: a}, weight: 0}, {destination: {host: b}, weight: 0}]}",
       ProblemKind::kNothingToDo},
      {"{match: [{headers: {'@request.auth.claims.sub': {}}}], route: [{destination: {host: a}}]}",
       ProblemKind::kClaimWithoutPattern},
  };
  for (const Case& c : kCases) {
    INFO(c.rule);
    const RuleSet rules = lower_yaml(http_gateway() + http_rules(fmt::format("[{}]", c.rule)));
    CHECK(rules.tables[0].refused);
    CHECK(test::only_rules(rules).size() == 1);
    CHECK(has_problem(rules, c.problem));
  }
}

}  // namespace
}  // namespace wicket::rules
