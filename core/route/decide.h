// The one entry to routing.
#pragma once

#include "route/decision.h"
#include "route/request.h"
#include "route/table.h"
#include "route/trace.h"

namespace wicket::route {

/// Chooses what happens to one request. Routes are tried in order; the first match wins.
/// Units:  `draw` holds one uniform 64-bit number each for route, delay, abort and mirror; the picked destination is
/// the
///         one that `draw.route % sum of weights` falls into. What is not drawn stays open.
/// Errors: none. An unknown host and an unmatched path are decisions (404), not failures.
/// Source: Istio VirtualService reference (HTTPRoute, HTTPMatchRequest); Envoy route matching, its filters in the order
///         fault, CORS, router.
/// Cost:   one host lookup, then the routes of that host; allocates only for a rewrite, an unusual path or a trace.
[[nodiscard]] Decision decide(const RouteTable& table, const RequestView& request, const Draw& draw,
                              Trace* trace = nullptr);

}  // namespace wicket::route
