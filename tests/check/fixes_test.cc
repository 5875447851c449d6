#include "check/fixes.h"

#include <string>

#include "check/run.h"
#include "support/catch.h"
#include "support/lint.h"

namespace wicket::check {
namespace {

/// The only file after one round of repairs.
std::string repaired(const std::string& text, Safety least) {
  const test::Linted linted = test::lint_text(text);
  const auto repairs = plan_repairs(linted.result.diagnostics, least);
  return repairs.empty() ? text : apply_edits(text, repairs.at(0).edits);
}

std::string service(const std::string& http) {
  return "apiVersion: networking.istio.io/v1\nkind: VirtualService # kept\nmetadata: {name: a, namespace: shop}\n"
         "spec:\n  hosts: [w]\n  http:\n" +
         http;
}

TEST_CASE("safe repairs are made, suggestions only when asked for") {
  struct Case {
    const char* name;
    const char* before;
    const char* safe;
    const char* suggested;
  };
  const Case cases[] = {
      {"a boolean for text", "  - {name: on, route: [{destination: {host: w}}]}\n",
       "  - {name: \"on\", route: [{destination: {host: w}}]}\n", nullptr},
      {"a number for text", "  - name: 1.10 # why\n    route: [{destination: {host: w}}]\n",
       "  - name: \"1.10\" # why\n    route: [{destination: {host: w}}]\n", nullptr},
      {"text for a number", "  - route: [{destination: {host: w}, weight: '5'}]\n",
       "  - route: [{destination: {host: w}, weight: 5}]\n", nullptr},
      {"a key that stays what it is", "  - match: [{queryParams: {1: {}}}]\n    route: [{destination: {host: w}}]\n",
       "  - match: [{queryParams: {\"1\": {}}}]\n    route: [{destination: {host: w}}]\n", nullptr},
      {"a key that becomes another one", "  - match: [{queryParams: {y: {}}}]\n    route: [{destination: {host: w}}]\n",
       nullptr, "  - match: [{queryParams: {\"y\": {}}}]\n    route: [{destination: {host: w}}]\n"},
      {"snake case", "  - direct_response: {status: 200}\n", nullptr, "  - directResponse: {status: 200}\n"},
      {"a misspelt field", "  - retires: {attempts: 2}\n    route: [{destination: {host: w}}]\n", nullptr,
       "  - retries: {attempts: 2}\n    route: [{destination: {host: w}}]\n"},
      {"a quoted misspelt field", "  - \"retires\": {attempts: 2}\n    route: [{destination: {host: w}}]\n", nullptr,
       "  - retries: {attempts: 2}\n    route: [{destination: {host: w}}]\n"},
      {"several in one line", "  - {name: on, route: [{destination: {host: w, subset: off}, weight: \"1\"}]}\n",
       "  - {name: \"on\", route: [{destination: {host: w, subset: \"off\"}, weight: 1}]}\n", nullptr},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const std::string before = service(c.before);
    const std::string safe = c.safe == nullptr ? before : service(c.safe);
    CHECK(repaired(before, Safety::kSafe) == safe);
    CHECK(repaired(before, Safety::kSuggested) == (c.suggested == nullptr ? safe : service(c.suggested)));
    CHECK(repaired(safe, Safety::kSafe) == safe);
  }
}

TEST_CASE("what an alias or a merge key brought is not edited where it was brought to") {
  const std::string text = service(
      "  - &rule\n    name: on\n    retires: {attempts: 1}\n    route: &to [{destination: {host: w}, weight: \"1\"}]\n"
      "  - *rule\n  - <<: *rule\n    timeout: 1s\n  - route: *to\n");
  const std::string after = repaired(text, Safety::kSuggested);
  CHECK(after ==
        service("  - &rule\n    name: \"on\"\n    retries: {attempts: 1}\n    route: &to [{destination: {host: "
                "w}, weight: 1}]\n  - *rule\n  - <<: *rule\n    timeout: 1s\n  - route: *to\n"));
}

TEST_CASE("of repairs that meet, the first is made") {
  const Fix whole{
      .message = {}, .edits = {{{FileId{}, 2, 6}, "A"}, {{FileId{}, 20, 21}, "B"}}, .safety = Safety::kSafe};
  const Fix inside{.message = {}, .edits = {{{FileId{}, 4, 5}, "C"}}, .safety = Safety::kSafe};
  const Fix touching{.message = {}, .edits = {{{FileId{}, 6, 8}, "D"}}, .safety = Safety::kSafe};
  const Fix apart{.message = {}, .edits = {{{FileId{}, 8, 8}, "E"}, {{FileId{}, 0, 1}, "F"}}, .safety = Safety::kSafe};
  const Fix half{
      .message = {}, .edits = {{{FileId{}, 12, 13}, "G"}, {{FileId{}, 20, 22}, "H"}}, .safety = Safety::kSafe};
  std::vector<Diagnostic> findings(5);
  const Fix* const fixes[] = {&whole, &inside, &touching, &apart, &half};
  for (std::size_t i = 0; i < findings.size(); ++i) findings[i].fix = *fixes[i];
  const auto repairs = plan_repairs(findings, Safety::kSafe);
  REQUIRE(repairs.size() == 1);
  CHECK(repairs[0].findings == 2);
  CHECK(apply_edits("0123456789abcdefghijklm", repairs[0].edits) == "F1A67E89abcdefghijBlm");
}

}  // namespace
}  // namespace wicket::check
