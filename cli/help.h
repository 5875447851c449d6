// The option table as --help prints it.
#pragma once

#include <cstddef>
#include <string>

#include "cli/option_table.h"

namespace wicket::cli {

/// Help of a command, or of wicket itself with the list of its commands. Lines have at most `width` columns, and never
/// more than are good to read; the last part is examples that work.
[[nodiscard]] std::string help_text(const CommandSpec& command, std::size_t width);

/// What follows an option's help sentence: "(text, json; default: text)", or nothing.
[[nodiscard]] std::string value_note(const OptionSpec& option);

/// The same for an argument.
[[nodiscard]] std::string value_note(const ArgumentSpec& argument);

/// An argument as a usage line has it: "URL", "[PATH...]", "CODE...".
[[nodiscard]] std::string argument_form(const ArgumentSpec& argument);

}  // namespace wicket::cli
