// What to say about a word that is not known: the nearest one that is.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/option_table.h"

namespace wicket::cli {

/// "; did you mean WORD?" with the nearest candidate, or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

/// The whole message about an option that the command does not have. `option` may carry "=value", which is not
/// repeated. Looked for, in this order: the nearest name, what other tools call it, the only option that starts so, and
/// the command that has it.
[[nodiscard]] std::string unknown_option(const CommandSpec& command, std::string_view option);

/// The whole message about a first word that is no command: the nearest one, or the command that was left out when the
/// word looks like a URL or a path.
[[nodiscard]] std::string unknown_command(std::string_view word);

/// The words as a sentence has them: "a, b or c".
[[nodiscard]] std::string listed(std::span<const std::string_view> words);

}  // namespace wicket::cli
