// wicket rules.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Writes the list of checks.
[[nodiscard]] ExitCode cmd_rules(const RulesOptions& options, Streams& streams);

}  // namespace wicket::cli
