// The virtual hosts of one route table.
#pragma once

#include <span>

#include "rules/lowering.h"
#include "rules/merge.h"

namespace wicket::rules {

/// Joins servers and VirtualServices host by host.
/// Source: Istio core/gateway.go, buildGatewayHTTPRouteConfig (R-BIND-7..9, R-HOST-2, R-HOST-3, R-VH-1..3,
/// R-REDIR-1..2,
///         R-ORD-3, R-ORD-7, R-STAT-5).
/// Cost:   hosts of the servers × hosts of the VirtualServices that are bound to them.
[[nodiscard]] HostTable lower_table(std::span<const MergedServer* const> servers, Lowering& lowering);

}  // namespace wicket::rules
