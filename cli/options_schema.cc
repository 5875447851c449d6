// Options and texts of schema.
#include <string_view>

#include "cli/options_shared.h"

namespace wicket::cli::options {
namespace {

constexpr ArgumentSpec kSchemaArguments[] = {
    {.placeholder = "KIND",
     .min = 1,
     .max = 1,
     .kind = ValueKind::kChoice,
     .choices = kSchemaWords,
     .help =
         "A kind of manifest, a file of ours (test, settings, baseline), or what -o json writes: diagnostics (lint), "
         "decision (route), routes, test-report (test), replay; config-dump is what serve shows on its admin port"},
};
constexpr std::string_view kSchemaUsages[] = {"wicket schema [OPTIONS] KIND"};
constexpr ExitMeaning kSchemaExits[] = {
    {ExitCode::kClean, "printed"},
    {ExitCode::kUsage, "wrong usage, or a kind that has no schema"},
    {ExitCode::kFailure, "standard output could not be written"},
};
constexpr Example kSchemaExamples[] = {
    {"wicket schema settings > wicket.schema.json", "complete wicket.yaml in an editor"},
    {"wicket schema VirtualService > virtualservice.schema.json", "give it to an editor"},
};

}  // namespace

CommandSpec schema_command() {
  return {.id = CommandId::kSchema,
          .name = "schema",
          .summary = "Print a JSON Schema",
          .description =
              "Prints the JSON Schema of a kind of manifest, for editors, or of what -o json writes, for "
              "programs that read it.",
          .usages = kSchemaUsages,
          .arguments = kSchemaArguments,
          .exit_codes = kSchemaExits,
          .examples = kSchemaExamples,
          .see_also = kSchemaSeeAlso};
}

}  // namespace wicket::cli::options
