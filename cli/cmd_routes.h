// wicket routes: everything that is exposed.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace wicket::cli {

[[nodiscard]] ExitCode cmd_routes(const RoutesOptions& options, Streams& streams);

}  // namespace wicket::cli
