// The routes that one VirtualService gives to one server.
#pragma once

#include <vector>

#include "rules/lowering.h"
#include "rules/rule_set.h"

namespace wicket::rules {

/// Rules in the order in which they are tried, one for each match block; nothing behind the first catch-all.
/// Source: Istio core/route/route.go, BuildHTTPRoutesForVirtualService (R-ORD-6, R-ORD-8, R-STAT-4).
[[nodiscard]] std::vector<RuleRef> lower_http(const BoundService& service, const ServerContext& server,
                                              const Lowering& lowering);

}  // namespace wicket::rules
