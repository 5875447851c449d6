// One function: find the command among the words so far, then complete the value of the option in front of the cursor,
// or an option, or an argument. Lists are separated by line breaks and IFS is one, so that paths may hold blanks; bash
// 3.2, which macOS has, knows no mapfile.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "cli/completion_parts.h"
#include "cli/option_table.h"

namespace wicket::cli {
namespace {

constexpr std::string_view kStart = R"(# bash completion for wicket
_wicket_codes() {
  command wicket rules --all 2>/dev/null | sed -n 's/^ *\(WK[0-9]*\) .*/\1/p'
}

_wicket() {
  local IFS=$'\n' cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command= i
  COMPREPLY=()
  # bash takes --option=value for three words.
  if [[ $cur == '=' ]]; then
    cur=
  elif [[ $prev == '=' ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
)";

std::string word_list(const std::vector<std::string_view>& words) {
  return fmt::format("$'{}'", fmt::join(words, "\\n"));
}

std::vector<std::string_view> command_names() {
  std::vector<std::string_view> names;
  for (const CommandSpec& command : commands()) names.push_back(command.name);
  return names;
}

// The statement that completes $cur; nothing where there is nothing to offer.
std::string offer(ValueKind kind, std::span<const std::string_view> choices) {
  constexpr std::string_view kWords = "COMPREPLY=($(compgen -W {} -- \"$cur\"))";
  switch (kind) {
    case ValueKind::kText:
      return "";
    case ValueKind::kChoice:
      return fmt::format(kWords, word_list({choices.begin(), choices.end()}));
    case ValueKind::kPath:
      return "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"$cur\"))";
    case ValueKind::kFolder:
      return "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- \"$cur\"))";
    case ValueKind::kCode:
      return "COMPREPLY=($(compgen -P \"${cur%\"${cur##*,}\"}\" -W \"$(_wicket_codes)\" -- \"${cur##*,}\"))";
    case ValueKind::kCommand:
      return fmt::format(kWords, word_list(command_names()));
  }
  return "";
}

std::string value_case(std::string_view command, const OptionSpec& option) {
  std::string pattern = fmt::format("{}:{}", command, option.long_name);
  if (!option.short_name.empty()) pattern += fmt::format(" | {}:{}", command, option.short_name);
  const std::string statement = offer(option.kind, option.choices);
  return fmt::format("    {}) {}{}return ;;\n", pattern, statement, statement.empty() ? "" : "; ");
}

std::vector<std::string_view> option_names(const CommandSpec& command) {
  std::vector<std::string_view> names;
  for (const OptionSpec* option : all_options(command)) {
    if (!option->short_name.empty()) names.push_back(option->short_name);
    names.push_back(option->long_name);
  }
  return names;
}

// The statement for an argument: the last one that offers something, so that `route` offers paths.
std::string offer_argument(const CommandSpec& command) {
  std::string statement;
  for (const ArgumentSpec& argument : command.arguments)
    if (std::string found = offer(argument.kind, argument.choices); !found.empty()) statement = found;
  return statement;
}

std::string command_case(std::string_view pattern, const CommandSpec& command, const std::string& argument) {
  std::string out = fmt::format("    {})\n", pattern);
  out += "      if [[ $cur == -* ]]; then\n";
  out += fmt::format("        COMPREPLY=($(compgen -W {} -- \"$cur\"))\n", word_list(option_names(command)));
  if (!argument.empty()) out += fmt::format("      else\n        {}\n", argument);
  return out + "      fi\n      ;;\n";
}

}  // namespace

std::string bash_completion() {
  std::string out(kStart);
  out += "  for ((i = 1; i < COMP_CWORD; i++)); do\n    case ${COMP_WORDS[i]} in\n";
  out += fmt::format("      {}) command=${{COMP_WORDS[i]}}; break ;;\n", fmt::join(command_names(), " | "));
  out += "    esac\n  done\n  case $command:$prev in\n";
  for (const CommandSpec& command : commands())
    for (const OptionSpec& option : command.options)
      if (option.takes_value()) out += value_case(command.name, option);
  for (const OptionSpec* option : all_options(program()))
    if (option->takes_value()) out += value_case("*", *option);
  out += "  esac\n  case $command in\n";
  out += command_case("''", program(), offer(ValueKind::kCommand, {}));
  for (const CommandSpec& command : commands()) out += command_case(command.name, command, offer_argument(command));
  return out + "  esac\n}\n\ncomplete -F _wicket wicket\n";
}

}  // namespace wicket::cli
