#include "cli/man_page.h"

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include "cli/help.h"
#include "support/catch.h"
#include "support/golden.h"

namespace wicket::cli {
namespace {

// Every "--name" in a text.
std::set<std::string> long_names(std::string_view text) {
  std::set<std::string> names;
  for (std::size_t at = text.find("--"); at != std::string_view::npos; at = text.find("--", at + 2)) {
    std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at);
    if (end == std::string_view::npos) end = text.size();
    if (end > at + 2) names.emplace(text.substr(at, end - at));
  }
  return names;
}

std::string without_escapes(std::string text) {
  for (std::size_t at = text.find("\\-"); at != std::string::npos; at = text.find("\\-", at)) text.erase(at, 1);
  return text;
}

TEST_CASE("the pages in man/ are those of the tables") {
  for (const ManPage& page : man_pages()) test::check_golden("man/" + page.file, page.text);
}

TEST_CASE("man/ holds no page of a command that is gone") {
  std::set<std::string> files;
  for (const ManPage& page : man_pages()) files.insert(page.file);
  for (const auto& entry : std::filesystem::directory_iterator(test::source_path("man"))) {
    INFO(entry.path());
    CHECK(files.contains(entry.path().filename().string()));
  }
}

TEST_CASE("help and manual page name the same options") {
  for (const CommandSpec& command : commands()) {
    INFO(command.name);
    CHECK(long_names(help_text(command, 100)) == long_names(without_escapes(command_man_page(command).text)));
  }
}

TEST_CASE("text is safe in roff") {
  constexpr check::RuleInfo kRules[] = {
      {.id = "WK999",
       .name = "odd-text",
       .severity = check::Severity::kInfo,
       .on_by_default = false,
       .origin = check::Origin::kOwn,
       .aliases = "IST0001",
       .summary = ".dot 'quote' `tick` ^ ~ \\d \"x\"",
       .why = "First.\n.second",
       .bad = "",
       .good = "",
       .source = "none"},
  };
  const check::Family family{.prefix = "WK9", .title = "Odd", .rules = kRules, .run = nullptr};
  const check::Family* const families[] = {&family};
  const std::string page = rules_man_page(families).text;
  CHECK(page.find("\n\\&.dot \\(aqquote\\(aq \\(gatick\\(ga \\(ha \\(ti \\ed \\(dqx\\(dq "
                  "(info, off by default; also IST0001).\n") != std::string::npos);
  CHECK(page.find("\nFirst.\n\\&.second\n") != std::string::npos);
}

}  // namespace
}  // namespace wicket::cli
