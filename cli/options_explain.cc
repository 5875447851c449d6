// Options and texts of explain.
#include <string_view>

#include "cli/options_shared.h"

namespace wicket::cli::options {
namespace {

constexpr OptionSpec kExplainOptions[] = {
    {.id = OptionId::kFormat,
     .long_name = "--format",
     .short_name = "-o",
     .placeholder = "FORMAT",
     .kind = ValueKind::kChoice,
     .choices = kDocFormatWords,
     .default_text = "text",
     .help = "How the explanation is written",
     .group = kOutput,
     .synonyms = "--output --output-format"},
};
constexpr ArgumentSpec kExplainArguments[] = {
    {.placeholder = "CODE",
     .min = 1,
     .kind = ValueKind::kCode,
     .help = "Id (WK102), name (duplicate-key), prefix (WK1), code of another tool (IST0106), or all"},
};
constexpr std::string_view kExplainUsages[] = {"wicket explain [OPTIONS] CODE..."};
constexpr ExitMeaning kExplainExits[] = {
    {ExitCode::kClean, "explained"},
    {ExitCode::kUsage, "wrong usage, or a code that no check has"},
    {ExitCode::kFailure, "standard output could not be written"},
};
constexpr Example kExplainExamples[] = {
    {"wicket explain IST0106", "everything that stands for Istio's code"},
    {"wicket explain WK102", "one check"},
};
constexpr std::string_view kExplainSeeAlso[] = {"wicket(1)", "wicket-rules(1)", "wicket-rules(7)"};

}  // namespace

CommandSpec explain_command() {
  return {.id = CommandId::kExplain,
          .name = "explain",
          .summary = "Explain a check: why it matters, and how to repair what it finds",
          .description =
              "Prints what a check looks for, what happens in a cluster when it is right, a manifest that it "
              "objects to, and the same manifest repaired.",
          .usages = kExplainUsages,
          .arguments = kExplainArguments,
          .options = kExplainOptions,
          .exit_codes = kExplainExits,
          .examples = kExplainExamples,
          .see_also = kExplainSeeAlso,
          .synonyms = "rule why describe"};
}

}  // namespace wicket::cli::options
