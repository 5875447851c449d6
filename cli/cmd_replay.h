// wicket replay.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Takes recorded requests through the routes of the manifests and writes what came of it.
[[nodiscard]] ExitCode cmd_replay(const ReplayOptions& options, Streams& streams);

}  // namespace wicket::cli
