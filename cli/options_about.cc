// Options and texts of completion, version and help.
#include <string_view>

#include "cli/options_shared.h"

namespace wicket::cli::options {
namespace {

constexpr ArgumentSpec kCompletionArguments[] = {
    {.placeholder = "SHELL",
     .min = 1,
     .max = 1,
     .kind = ValueKind::kChoice,
     .choices = kShellWords,
     .help = "The shell that is to complete"},
};
constexpr std::string_view kCompletionUsages[] = {"wicket completion [OPTIONS] SHELL"};
constexpr ExitMeaning kPrintExits[] = {
    {ExitCode::kClean, "printed"},
    {ExitCode::kUsage, "wrong usage"},
    {ExitCode::kFailure, "standard output could not be written"},
};
constexpr Example kCompletionExamples[] = {
    {"wicket completion fish > ~/.config/fish/completions/wicket.fish", "fish, for good"},
    {"wicket completion zsh > \"${fpath[1]}/_wicket\"", "zsh, for good"},
    {"source <(wicket completion bash)", "bash, for this session"},
};
constexpr std::string_view kSeeWicket[] = {"wicket(1)"};

constexpr std::string_view kVersionUsages[] = {"wicket version [OPTIONS]"};
constexpr Example kVersionExamples[] = {{"wicket version", "print the version"}};

constexpr ArgumentSpec kHelpArguments[] = {
    {.placeholder = "COMMAND", .max = 1, .kind = ValueKind::kCommand, .help = "The command to explain"},
};
constexpr std::string_view kHelpUsages[] = {"wicket help [OPTIONS] [COMMAND]"};
constexpr Example kHelpExamples[] = {{"wicket help lint", "the same as wicket lint --help"}};

}  // namespace

CommandSpec completion_command() {
  return {.id = CommandId::kCompletion,
          .name = "completion",
          .summary = "Print a completion script for a shell",
          .description =
              "Prints a script that teaches a shell to complete commands, options, their values and codes of "
              "checks.",
          .usages = kCompletionUsages,
          .arguments = kCompletionArguments,
          .exit_codes = kPrintExits,
          .examples = kCompletionExamples,
          .see_also = kSeeWicket,
          .synonyms = "completions"};
}

CommandSpec version_command() {
  return {.id = CommandId::kVersion,
          .name = "version",
          .summary = "Print the version",
          .description = "Prints the name and the version on one line.",
          .usages = kVersionUsages,
          .exit_codes = kPrintExits,
          .examples = kVersionExamples,
          .see_also = kSeeWicket};
}

CommandSpec help_command() {
  return {.id = CommandId::kHelp,
          .name = "help",
          .summary = "Print help about wicket or a command",
          .description = "Prints what --help prints.",
          .usages = kHelpUsages,
          .arguments = kHelpArguments,
          .exit_codes = kPrintExits,
          .examples = kHelpExamples,
          .see_also = kSeeWicket};
}

}  // namespace wicket::cli::options
