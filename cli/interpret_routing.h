// The options of the commands that ask about routes.
#pragma once

#include "cli/options.h"
#include "cli/value_reader.h"

namespace wicket::cli {

/// What routes are read from, and for whom; the paths are the caller's to take.
void interpret_routing(ValueReader& in, RoutingOptions& options);

[[nodiscard]] RouteOptions interpret_route(ValueReader& in);
[[nodiscard]] RoutesOptions interpret_routes(ValueReader& in);

}  // namespace wicket::cli
