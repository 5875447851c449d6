// argv → what is to be done.
#pragma once

#include <span>
#include <string>
#include <tl/expected.hpp>

#include "cli/options.h"
#include "cli/usage_error.h"

namespace wicket::cli {

/// Understands a command line, without the program's name. Options may stand anywhere behind the command, those of
/// every command in front of it as well; behind `--` nothing is an option. `--help` wins over everything that is wrong
/// beside.
[[nodiscard]] tl::expected<Command, UsageError> parse_command_line(std::span<const std::string> args);

/// What the command at hand shares with all others.
[[nodiscard]] const CommonOptions& common_options(const Command& command);

}  // namespace wicket::cli
