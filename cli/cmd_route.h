// wicket route.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Takes one request, or each of a file, through the routes of the manifests and writes the decision.
[[nodiscard]] ExitCode cmd_route(const RouteOptions& options, Streams& streams);

}  // namespace wicket::cli
