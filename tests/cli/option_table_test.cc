#include "cli/option_table.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "check/selection.h"
#include "cli/command_line.h"
#include "cli/man_page.h"
#include "cli/words.h"
#include "support/catch.h"

namespace wicket::cli {
namespace {

std::vector<const CommandSpec*> every_command() {
  std::vector<const CommandSpec*> specs = {&program()};
  for (const CommandSpec& command : commands()) specs.push_back(&command);
  return specs;
}

// The codes of checks on a command line.
std::vector<std::string> codes_in(const Command& command) {
  if (const auto* explain = std::get_if<ExplainOptions>(&command)) return explain->codes;
  if (const auto* lint = std::get_if<LintOptions>(&command)) return lint->ignore;
  return {};
}

TEST_CASE("rows are found by id and by name") {
  for (const CommandSpec* command : every_command()) CHECK(&command_spec(command->id) == command);
  for (const CommandSpec& command : commands()) CHECK(find_command(command.name) == &command);
  CHECK(find_command("wicket") == nullptr);
  CHECK(find_command("") == nullptr);
}

TEST_CASE("an option is spelled in one way, and told from the others") {
  std::map<OptionId, std::string_view> names;
  for (const CommandSpec* command : every_command()) {
    std::set<OptionId> ids;
    std::set<std::string_view> spellings;
    for (const OptionSpec* option : all_options(*command)) {
      INFO(command->name << " " << option->long_name);
      CHECK(option->long_name.starts_with("--"));
      CHECK((option->short_name.empty() || (option->short_name.size() == 2 && option->short_name[0] == '-')));
      CHECK(ids.insert(option->id).second);
      CHECK(spellings.insert(option->long_name).second);
      if (!option->short_name.empty()) CHECK(spellings.insert(option->short_name).second);
      CHECK(names.emplace(option->id, option->long_name).first->second == option->long_name);
    }
  }
}

TEST_CASE("every row says what it is for") {
  for (const CommandSpec* command : every_command()) {
    INFO(command->name);
    CHECK_FALSE(command->summary.empty());
    CHECK_FALSE(command->description.empty());
    CHECK_FALSE(command->usages.empty());
    CHECK_FALSE(command->exit_codes.empty());
    for (const OptionSpec* option : all_options(*command)) {
      INFO(option->long_name);
      CHECK_FALSE(option->help.empty());
      CHECK_FALSE(option->help.ends_with('.'));
      CHECK_FALSE(option->group.empty());
      CHECK((option->kind == ValueKind::kChoice) == !option->choices.empty());
    }
  }
}

TEST_CASE("every example works") {
  for (const CommandSpec* command : every_command()) {
    REQUIRE_FALSE(command->examples.empty());
    for (const Example& example : command->examples) {
      INFO(example.line);
      const std::size_t begin = example.line.find("wicket ");
      REQUIRE(begin != std::string_view::npos);
      std::string_view line = example.line.substr(begin + 7);
      line = line.substr(0, line.find_first_of("|>)"));
      const tl::expected<Command, UsageError> parsed = parse_command_line(words(line));
      REQUIRE(parsed);
      for (const std::string& code : codes_in(*parsed)) {
        INFO(code);
        CHECK_FALSE(check::find_rules(code).empty());
      }
    }
  }
}

TEST_CASE("every page of ours under `see also` exists") {
  std::set<std::string> pages;
  for (const ManPage& page : man_pages()) pages.insert(page.file);
  for (const CommandSpec* command : every_command())
    for (const std::string_view page : command->see_also) {
      INFO(page);
      if (!page.starts_with("wicket")) continue;
      std::string file(page.substr(0, page.size() - 1));
      std::ranges::replace(file, '(', '.');
      CHECK(pages.contains(file));
    }
}

}  // namespace
}  // namespace wicket::cli
