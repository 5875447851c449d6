// What the sidecar of a caller has for calls to others.
#pragma once

#include "rules/lowering.h"
#include "rules/rule_set.h"

namespace wicket::rules {

/// Fills in listeners and tables: one HTTP listener for each port on which some service speaks HTTP, listeners for the
/// ports of other services, and one for everything else.
/// Source: Istio core/httproute.go, BuildSidecarOutboundVirtualHosts; core/route/route.go,
/// BuildSidecarVirtualHostWrapper; core/tls.go (R-MESH-1..6).
void lower_mesh(Lowering& lowering, RuleSet& out);

}  // namespace wicket::rules
