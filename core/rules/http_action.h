// What a rule does with a request: forward, redirect or answer.
#pragma once

#include "rules/delegates.h"
#include "rules/lowering.h"

namespace wicket::rules {

/// Sets action, headers and `refused` of a rule. A redirect wins over a direct response, that one over destinations.
/// Source: Istio core/route/route.go, TranslateRoute, ApplyRedirect, ApplyDirectResponse, applyHTTPRouteDestination.
void lower_action(const HttpRule& source, const ServerContext& server, const Lowering& lowering, Rule& rule);

/// The cluster that a destination means (R-DST-1, R-DST-2).
[[nodiscard]] ClusterRef lower_destination(const model::Destination& destination, const BoundService& service,
                                           std::uint32_t server_port, const Lowering& lowering);

}  // namespace wicket::rules
