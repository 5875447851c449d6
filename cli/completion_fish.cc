// fish wants one statement for each thing that can be typed, with the condition under which it can.

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "cli/completion_parts.h"
#include "cli/option_table.h"

namespace wicket::cli {
namespace {

constexpr std::string_view kStart = R"(# fish completion for wicket
function __wicket_codes
    command wicket rules --all 2>/dev/null | string replace --regex --filter '^ *(WK\d+) .*' '$1'
end

complete -c wicket -f
)";

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string command_names() {
  std::string names;
  for (const CommandSpec& command : commands()) names += fmt::format("{}{}", names.empty() ? "" : " ", command.name);
  return names;
}

std::string offer(ValueKind kind, std::span<const std::string_view> choices, bool comma_list) {
  switch (kind) {
    case ValueKind::kText:
      return "";
    case ValueKind::kChoice:
      return fmt::format(" -a '{}'", fmt::join(choices, " "));
    case ValueKind::kPath:
      return " -F";
    case ValueKind::kFolder:
      return " -a '(__fish_complete_directories)'";
    case ValueKind::kCode:
      return comma_list ? " -a '(__fish_complete_list , __wicket_codes)'" : " -a '(__wicket_codes)'";
    case ValueKind::kCommand:
      return fmt::format(" -a '{}'", command_names());
  }
  return "";
}

std::string option_statement(std::string_view condition, const OptionSpec& option) {
  std::string out = fmt::format("complete -c wicket{}", condition);
  if (!option.short_name.empty()) out += fmt::format(" -s {}", option.short_name.substr(1));
  out += fmt::format(" -l {}", option.long_name.substr(2));
  if (option.takes_value()) {
    out += option.kind == ValueKind::kPath ? " -r" : " -x";
    out += offer(option.kind, option.choices, option.repeatable);
  }
  return out + fmt::format(" -d {}\n", quoted(option.help));
}

}  // namespace

std::string fish_completion() {
  std::string out(kStart);
  for (const OptionSpec* option : all_options(program())) {
    const bool own = option->id == OptionId::kVersion;
    out += option_statement(own ? " -n __fish_use_subcommand" : "", *option);
  }
  for (const CommandSpec& command : commands()) {
    out +=
        fmt::format("complete -c wicket -n __fish_use_subcommand -a {} -d {}\n", command.name, quoted(command.summary));
    const std::string condition = fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
    for (const OptionSpec& option : command.options) out += option_statement(condition, option);
    for (const ArgumentSpec& argument : command.arguments)
      if (const std::string found = offer(argument.kind, argument.choices, false); !found.empty())
        out += fmt::format("complete -c wicket{}{}\n", condition, found);
  }
  return out;
}

}  // namespace wicket::cli
