#include "cli/man_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "cli/help.h"
#include "suite/format.h"

namespace wicket::cli {
namespace {

// Text that roff prints as it is: its own marks are escaped, and quotes and dashes stay the ASCII ones, to be copied.
std::string roff(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && c == '.') out += "\\&";
    line_start = c == '\n';
    switch (c) {
      case '\\':
        out += "\\e";
        break;
      case '-':
        out += "\\-";
        break;
      case '\'':
        out += "\\(aq";
        break;
      case '`':
        out += "\\(ga";
        break;
      case '^':
        out += "\\(ha";
        break;
      case '~':
        out += "\\(ti";
        break;
      case '"':
        out += "\\(dq";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fR", roff(text)); }

std::string italic(std::string_view text) { return fmt::format("\\fI{}\\fR", roff(text)); }

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

// "wicket-lint": what the page of a command is called.
std::string page_name(const CommandSpec& command) {
  std::string name = full_name(command.id);
  std::ranges::replace(name, ' ', '-');
  return name;
}

std::string heading(std::string_view name, int section, std::string_view summary) {
  return fmt::format(".TH {} {} \"\" wicket \"wicket manual\"\n.SH NAME\n{} \\- {}\n", roff(upper(std::string(name))),
                     section, roff(name), roff(summary));
}

void append_paragraphs(std::string& out, std::string_view text) {
  while (true) {
    const std::size_t end = text.find("\n\n");
    out += fmt::format(".PP\n{}\n", roff(text.substr(0, end)));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 2);
  }
}

void append_entry(std::string& out, std::string_view tag, std::string_view text, std::string_view note = {}) {
  out += fmt::format(".TP\n{}\n{}\n", tag, roff(text));
  if (!note.empty()) out += roff(note) + "\n";
}

// "wicket lint [OPTIONS] [PATH...]" with the command's name in bold.
std::string usage(const CommandSpec& command, std::string_view line) {
  const std::string name = full_name(command.id);
  return bold(name) + roff(line.substr(name.size()));
}

std::string option_tag(const OptionSpec& option) {
  std::string tag = option.short_name.empty() ? "" : bold(option.short_name) + ", ";
  tag += bold(option.long_name);
  if (option.takes_value()) tag += " " + italic(option.placeholder);
  return tag;
}

void append_options(std::string& out, const CommandSpec& command) {
  out += ".SH OPTIONS\n";
  std::string_view group;
  for (const OptionSpec* option : all_options(command)) {
    if (option->group != group) {
      group = option->group;
      out += fmt::format(".SS {}\n", roff(group));
    }
    append_entry(out, option_tag(*option), option->help, value_note(*option));
  }
}

void append_examples(std::string& out, const CommandSpec& command) {
  out += ".SH EXAMPLES\n";
  for (const Example& example : command.examples)
    out += fmt::format(".PP\n{}:\n.PP\n.RS 4\n.nf\n{}\n.fi\n.RE\n", roff(example.what), roff(example.line));
}

// "wicket(1)" → bold name, section behind it.
std::string reference(std::string_view page) {
  const std::size_t bracket = page.find('(');
  return bold(page.substr(0, bracket)) + std::string(page.substr(bracket));
}

std::string rule_facts(const check::RuleInfo& rule) {
  std::string facts =
      fmt::format("{}{}", check::severity_name(rule.severity), rule.on_by_default ? "" : ", off by default");
  if (!rule.in_part.empty()) facts += fmt::format(", by default for {}", rule.in_part);
  if (!rule.covered_by.empty()) facts += fmt::format("; while {} is left out", rule.covered_by);
  if (const auto aliases = check::aliases_of(rule); !aliases.empty())
    facts += fmt::format("; also {}", fmt::join(aliases, " "));
  return facts;
}

}  // namespace

ManPage command_man_page(const CommandSpec& command) {
  const std::string name = page_name(command);
  std::string out = heading(name, 1, command.summary);
  out += ".SH SYNOPSIS\n";
  for (const std::string_view line : command.usages)
    out += fmt::format("{}{}\n", line == command.usages.front() ? "" : ".br\n", usage(command, line));
  out += ".SH DESCRIPTION\n";
  append_paragraphs(out, command.description);
  if (!command.arguments.empty()) out += ".SH ARGUMENTS\n";
  for (const ArgumentSpec& argument : command.arguments)
    append_entry(out, italic(argument_form(argument)), argument.help, value_note(argument));
  if (command.id == CommandId::kProgram) {
    out += ".SH COMMANDS\n";
    for (const CommandSpec& each : commands()) append_entry(out, bold(each.name), each.summary);
  }
  append_options(out, command);
  out += ".SH EXIT STATUS\n";
  for (const ExitMeaning& exit : command.exit_codes)
    append_entry(out, bold(std::to_string(static_cast<int>(exit.code))), exit.meaning);
  append_examples(out, command);
  out += ".SH SEE ALSO\n";
  std::vector<std::string> pages;
  for (const std::string_view page : command.see_also) pages.push_back(reference(page));
  out += fmt::format("{}\n", fmt::join(pages, ", "));
  return {name + ".1", out};
}

ManPage rules_man_page(std::span<const check::Family* const> families) {
  std::string out = heading("wicket-rules", 7, "the checks of wicket lint");
  out += ".SH DESCRIPTION\n";
  append_paragraphs(
      out,
      "What wicket lint looks for, by topic. Each check has an id and a name, either of which stands for it "
      "wherever a code is asked for. `wicket explain` prints more about one, with a failing and a repaired "
      "manifest.");
  for (const check::Family* family : families) {
    out += fmt::format(".SH {}\n", roff(upper(std::string(family->title))));
    for (const check::RuleInfo& rule : family->rules) {
      out += fmt::format(".TP\n{} {}\n", bold(rule.id), bold(rule.name));
      out += fmt::format("{} ({}).\n", roff(rule.summary), roff(rule_facts(rule)));
      out += fmt::format(".br\n{}\n", roff(rule.why));
    }
  }
  out += ".SH SEE ALSO\n" + reference("wicket-lint(1)") + ", " + reference("wicket-explain(1)") + "\n";
  return {"wicket-rules.7", out};
}

namespace {

void append_file(std::string& out, std::string_view what, std::string_view content) {
  out += fmt::format(".PP\n{}:\n.PP\n.RS 4\n.nf\n{}.fi\n.RE\n", roff(what), roff(content));
}

}  // namespace

ManPage test_format_man_page() {
  std::string out = heading("wicket-test", 5, "files of route tests");
  out += ".SH DESCRIPTION\n";
  append_paragraphs(
      out,
      "A test file is YAML, is called *_test.yaml (or .yml, .json) and lies beside manifests. It says whose routes are "
      "asked about, and holds tests: requests, and what is expected of each. A key that does not exist is an error "
      "with "
      "a suggestion. A test with an error does not run; the others do. A file may have 100,000 requests.");
  for (const suite::FormatSection& section : suite::format_sections()) {
    out += fmt::format(".SH {}\n", roff(section.title));
    if (!section.help.empty()) append_paragraphs(out, section.help);
    for (const suite::FormatKey& key : section.keys)
      append_entry(out, bold(key.key) + " " + italic(key.form), std::string(key.help) + ".");
  }
  out += ".SH VARIABLES\n";
  append_paragraphs(
      out,
      "${name} stands for the value of a variable in every text of request, expect, draw and name, and in the values "
      "of "
      "other variables; $${ stands for the characters ${. A row of the table wins over variables of the test, those "
      "over variables of the file. A variable that is a list makes the test run once for each item, like a list in the "
      "request. What the name of a test does not tell stands behind it in brackets: [method=POST, path=/].");
  out += ".SH EXAMPLES\n";
  append_file(out, "The shortest that says something", suite::short_example());
  append_file(out, "With most of it", suite::long_example());
  out += ".SH SEE ALSO\n" + reference("wicket-test(1)") + ", " + reference("wicket-schema(1)") + "\n";
  return {"wicket-test.5", out};
}

std::vector<ManPage> man_pages() {
  std::vector<ManPage> pages = {command_man_page(program())};
  for (const CommandSpec& command : commands()) pages.push_back(command_man_page(command));
  pages.push_back(test_format_man_page());
  pages.push_back(rules_man_page(check::families()));
  return pages;
}

}  // namespace wicket::cli
