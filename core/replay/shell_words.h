// Command lines as shells take them apart: quotes, escapes, continued lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wicket::replay {

enum class Shell : std::uint8_t {
  kPosix,       // sh, bash, zsh; Windows' own curl lines without carets read the same
  kCmd,         // cmd.exe: carets, then the argument rules of C programs
  kPowerShell,  // backticks, doubled quotes
};

/// One simple command.
struct ShellCommand {
  std::vector<std::string> words;
  std::size_t line = 1;                    // 1-based, on which it begins
  std::vector<std::string> substitutions;  // "$TOKEN": what the shell would have replaced; kept as it stands
};

/// The shell that a text was most likely copied for: browsers leave a caret or a backtick at the end of each line.
[[nodiscard]] Shell guess_shell(std::string_view text);

/// All commands of a text, in order. What follows `;`, `&&`, `||`, `|`, `&` or a line break is a command of its own;
/// comments and redirections are gone. Nothing is substituted and no pattern is expanded.
/// Errors: kInvalid when a quote is not closed, in words that follow the text's name.
/// Source: POSIX shell language section 2.2 and bash's $'…'; cmd.exe and the argument rules of Microsoft's C runtime;
/// PowerShell's about_Quoting_Rules.
[[nodiscard]] Result<std::vector<ShellCommand>> split_commands(std::string_view text, Shell shell);

}  // namespace wicket::replay
