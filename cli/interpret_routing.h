// The options of the commands that ask about routes.
#pragma once

#include "cli/options.h"
#include "cli/value_reader.h"

namespace wicket::cli {

[[nodiscard]] RouteOptions interpret_route(ValueReader& in);
[[nodiscard]] RoutesOptions interpret_routes(ValueReader& in);

}  // namespace wicket::cli
