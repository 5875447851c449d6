#include "rules/delegates.h"

#include "lowered.h"
#include "support/catch.h"

namespace wicket::rules {
namespace {

using test::has_problem;
using test::hosts;
using test::http_gateway;
using test::http_rules;
using test::lower_yaml;

std::string delegate(std::string_view rules, const test::Named& named = {"d", "default"}, std::string_view more = "") {
  return fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: {}, namespace: {}}}\n"
      "spec: {{{}http: {}}}\n---\n",
      named.name, named.ns, more, rules);
}

// A root rule and a delegate's rule, each with a match block in flow style ("" for none), and their merged paths.
std::string merge(std::string_view root, std::string_view own) {
  const auto match = [](std::string_view block) {
    return block.empty() ? std::string() : fmt::format("match: [{}], ", block);
  };
  const RuleSet rules =
      lower_yaml(http_gateway() + http_rules(fmt::format("[{{{}delegate: {{name: d}}}}]", match(root))) +
                 delegate(fmt::format("[{{{}route: [{{destination: {{host: a}}}}]}}]", match(own))));
  if (has_problem(rules, ProblemKind::kDelegateConflict)) return "conflict";
  std::string paths;
  for (const RuleRef& rule : test::only_rules(rules))
    paths += fmt::format("{}{}", paths.empty() ? "" : " ", rule->match.path ? rule->match.path->text : "-");
  return paths;
}

TEST_CASE("R-DEL-1 R-DEL-4 a delegate's rules stand where the root calls it; without a namespace in the root's") {
  const std::string yaml =
      http_gateway() +
      http_rules(
          "[{match: [{uri: {exact: /first}}], route: [{destination: {host: a}}]}, "
          "{match: [{uri: {prefix: /api}}], delegate: {name: d}}, {route: [{destination: {host: b}}]}]") +
      delegate(
          "[{match: [{uri: {prefix: /api/1}}], route: [{destination: {host: a}}]}, "
          "{match: [{uri: {prefix: /api/2}}], route: [{destination: {host: a}}]}]") +
      delegate("[{route: [{destination: {host: wrong}}]}]", {"d", "other"});
  CHECK(hosts(lower_yaml(yaml)) == "a.io: v[0] d[0] d[1] v[2]");
}

