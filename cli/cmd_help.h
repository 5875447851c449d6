// wicket help.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Writes the help of a command or of wicket itself.
[[nodiscard]] ExitCode cmd_help(const HelpOptions& options, Streams& streams);

}  // namespace wicket::cli
