// Options and texts of init.
#include <string_view>

#include "cli/options_shared.h"

namespace wicket::cli::options {
namespace {

constexpr std::string_view kInitUsages[] = {"wicket init [OPTIONS]"};
constexpr ExitMeaning kInitExits[] = {
    {ExitCode::kClean, "written"},
    {ExitCode::kUsage, "wrong usage, or there is a wicket.yaml already"},
    {ExitCode::kFailure, "the file could not be written"},
};
constexpr Example kInitExamples[] = {
    {"wicket -C deploy init", "write deploy/wicket.yaml"},
    {"wicket init", "write wicket.yaml here"},
};

}  // namespace

CommandSpec init_command() {
  return {.id = CommandId::kInit,
          .name = "init",
          .summary = "Write a settings file to start from",
          .description =
              "Writes wicket.yaml into the current folder: every setting, commented, with its default. A file that "
              "is there stays as it is.",
          .usages = kInitUsages,
          .exit_codes = kInitExits,
          .examples = kInitExamples,
          .see_also = kSchemaSeeAlso,
          .synonyms = "setup new create"};
}

}  // namespace wicket::cli::options
