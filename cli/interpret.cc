// One function a command, each a list of assignments from a ValueReader; in front of them, the forms of value that only
// one option has.

#include "cli/interpret.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "cli/common_values.h"
#include "cli/interpret_replay.h"
#include "cli/interpret_routing.h"
#include "cli/interpret_serve.h"
#include "cli/interpret_test.h"
#include "cli/option_table.h"
#include "cli/schema_kind.h"
#include "cli/suggest.h"
#include "cli/value_reader.h"

namespace wicket::cli {
namespace {

// ---- lint ----

std::vector<OutputTarget> outputs(ValueReader& in) {
  std::vector<OutputTarget> targets;
  for (const std::string& value : in.given().all(OptionId::kFormat)) {
    const std::size_t equals = value.find('=');
    OutputTarget target;
    target.format = static_cast<FindingFormat>(in.choice_index(OptionId::kFormat, value.substr(0, equals)));
    if (equals != std::string::npos) {
      target.file = value.substr(equals + 1);
      if (target.file.empty()) in.fail(fmt::format("--format {} names no file behind '='", value));
    }
    if (target.file == "-") target.file.clear();
    if (std::ranges::find(targets, target.file, &OutputTarget::file) != targets.end())
      in.fail(target.file.empty() ? fmt::format("two formats for standard output; give one a file: --format {}=FILE",
                                                value.substr(0, equals))
                                  : fmt::format("two formats for the file {}", target.file));
    targets.push_back(std::move(target));
  }
  return targets;
}

std::optional<check::Severity> fail_on(ValueReader& in) {
  enum class FailOn : std::uint8_t { kError, kWarning, kInfo, kNever };
  switch (in.choice(OptionId::kFailOn, FailOn::kError)) {
    case FailOn::kError:
      return check::Severity::kError;
    case FailOn::kWarning:
      return check::Severity::kWarning;
    case FailOn::kInfo:
      return check::Severity::kInfo;
    case FailOn::kNever:
      return std::nullopt;
  }
  return std::nullopt;
}

// --fix, --unsafe-fixes, --diff, and what they cannot do.
void repairs(ValueReader& in, LintOptions& options) {
  if (in.has(OptionId::kUnsafeFixes)) options.least_safety = check::Safety::kSuggested;
  if (in.has(OptionId::kFix) && in.has(OptionId::kDiff)) in.fail("--fix and --diff contradict each other");
  if (in.has(OptionId::kFix)) options.repair = RepairMode::kApply;
  if (in.has(OptionId::kDiff)) options.repair = RepairMode::kShow;
  if (options.repair == RepairMode::kNone) {
    if (in.has(OptionId::kUnsafeFixes)) in.fail("--unsafe-fixes goes with --fix or --diff");
    return;
  }
  if (std::ranges::find(options.paths, "-") != options.paths.end())
    in.fail(
        fmt::format("{} cannot repair standard input (-)", options.repair == RepairMode::kApply ? "--fix" : "--diff"));
  if (!options.write_baseline.empty()) in.fail("--write-baseline does not go together with --fix or --diff");
}

LintOptions lint(ValueReader& in) {
  LintOptions options;
  options.common = common(in);
  options.paths = paths(in, 0);
  options.outputs = outputs(in);
  options.fail_on = fail_on(in);
  options.names_fail_on = in.has(OptionId::kFailOn);
  options.exit_zero = in.has(OptionId::kExitZero);
  options.select = in.comma_list(OptionId::kSelect);
  options.extend_select = in.comma_list(OptionId::kExtendSelect);
  options.ignore = in.comma_list(OptionId::kIgnore);
  options.only_admission = in.has(OptionId::kOnlyAdmission);
  options.closed_world = in.has(OptionId::kClosedWorld);
  options.check_expiry = in.has(OptionId::kCheckExpiry);
  options.default_namespace = namespace_of(in);
  options.cluster_domain = cluster_domain(in);
  options.stdin_filename = in.text(OptionId::kStdinFilename, options.stdin_filename);
  options.separate = in.has(OptionId::kSeparate);
  options.baseline = in.text(OptionId::kBaseline);
  options.write_baseline = in.text(OptionId::kWriteBaseline);
  options.new_from = in.text(OptionId::kNewFrom);
  repairs(in, options);
  options.honour_ignore_files = !in.has(OptionId::kNoIgnoreFiles);
  options.debug = in.choices<DebugForm>(OptionId::kDebug);
  return options;
}

// ---- the others ----

ExplainOptions explain(ValueReader& in) {
  ExplainOptions options;
  options.common = common(in);
  options.codes = in.given().arguments;
  options.format = in.choice(OptionId::kFormat, DocFormat::kText);
  return options;
}

RulesOptions rules(ValueReader& in) {
  RulesOptions options;
  options.common = common(in);
  options.format = in.choice(OptionId::kFormat, ListFormat::kText);
  options.all = in.has(OptionId::kAll);
  return options;
}

HelpOptions help(ValueReader& in) {
  HelpOptions options{common(in), CommandId::kProgram};
  if (in.given().arguments.empty()) return options;
  const std::string& name = in.given().arguments.front();
  if (const CommandSpec* command = find_command(name))
    options.command = command->id;
  else
    in.fail(unknown_command(name));
  return options;
}

// As many arguments as the command has places for.
void check_arguments(const CommandSpec& command, ValueReader& in) {
  const std::vector<std::string>& arguments = in.given().arguments;
  std::size_t needed = 0, places = 0;
  for (const ArgumentSpec& argument : command.arguments) {
    needed += argument.min;
    if (arguments.size() < needed) {
      const std::string choices = argument.choices.empty() ? "" : ": " + listed(argument.choices);
      return in.fail(fmt::format("missing {}{}", argument.placeholder, choices));
    }
    if (argument.max == kMany) return;
    places += argument.max;
  }
  if (arguments.size() > places) in.fail(fmt::format("unexpected argument {}", arguments[places]));
}

SchemaOptions schema(ValueReader& in) {
  const tl::expected<SchemaKind, std::string> kind = schema_kind_from(in.given().arguments.front());
  if (!kind) in.fail(kind.error());
  return {common(in), kind.value_or(SchemaKind::kGateway)};
}

Command filled(CommandId command, ValueReader& in) {
  switch (command) {
    case CommandId::kLint:
      return lint(in);
    case CommandId::kRoute:
      return interpret_route(in);
    case CommandId::kRoutes:
      return interpret_routes(in);
    case CommandId::kTest:
      return interpret_test(in);
    case CommandId::kReplay:
      return interpret_replay(in);
    case CommandId::kServe:
      return interpret_serve(in);
    case CommandId::kExplain:
      return explain(in);
    case CommandId::kRules:
      return rules(in);
    case CommandId::kSchema:
      return schema(in);
    case CommandId::kInit:
      return InitOptions{common(in)};
    case CommandId::kCompletion:
      return CompletionOptions{common(in), in.argument_choice<Shell>()};
    case CommandId::kVersion:
      return VersionOptions{common(in)};
    case CommandId::kHelp:
    case CommandId::kProgram:
      return help(in);
  }
  return HelpOptions{};
}

}  // namespace

tl::expected<Command, UsageError> interpret(CommandId command, const Given& given) {
  const CommandSpec& spec = command_spec(command);
  ValueReader in(spec, given);
  check_arguments(spec, in);
  if (in.error()) return tl::unexpected(UsageError{*in.error(), command});
  Command filled_command = filled(command, in);
  if (in.error()) return tl::unexpected(UsageError{*in.error(), command});
  return filled_command;
}

}  // namespace wicket::cli
