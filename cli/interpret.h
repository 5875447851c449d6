// Words → what they mean: numbers, choices, headers, and what does not go together.
#pragma once

#include <tl/expected.hpp>

#include "cli/given.h"
#include "cli/options.h"
#include "cli/usage_error.h"

namespace wicket::cli {

/// The command's options with all values understood. Reports the first value that makes no sense.
[[nodiscard]] tl::expected<Command, UsageError> interpret(CommandId command, const Given& given);

}  // namespace wicket::cli
