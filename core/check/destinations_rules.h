// WK6xx: DestinationRule, ServiceEntry, Service. The facts of all three in one table.
#pragma once

#include <algorithm>
#include <array>

#include "check/destination_rule_rules.h"
#include "check/rule.h"
#include "check/service_entry_rules.h"
#include "check/service_rules.h"

namespace wicket::check {

template <std::size_t... N>
consteval auto joined(const RuleInfo (&... parts)[N]) {
  std::array<RuleInfo, (N + ...)> all{};
  auto end = all.begin();
  ((end = std::copy(std::begin(parts), std::end(parts), end)), ...);
  return all;
}

inline constexpr auto kDestinationsRules = joined(kDestinationRuleRules, kServiceEntryRules, kServiceRules);

/// The row with this id. A wrong id does not compile.
consteval const RuleInfo& wk6(std::string_view id) {
  for (const RuleInfo& candidate : kDestinationsRules)
    if (candidate.id == id) return candidate;
  throw "no such rule";
}

}  // namespace wicket::check
