// Options and texts of rules.
#include <string_view>

#include "cli/options_shared.h"

namespace wicket::cli::options {
namespace {

constexpr OptionSpec kRulesOptions[] = {
    {.id = OptionId::kAll,
     .long_name = "--all",
     .help = "List the checks that are off by default as well",
     .group = kChecks},
    {.id = OptionId::kFormat,
     .long_name = "--format",
     .short_name = "-o",
     .placeholder = "FORMAT",
     .kind = ValueKind::kChoice,
     .choices = kListFormatWords,
     .default_text = "text",
     .help = "How the list is written; json holds every fact",
     .group = kOutput,
     .synonyms = "--output --output-format"},
};
constexpr std::string_view kRulesUsages[] = {"wicket rules [OPTIONS]"};
constexpr ExitMeaning kRulesExits[] = {
    {ExitCode::kClean, "listed"},
    {ExitCode::kUsage, "wrong usage"},
    {ExitCode::kFailure, "standard output could not be written"},
};
constexpr Example kRulesExamples[] = {
    {"wicket rules --all -o json", "every check, for a program"},
    {"wicket rules", "the checks that run by default"},
};
constexpr std::string_view kRulesSeeAlso[] = {"wicket(1)", "wicket-explain(1)", "wicket-lint(1)", "wicket-rules(7)"};

}  // namespace

CommandSpec rules_command() {
  return {.id = CommandId::kRules,
          .name = "rules",
          .summary = "List the checks",
          .description = "Prints one line a check: id, level, name and what is wrong when it speaks.",
          .usages = kRulesUsages,
          .options = kRulesOptions,
          .exit_codes = kRulesExits,
          .examples = kRulesExamples,
          .see_also = kRulesSeeAlso,
          .synonyms = "checks list linters"};
}

}  // namespace wicket::cli::options
