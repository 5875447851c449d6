#include "report/rules_doc.h"

#include <nlohmann/json.hpp>
#include <string>

#include "support/catch.h"

namespace wicket::report {
namespace {

constexpr check::RuleInfo kRules[] = {
    {.id = "WK901",
     .name = "first-check",
     .severity = check::Severity::kError,
     .origin = check::Origin::kWebhook,
     .aliases = "IST0106 KIA1102",
     .summary = "Something is wrong",
     .why = "The webhook rejects the object, and what was there before stays. Say it in another way.",
     .bad = "\na:\n\n  b: 1\n\n",
     .good = "a:\n  b: 2\n",
     .source = "Istio, validation.go"},
    {.id = "WK902",
     .name = "second",
     .severity = check::Severity::kInfo,
     .on_by_default = false,
     .origin = check::Origin::kOwn,
     .covered_by = "WK901",
     .aliases = "",
     .summary = "Something is odd",
     .why = "It does no harm.",
     .bad = "x: 1\n",
     .good = "x: 2\n",
     .source = "good practice"},
};
const check::Family kFamily{.prefix = "WK9", .title = "Examples", .rules = kRules, .run = nullptr};
const check::Family* const kFamilies[] = {&kFamily};

TEST_CASE("a check as text") {
  CHECK(rule_text(kRules[0], 60) == R"(WK901 first-check

Something is wrong

The webhook rejects the object, and what was there before
stays. Say it in another way.

Found in:

    a:

      b: 1

Not in:

    a:
      b: 2

Level:         error, on by default
Also found by: Istio's validation webhook, when the object
               is applied
Other codes:   IST0106 KIA1102
Source:        Istio, validation.go
Leave out:     wicket lint --ignore WK901
)");
}

TEST_CASE("a check as Markdown") {
  CHECK(rule_markdown(kRules[1]) == R"(## WK902 second

**Something is odd**

It does no harm.

Found in:

```yaml
x: 1
```

Not in:

```yaml
x: 2
```

- Level: info, off by default
- Also found by: no other tool
- Covered by: WK901, which finds the same first; speaks where that one is left out
- Source: good practice
- Leave out: `wicket lint --ignore WK902`
)");
}

TEST_CASE("checks as a table") {
  CHECK(rules_table(kFamilies, false) == "Examples (WK9)\n  WK901  error    first-check  Something is wrong\n");
  CHECK(rules_table(kFamilies, true) ==
        "Examples (WK9)\n"
        "  WK901  error    first-check  Something is wrong\n"
        "  WK902  info     second       Something is odd (off by default)\n");
}

TEST_CASE("checks as JSON") {
  const check::RuleInfo* const rules[] = {&kRules[0], &kRules[1]};
  const nlohmann::json document = nlohmann::json::parse(rules_json(rules, "1.2.3"));
  CHECK(document["schemaVersion"] == 1);
  CHECK(document["tool"]["name"] == "wicket");
  CHECK(document["tool"]["version"] == "1.2.3");
  REQUIRE(document["rules"].size() == 2);
  const nlohmann::json& first = document["rules"][0];
  CHECK(first["code"] == "WK901");
  CHECK(first["name"] == "first-check");
  CHECK(first["level"] == "error");
  CHECK(first["onByDefault"] == true);
  CHECK(first["aliases"] == nlohmann::json::array({"IST0106", "KIA1102"}));
  CHECK(first["bad"] == kRules[0].bad);
  CHECK(first["coveredBy"] == "");
  CHECK(document["rules"][1]["coveredBy"] == "WK901");
  CHECK(document["rules"][1]["aliases"] == nlohmann::json::array());
  CHECK(document["rules"][1]["onByDefault"] == false);
}

}  // namespace
}  // namespace wicket::report
