// WK4xx: what one object says about another. The facts of all checks in one table.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "check/reference_rules_destinations.h"
#include "check/reference_rules_gateways.h"
#include "check/reference_rules_hosts.h"
#include "check/reference_rules_names.h"
#include "check/reference_rules_services.h"
#include "check/rule.h"

namespace wicket::check::references {

template <std::size_t... N>
consteval auto joined(const RuleInfo (&... parts)[N]) {
  std::array<RuleInfo, (N + ...)> all{};
  auto* end = all.data();
  ((end = std::ranges::copy(parts, end).out), ...);
  return all;
}

inline constexpr auto kReferenceRules = joined(kNameRules, kTargetRules, kGatewayNeedRules, kServiceRules, kHostRules);

/// The row with this id. A wrong id does not compile.
consteval const RuleInfo& wk(std::string_view id) {
  for (const RuleInfo& candidate : kReferenceRules)
    if (candidate.id == id) return candidate;
  throw "no such rule";
}

}  // namespace wicket::check::references
