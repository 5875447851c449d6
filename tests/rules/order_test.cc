#include "rules/order.h"

#include "lowered.h"
#include "support/catch.h"

namespace wicket::rules {
namespace {

using test::http_gateway;
using test::lower_yaml;

std::string dated(std::string_view name, std::string_view ns, std::string_view created) {
  return fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\n"
      "metadata: {{name: {}, namespace: {}{}}}\n"
      "spec: {{hosts: [a.io], gateways: [istio-system/gw], http: [{{match: [{{uri: {{prefix: /}}}}], "
      "route: [{{destination: {{host: a}}}}]}}]}}\n---\n",
      name, ns, created.empty() ? "" : fmt::format(", creationTimestamp: \"{}\"", created));
}

TEST_CASE("times are read as RFC 3339 has them") {
  struct Case {
    const char* text;
    std::optional<Time> want;
  };
  constexpr Case kCases[] = {
      {"1970-01-01T00:00:01Z", Time{1, 0}},
      {"1970-01-01T01:00:00+01:00", Time{0, 0}},
      {"1969-12-31T23:00:00.5-01:00", Time{0, 500'000'000}},
      {"3240-03-01T10:00:00Z", Time{40'082'551'200, 0}},
      {"0001-01-01T00:00:00Z", Time{-62'135'596'800, 0}},
      {"2024-02-30T00:00:00Z", std::nullopt},
      {"2024-01-01", std::nullopt},
      {"2024-01-01T00:00:00", std::nullopt},
      {"2024-01-01T00:00:00Zx", std::nullopt},
      {"", std::nullopt},
  };
  for (const Case& c : kCases) {
    INFO(c.text);
    CHECK(parse_time(c.text) == c.want);
  }
}

TEST_CASE("R-ORD-1 R-ORD-3 oldest first, then by name, then by namespace; all of them are merged") {
  CHECK(test::hosts(lower_yaml(http_gateway() + dated("b", "x", "2024-01-01T00:00:00Z") +
                               dated("a", "x", "2024-01-02T00:00:00Z"))) == "a.io: b[0] a[0]");
  CHECK(test::hosts(lower_yaml(http_gateway() + dated("b", "x", "") + dated("a", "x", ""))) == "a.io: a[0] b[0]");

  const RuleSet rules = lower_yaml(http_gateway() + dated("v", "z", "") + dated("v", "a", "") + dated("a", "zz", ""));
  std::vector<std::string> names;
  for (const RuleRef& rule : test::only_rules(rules)) names.push_back(rule->from.virtual_service.str());
  CHECK(names == std::vector<std::string>{"zz/a", "a/v", "z/v"});
}

TEST_CASE("R-ORD-4 without a time comes before any time, whatever the order of files") {
  CHECK(test::hosts(lower_yaml(http_gateway() + dated("a", "x", "2001-01-01T00:00:00Z") + dated("b", "x", ""))) ==
        "a.io: b[0] a[0]");
}

TEST_CASE("R-ORD-2 private ones first, then those exported to the namespace, then public ones") {
  const auto exported = [](std::string_view name, std::string_view ns, std::string_view to) {
    return test::virtual_service(
        fmt::format("exportTo: ['{}'], hosts: [a.io], http: [{{match: [{{uri: {{prefix: /a}}}}], route: "
                    "[{{destination: {{host: a}}}}]}}]",
                    to),
        {name, ns});
  };
  const std::string yaml = http_gateway() + exported("a", "x", "*") + exported("b", "x", "istio-system") +
                           exported("c", "istio-system", ".") + exported("d", "istio-system", "*");
  CHECK(test::hosts(lower_yaml(yaml)) == "a.io: c[0] b[0] a[0] d[0]");
}

TEST_CASE("R-RES-4 of an object that is there twice the last one counts") {
  const std::string yaml = http_gateway() + test::http_rules("[{name: old, route: [{destination: {host: a}}]}]") +
                           test::http_rules("[{name: new, route: [{destination: {host: b}}]}]");
  const RuleSet rules = lower_yaml(yaml);
  REQUIRE(test::only_rules(rules).size() == 1);
  CHECK(test::only_rules(rules)[0]->name == "new");
}

}  // namespace
}  // namespace wicket::rules
