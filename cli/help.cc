// Two columns: what to type, and what it does. The first is as wide as the widest entry that is not overlong; an
// overlong one has its text on the next line.

#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/wrap.h"

namespace wicket::cli {
namespace {

constexpr std::size_t kWidestLine = 100;
constexpr std::size_t kWidestName = 30;
constexpr std::size_t kIndent = 2;
constexpr std::size_t kGap = 2;

struct Row {
  std::string name;
  std::string text;
};

std::string note(std::span<const std::string_view> choices, std::string_view default_text) {
  std::string text = fmt::format("{}", fmt::join(choices, ", "));
  if (!default_text.empty()) text += fmt::format("{}default: {}", text.empty() ? "" : "; ", default_text);
  return text.empty() ? text : "(" + text + ")";
}

std::string with_note(std::string_view help, const std::string& note) {
  return note.empty() ? std::string(help) : fmt::format("{} {}", help, note);
}

// "-o, --format FORMAT", with room for the short name where there is none.
std::string option_form(const OptionSpec& option) {
  std::string form = option.short_name.empty() ? "    " : fmt::format("{}, ", option.short_name);
  form += option.long_name;
  if (option.takes_value()) form += fmt::format(" {}", option.placeholder);
  return form;
}

void append_paragraph(std::string& out, std::string_view text, std::size_t width) {
  for (const std::string& line : wrap(text, width)) out += line + "\n";
}

void append_section(std::string& out, std::string_view title, const std::vector<Row>& rows, std::size_t width) {
  if (rows.empty()) return;
  std::size_t name_width = 0;
  for (const Row& row : rows)
    if (row.name.size() <= kWidestName) name_width = std::max(name_width, row.name.size());
  const std::size_t margin = kIndent + name_width + kGap;

  out += fmt::format("\n{}:\n", title);
  for (const Row& row : rows) {
    std::string line = std::string(kIndent, ' ') + row.name;
    if (line.size() + kGap > margin) {
      out += line + "\n";
      line.clear();
    }
    for (const std::string& text : wrap(row.text, width - margin)) {
      line.resize(margin, ' ');
      out += line + text + "\n";
      line.clear();
    }
  }
}

std::vector<Row> argument_rows(const CommandSpec& command) {
  std::vector<Row> rows;
  for (const ArgumentSpec& argument : command.arguments)
    rows.push_back({argument_form(argument), with_note(argument.help, value_note(argument))});
  return rows;
}

std::vector<Row> command_rows() {
  std::vector<Row> rows;
  for (const CommandSpec& command : commands())
    rows.push_back({std::string(command.name), std::string(command.summary)});
  return rows;
}

void append_options(std::string& out, const CommandSpec& command, std::size_t width) {
  const std::vector<const OptionSpec*> options = all_options(command);
  std::vector<std::string_view> groups;
  for (const OptionSpec* option : options)
    if (std::ranges::find(groups, option->group) == groups.end()) groups.push_back(option->group);
  for (const std::string_view group : groups) {
    std::vector<Row> rows;
    for (const OptionSpec* option : options)
      if (option->group == group) rows.push_back({option_form(*option), with_note(option->help, value_note(*option))});
    append_section(out, group, rows, width);
  }
}

std::vector<Row> exit_rows(const CommandSpec& command) {
  std::vector<Row> rows;
  for (const ExitMeaning& exit : command.exit_codes)
    rows.push_back({std::to_string(static_cast<int>(exit.code)), std::string(exit.meaning)});
  return rows;
}

// Lines to copy are never wrapped; what they do stands above them.
void append_examples(std::string& out, const CommandSpec& command) {
  out += "\nExamples:\n";
  for (const Example& example : command.examples) out += fmt::format("  # {}\n  {}\n", example.what, example.line);
}

}  // namespace

std::string help_text(const CommandSpec& command, std::size_t width) {
  width = std::min(width, kWidestLine);
  std::string out;
  append_paragraph(out, fmt::format("{}: {}", full_name(command.id), command.summary), width);
  out += "\n";
  append_paragraph(out, command.description, width);
  out += "\nUsage:\n";
  for (const std::string_view usage : command.usages) out += fmt::format("  {}\n", usage);
  append_section(out, "Arguments", argument_rows(command), width);
  if (command.id == CommandId::kProgram) append_section(out, "Commands", command_rows(), width);
  append_options(out, command, width);
  append_section(out, "Exit codes", exit_rows(command), width);
  append_examples(out, command);
  return out;
}

std::string value_note(const OptionSpec& option) { return note(option.choices, option.default_text); }

std::string value_note(const ArgumentSpec& argument) { return note(argument.choices, argument.default_text); }

std::string argument_form(const ArgumentSpec& argument) {
  std::string form(argument.placeholder);
  if (argument.max == kMany) form += "...";
  return argument.min == 0 ? "[" + form + "]" : form;
}

}  // namespace wicket::cli
