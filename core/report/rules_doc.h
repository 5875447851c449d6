// Checks as documentation: explanation, list, JSON.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "check/registry.h"
#include "check/rule.h"

namespace wicket::report {

/// Everything about a check, for a terminal of `width` columns. Manifests are not wrapped.
[[nodiscard]] std::string rule_text(const check::RuleInfo& rule, std::size_t width);

/// The same as Markdown, with a heading of the second level.
[[nodiscard]] std::string rule_markdown(const check::RuleInfo& rule);

/// Everything about some checks as JSON: {"schemaVersion":1,"tool":…,"rules":[…]}.
[[nodiscard]] std::string rules_json(std::span<const check::RuleInfo* const> rules, std::string_view version);

/// One line a check (id, level, name, summary) under the titles of the families. Families without a line are left out.
/// `all`: those that are off by default as well.
[[nodiscard]] std::string rules_table(std::span<const check::Family* const> families, bool all);

}  // namespace wicket::report
