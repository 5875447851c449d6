// wicket lint.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Reads the manifests, runs the checks and writes the findings in every format asked for.
[[nodiscard]] ExitCode cmd_lint(const LintOptions& options, Streams& streams);

}  // namespace wicket::cli
