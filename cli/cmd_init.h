// wicket init.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Writes wicket.yaml into the current folder, unless there is one.
[[nodiscard]] ExitCode cmd_init(const InitOptions& options, Streams& streams);

}  // namespace wicket::cli
