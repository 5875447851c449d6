// wicket serve.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Serves until a signal ends it.
[[nodiscard]] ExitCode cmd_serve(const ServeOptions& options, Streams& streams);

}  // namespace wicket::cli
