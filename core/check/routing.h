// The parts of WK5xx: routes that are sound each by itself, and do something else than they look like. Each part reads
// one typed VirtualService.
#pragma once

#include "check/routing_rules.h"
#include "check/virtual_service.h"

namespace wicket::check::routing {

using virtual_service::Subject;

/// Rules that stand behind one that takes everything, and names that tell nothing apart: WK501, WK502, WK544.
void check_order(const Subject& subject);
/// Conditions of one http rule: WK514, WK527 to WK533, WK540 to WK542, WK551.
void check_conditions(const Subject& subject, const model::HTTPRoute& route);
/// Paths and authorities that are written anew: WK517, WK518, WK534, WK543, WK548.
void check_rewrites(const Subject& subject, std::size_t index);
/// Destinations and their weights, mirrors: WK508, WK509, WK535, WK536.
void check_shares(const Subject& subject);
/// Time, retries, CORS, header edits, and what has no effect: WK537 to WK539, WK545, WK546, WK549.
void check_policies(const Subject& subject, std::size_t index);

}  // namespace wicket::check::routing