TEST_CASE("R-DEL-2 R-DEL-3 a delegate has no hosts, and its exportTo reaches the root") {
  const std::string root =
      http_gateway() + http_rules(
                           "[{match: [{uri: {prefix: /x}}], delegate: {name: d, namespace: team}}, "
                           "{route: [{destination: {host: b}}]}]");
  const std::string rules = "[{route: [{destination: {host: a}}]}]";
  struct Case {
    const char* name;
    std::string yaml;
    const char* want;
  };
  const Case cases[] = {
      {"found", root + delegate(rules, {"d", "team"}), "a.io: d[0] v[1]"},
      {"not there", root, "a.io: v[1]"},
      {"in another namespace", root + delegate(rules), "a.io: v[1]"},
      {"with hosts", root + delegate(rules, {"d", "team"}, "hosts: [b.io], "), "a.io: v[1]"},
      {"hidden", root + delegate(rules, {"d", "team"}, "exportTo: ['.'], "), "a.io: v[1]"},
      {"exported", root + delegate(rules, {"d", "team"}, "exportTo: [default], "), "a.io: d[0] v[1]"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const RuleSet lowered = lower_yaml(c.yaml);
    CHECK(hosts(lowered) == c.want);
    CHECK(has_problem(lowered, ProblemKind::kDelegateNotFound) == (std::string_view(c.want) == "a.io: v[1]"));
  }
}

TEST_CASE("R-DEL-3 the mesh says what a delegate without exportTo is exported to") {
  const std::string rules = "[{route: [{destination: {host: a}}]}]";
  const auto with = [&](std::string_view ns) {
    LowerOptions options;
    options.mesh.virtual_service_export_to = {"."};
    options.workload = Workload{.ns = "default"};
    return hosts(lower_yaml(http_gateway() + http_rules(fmt::format("[{{delegate: {{name: d, namespace: {}}}}}]", ns)) +
                                delegate(rules, {"d", ns}),
                            options));
  };
  CHECK(with("default") == "a.io: d[0]");
  CHECK(with("team") == "blackhole:80:");
}

TEST_CASE("R-DEL-5 R-DEL-6 R-DEL-7 which match blocks go together") {
  struct Case {
    const char* root;
    const char* own;
    const char* want;
  };
  constexpr Case kCases[] = {
      {"", "{uri: {prefix: /a}}", "/a"},
      {"{uri: {prefix: /a}}", "", "/a"},
      {"{uri: {prefix: /a}}", "{method: {exact: GET}}", "/a"},
      {"{uri: {prefix: /api}}", "{uri: {prefix: /api/v1}}", "/api/v1"},
      {"{uri: {prefix: /api}}", "{uri: {exact: /api/v1}}", "/api/v1"},
      {"{uri: {prefix: /api}}", "{uri: {prefix: /v1}}", "conflict"},
      {"{uri: {exact: /a}}", "{uri: {exact: /a}}", "/a"},
      {"{uri: {exact: /a}}", "{uri: {exact: /b}}", "conflict"},
      {"{uri: {exact: /a}}", "{uri: {prefix: /a}}", "conflict"},
      {"{uri: {regex: /a.*}}", "{uri: {prefix: /a}}", "conflict"},
      {"{uri: {regex: /a.*}}", "{uri: {regex: /a.*}}", "conflict"},
      {"{uri: {prefix: /a}}", "{uri: {}}", "conflict"},
      {"{uri: {prefix: /a}, headers: {x: {exact: '1'}}}", "{headers: {x: {exact: '2'}}}", "conflict"},
      {"{uri: {prefix: /a}, headers: {x: {exact: '1'}}}", "{headers: {z: {exact: '2'}}}", "/a"},
      {"{uri: {prefix: /a}, ignoreUriCase: true}", "{uri: {prefix: /a}}", "conflict"},
      {"{uri: {prefix: /a}, port: 80}", "{port: 81}", "conflict"},
      {"{uri: {prefix: /a}, sourceNamespace: x}", "{}", "conflict"},
      {"{uri: {prefix: /a}, sourceLabels: {a: '1'}}", "{sourceLabels: {a: '2'}}", "conflict"},
      {"{uri: {prefix: /a}, gateways: [istio-system/gw]}", "{gateways: [istio-system/gw, mesh]}", "conflict"},
      {"{uri: {prefix: /a}}, {uri: {prefix: /b}}", "{uri: {prefix: /a/1}}", "/a/1"},
      {"{uri: {prefix: /a}}, {uri: {prefix: /b}}", "{method: {exact: GET}}", "/a /b"},
      {"{uri: {prefix: /a}}", "{uri: {prefix: /a/1}}, {uri: {prefix: /c}}", "conflict"},
      {"{uri: {prefix: /a}}, {uri: {prefix: /a/1}}", "{uri: {prefix: /a/1/x}}, {uri: {prefix: /a/2}}",
       "/a/1/x /a/1/x /a/2"},
  };
  for (const Case& c : kCases) {
    INFO(c.root << " with " << c.own);
    CHECK(merge(c.root, c.own) == c.want);
  }
}

TEST_CASE("R-DEL-7 conditions of both hold, the delegate's for a name that both have") {
  const RuleSet rules = lower_yaml(
      http_gateway() +
      http_rules(
          "[{name: r, match: [{name: rm, method: {exact: GET}, headers: {x: {prefix: a}, z: {exact: '1'}}}], delegate: "
          "{name: d}}]") +
      delegate("[{name: d, match: [{name: dm, headers: {x: {prefix: ab}}}], route: [{destination: {host: a}}]}]"));
  const Rule& rule = *test::only_rules(rules).at(0);
  CHECK(rule.name == "r-d.rm-dm");
  REQUIRE(rule.match.headers.size() == 2);
  CHECK(rule.match.headers[0].value.text == "ab");
  CHECK(rule.match.method->text == "GET");
  CHECK(rule.from.virtual_service == "default/d");
  CHECK(rule.from.root == "default/v");
}

TEST_CASE("R-DEL-8 what the delegate leaves out comes from the root, but for route and redirect") {
  const RuleSet rules = lower_yaml(http_gateway() +
                                   http_rules("[{timeout: 5s, rewrite: {uri: /r}, headers: {request: {set: {x: "
                                              "root}}}, mirror: {host: m}, delegate: {name: "
                                              "d}}]") +
                                   delegate("[{match: [{uri: {prefix: /1}}], route: [{destination: {host: a}}]}, "
                                            "{match: [{uri: {prefix: /2}}], timeout: 1s, headers: {request: {set: {z: "
                                            "own}}}, route: [{destination: {host: "
                                            "a}}]}]"));
  const Forward& first = test::forward(test::only_rules(rules).at(0));
  CHECK(first.timeout == std::chrono::seconds(5));
  CHECK(first.rewrite.uri == "/r");
  CHECK(first.mirrors.size() == 1);
  CHECK(test::only_rules(rules)[0]->headers.request[0].name == "x");
  const Rule& second = *test::only_rules(rules).at(1);
  CHECK(test::forward(test::only_rules(rules)[1]).timeout == std::chrono::seconds(1));
  REQUIRE(second.headers.request.size() == 1);
  CHECK(second.headers.request[0].name == "z");
}

TEST_CASE("R-DEL-9 R-HOST-5 one delegate serves several roots; its short names are of its own namespace") {
  const std::string yaml = http_gateway() +
                           http_rules(
                               "[{match: [{uri: {prefix: /1}}], delegate: {name: d, namespace: team}}, "
                               "{match: [{uri: {prefix: /2}}], delegate: {name: d, namespace: team}}]") +
                           delegate("[{route: [{destination: {host: a, port: {number: 80}}}]}]", {"d", "team"});
  const RuleSet rules = lower_yaml(yaml);
  CHECK(hosts(rules) == "a.io: d[0] d[0]");
  for (const RuleRef& rule : test::only_rules(rules))
    CHECK(test::forward(rule).destinations.at(0).cluster->name == "outbound|80||a.team.svc.cluster.local");
}

}  // namespace
}  // namespace wicket::rules
