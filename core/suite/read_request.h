// The `request` of a test ▸ one request. Internal to suite/.
#pragma once

#include "suite/scope.h"
#include "suite/suite.h"

namespace wicket::suite {

/// Reads one combination of a request into `out`; complaints go to the scope. False beside a complaint.
[[nodiscard]] bool read_request(Scope& scope, NodeId node, Case& out);

/// Reads `draw`: a number, or one each for route, delay, abort and mirror.
[[nodiscard]] bool read_draw(Scope& scope, NodeId node, route::Draw& out);

}  // namespace wicket::suite
