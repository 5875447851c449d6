// The option table and the table of checks as manual pages.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "check/registry.h"
#include "cli/option_table.h"

namespace wicket::cli {

/// A page as it lies in man/.
struct ManPage {
  std::string file;  // "wicket-lint.1"
  std::string text;  // roff with the man macros; holds no date and no version, so that it changes with the tables only
};

/// The page of a command, or of wicket itself.
[[nodiscard]] ManPage command_man_page(const CommandSpec& command);

/// wicket-rules.7: every check in short.
[[nodiscard]] ManPage rules_man_page(std::span<const check::Family* const> families);

/// wicket-test.5: the format of test files.
[[nodiscard]] ManPage test_format_man_page();

/// All pages there are.
[[nodiscard]] std::vector<ManPage> man_pages();

}  // namespace wicket::cli
