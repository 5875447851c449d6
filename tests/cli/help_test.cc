#include "cli/help.h"

#include <sstream>
#include <string>

#include "support/catch.h"

namespace wicket::cli {
namespace {

TEST_CASE("help names every option, argument and command of the table") {
  for (const CommandSpec& command : commands()) {
    const std::string help = help_text(command, 80);
    INFO(help);
    for (const OptionSpec* option : all_options(command)) {
      const std::string short_form = option->short_name.empty() ? "    " : std::string(option->short_name) + ", ";
      const std::string value = option->takes_value() ? " " + std::string(option->placeholder) : "";
      CHECK(help.find("\n  " + short_form + std::string(option->long_name) + value) != std::string::npos);
    }
    for (const ArgumentSpec& argument : command.arguments)
      CHECK(help.find("\n  " + argument_form(argument)) != std::string::npos);
    CHECK(help_text(program(), 80).find("\n  " + std::string(command.name) + "  ") != std::string::npos);
  }
}

TEST_CASE("help ends with an example") {
  for (const CommandSpec& command : commands())
    CHECK(help_text(command, 80).ends_with("  " + std::string(command.examples.back().line) + "\n"));
}

TEST_CASE("help keeps to the width, but for lines to copy") {
  for (const std::size_t width : {60U, 80U, 100U, 500U})
    for (const CommandSpec& command : commands()) {
      const std::string help = help_text(command, width);
      std::istringstream lines(help.substr(0, help.find("\nExamples:\n")));
      for (std::string line; std::getline(lines, line);) {
        INFO(line);
        CHECK(line.size() <= std::min<std::size_t>(width, 100));
        CHECK_FALSE(line.ends_with(' '));
      }
    }
}

TEST_CASE("help has its layout") {
  CHECK(help_text(command_spec(CommandId::kCompletion), 80) ==
        R"(wicket completion: Print a completion script for a shell

Prints a script that teaches a shell to complete commands, options, their values
and codes of checks.

Usage:
  wicket completion [OPTIONS] SHELL

Arguments:
  SHELL  The shell that is to complete (bash, zsh, fish)

Common options:
  -C, --directory DIR  Work in DIR: every path is relative to it
  -j, --jobs N         Threads to work with (default: one per core)
  -q, --quiet          Print the result and errors, no notes
  -v, --verbose        Say on standard error what is done
      --config FILE    Read the settings from FILE (default: the nearest
                       wicket.yaml in the repository)
      --no-config      Read no settings
      --color WHEN     Colour the output; auto asks NO_COLOR, CLICOLOR_FORCE,
                       TERM and the terminal (auto, always, never; default:
                       auto)
  -h, --help           Print this help

Exit codes:
  0  printed
  2  wrong usage
  3  standard output could not be written

Examples:
  # fish, for good
  wicket completion fish > ~/.config/fish/completions/wicket.fish
  # zsh, for good
  wicket completion zsh > "${fpath[1]}/_wicket"
  # bash, for this session
  source <(wicket completion bash)
)");
}

}  // namespace
}  // namespace wicket::cli
