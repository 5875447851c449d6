#include "cli/option_table.h"

#include <algorithm>

#include "base/ensure.h"
#include "cli/options_shared.h"

namespace wicket::cli {
namespace {

constexpr OptionSpec kProgramOptions[] = {
    {.id = OptionId::kVersion,
     .long_name = "--version",
     .short_name = "-V",
     .help = "Print the version",
     .group = options::kCommon},
};
constexpr std::string_view kProgramUsages[] = {"wicket COMMAND [OPTIONS] [ARGUMENTS]"};
constexpr ExitMeaning kProgramExits[] = {
    {ExitCode::kClean, "nothing to object to"},
    {ExitCode::kFindings, "findings at or above the level of --fail-on"},
    {ExitCode::kUsage, "wrong usage; nothing was done"},
    {ExitCode::kFailure, "something could not be read or written, or an internal error"},
};
constexpr Example kProgramExamples[] = {
    {"wicket lint", "check the manifests below the current folder"},
    {"wicket routes manifests/", "see everything that is exposed"},
    {"wicket route http://hello.com/ manifests/", "see where a request goes, and why"},
};
constexpr std::string_view kProgramSeeAlso[] = {
    "wicket-lint(1)",       "wicket-route(1)",   "wicket-routes(1)", "wicket-test(1)",   "wicket-replay(1)",
    "wicket-serve(1)",      "wicket-explain(1)", "wicket-rules(1)",  "wicket-schema(1)", "wicket-init(1)",
    "wicket-completion(1)", "wicket-test(5)",    "wicket-rules(7)",
};
constexpr CommandSpec kProgram{
    .id = CommandId::kProgram,
    .name = "wicket",
    .summary = "Check Istio ingress manifests and answer what would route where",
    .description =
        "Reads Gateway and VirtualService manifests and what they refer to, finds what is wrong with them, and answers "
        "where the ingress gateway would send a request, or sends it there itself. No cluster, no Istio installation "
        "and no network are needed.",
    .usages = kProgramUsages,
    .options = kProgramOptions,
    .exit_codes = kProgramExits,
    .examples = kProgramExamples,
    .see_also = kProgramSeeAlso,
};

}  // namespace

const CommandSpec& program() { return kProgram; }

std::span<const CommandSpec> commands() {
  static const std::vector<CommandSpec> all = {
      options::lint_command(),   options::route_command(), options::routes_command(),     options::test_command(),
      options::replay_command(), options::serve_command(), options::explain_command(),    options::rules_command(),
      options::schema_command(), options::init_command(),  options::completion_command(), options::version_command(),
      options::help_command()};
  return all;
}

const CommandSpec& command_spec(CommandId id) {
  if (id == CommandId::kProgram) return kProgram;
  const auto found = std::ranges::find(commands(), id, &CommandSpec::id);
  ENSURE(found != commands().end(), "every command has a row");
  return *found;
}

const CommandSpec* find_command(std::string_view name) {
  const auto found = std::ranges::find(commands(), name, &CommandSpec::name);
  return found == commands().end() ? nullptr : &*found;
}

std::vector<const OptionSpec*> all_options(const CommandSpec& command) {
  std::vector<const OptionSpec*> options;
  for (const OptionSpec& option : command.options) options.push_back(&option);
  for (const OptionSpec& option : options::kCommonOptions) options.push_back(&option);
  return options;
}

std::string full_name(CommandId id) {
  return id == CommandId::kProgram ? std::string(kProgram.name) : "wicket " + std::string(command_spec(id).name);
}

}  // namespace wicket::cli
