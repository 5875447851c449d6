// WK3xx: VirtualService. The facts of all checks in one table.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "check/rule.h"
#include "check/virtual_service_rules_destination.h"
#include "check/virtual_service_rules_l4.h"
#include "check/virtual_service_rules_match.h"
#include "check/virtual_service_rules_policy.h"
#include "check/virtual_service_rules_scope.h"

namespace wicket::check::virtual_service {

template <std::size_t... N>
consteval auto joined(const RuleInfo (&... parts)[N]) {
  std::array<RuleInfo, (N + ...)> all{};
  auto* end = all.data();
  ((end = std::ranges::copy(parts, end).out), ...);
  return all;
}

inline constexpr auto kVirtualServiceRules =
    joined(kScopeRules, kMatchRules, kPolicyRules, kDestinationRules, kL4Rules);

/// The row with this id. A wrong id does not compile.
consteval const RuleInfo& wk(std::string_view id) {
  for (const RuleInfo& candidate : kVirtualServiceRules)
    if (candidate.id == id) return candidate;
  throw "no such rule";
}

}  // namespace wicket::check::virtual_service
