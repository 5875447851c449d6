// wicket test.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Finds test files, asks the engine about every request in them, and writes what is not as expected, and what of the
/// routes was reached, in every format asked for.
[[nodiscard]] ExitCode cmd_test(const TestOptions& options, Streams& streams);

}  // namespace wicket::cli
