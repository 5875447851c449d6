// wicket explain.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Writes everything about the checks that the codes stand for; kUsage when one stands for none.
[[nodiscard]] ExitCode cmd_explain(const ExplainOptions& options, Streams& streams);

}  // namespace wicket::cli
