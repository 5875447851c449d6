// wicket version.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Writes name and version.
[[nodiscard]] ExitCode cmd_version(const VersionOptions& options, Streams& streams);

}  // namespace wicket::cli
