// _arguments twice: for what stands in front of the command, then for the command's own words.

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "cli/completion_parts.h"
#include "cli/help.h"
#include "cli/option_table.h"

namespace wicket::cli {
namespace {

constexpr std::string_view kStart = R"zsh(#compdef wicket
# zsh completion for wicket

_wicket_codes() {
  local -a codes
  codes=(${(f)"$(command wicket rules --all 2>/dev/null | sed -n 's/^ *\(WK[0-9]*\) .*/\1/p')"})
  compadd "$@" -a codes
}

_wicket_code_list() {
  _sequence _wicket_codes
}

_wicket() {
  local curcontext="$curcontext" state line
  local -a commands
  typeset -A opt_args
)zsh";

constexpr std::string_view kEnd = R"zsh(
if [[ $funcstack[1] == _wicket ]]; then
  _wicket "$@"
else
  compdef _wicket wicket
fi
)zsh";

// Text inside a specification of _arguments, in single quotes.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (c == ':' || c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string action(ValueKind kind, std::span<const std::string_view> choices, bool repeatable) {
  switch (kind) {
    case ValueKind::kText:
      return " ";
    case ValueKind::kChoice:
      return fmt::format("({})", fmt::join(choices, " "));
    case ValueKind::kPath:
      return "_files";
    case ValueKind::kFolder:
      return "_files -/";
    case ValueKind::kCode:
      return repeatable ? "_wicket_code_list" : "_wicket_codes";
    case ValueKind::kCommand:
      return "{_describe command commands}";
  }
  return " ";
}

// One line of _arguments: '(-o --format)'{-o+,--format=}'[help]:FORMAT:(text json)'.
std::string option_line(const OptionSpec& option) {
  const bool value = option.takes_value();
  const std::string long_form = fmt::format("{}{}", option.long_name, value ? "=" : "");
  std::string rest = fmt::format("[{}]", escaped(option.help));
  if (value)
    rest += fmt::format(":{}:{}", escaped(option.placeholder), action(option.kind, option.choices, option.repeatable));

  if (option.short_name.empty()) return fmt::format("'{}{}{}'", option.repeatable ? "*" : "", long_form, rest);
  const std::string short_form = fmt::format("{}{}", option.short_name, value ? "+" : "");
  const std::string front = option.repeatable ? "*" : fmt::format("({} {})", option.short_name, option.long_name);
  return fmt::format("'{}'{{{},{}}}'{}'", front, short_form, long_form, rest);
}

std::string argument_line(const ArgumentSpec& argument) {
  const std::string_view count = argument.max == kMany ? "*" : argument.min == 0 ? ":" : "";
  return fmt::format("'{}:{}:{}'", count, escaped(argument.placeholder),
                     action(argument.kind, argument.choices, false));
}

std::string command_case(const CommandSpec& command) {
  std::string out = fmt::format("        {})\n          _arguments -s -S", command.name);
  for (const OptionSpec* option : all_options(command)) out += " \\\n            " + option_line(*option);
  for (const ArgumentSpec& argument : command.arguments) out += " \\\n            " + argument_line(argument);
  return out + "\n          ;;\n";
}

}  // namespace

std::string zsh_completion() {
  std::string out(kStart);
  out += "  commands=(\n";
  for (const CommandSpec& command : commands())
    out += fmt::format("    '{}:{}'\n", command.name, escaped(command.summary));
  out += "  )\n  _arguments -C -s -S";
  for (const OptionSpec* option : all_options(program())) out += " \\\n    " + option_line(*option);
  out += " \\\n    '1: :->command' \\\n    '*:: :->rest'\n";
  out += "  case $state in\n    command) _describe command commands ;;\n    rest)\n      case $words[1] in\n";
  for (const CommandSpec& command : commands()) out += command_case(command);
  out += "      esac\n      ;;\n  esac\n}\n";
  return out + std::string(kEnd);
}

}  // namespace wicket::cli
