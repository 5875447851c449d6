// wicket completion.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Writes the completion script for a shell.
[[nodiscard]] ExitCode cmd_completion(const CompletionOptions& options, Streams& streams);

}  // namespace wicket::cli
