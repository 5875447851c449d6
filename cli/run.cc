#include "cli/run.h"

#include <exception>
#include <filesystem>
#include <system_error>
#include <variant>

#include "cli/cmd_completion.h"
#include "cli/cmd_explain.h"
#include "cli/cmd_help.h"
#include "cli/cmd_init.h"
#include "cli/cmd_lint.h"
#include "cli/cmd_replay.h"
#include "cli/cmd_route.h"
#include "cli/cmd_routes.h"
#include "cli/cmd_rules.h"
#include "cli/cmd_schema.h"
#include "cli/cmd_serve.h"
#include "cli/cmd_test.h"
#include "cli/cmd_version.h"
#include "cli/command_line.h"
#include "cli/config_file.h"
#include "cli/help.h"
#include "cli/option_table.h"

namespace wicket::cli {
namespace {

struct Dispatch {
  Streams& streams;

  ExitCode operator()(const LintOptions& options) const { return cmd_lint(options, streams); }
  ExitCode operator()(const RouteOptions& options) const { return cmd_route(options, streams); }
  ExitCode operator()(const RoutesOptions& options) const { return cmd_routes(options, streams); }
  ExitCode operator()(const TestOptions& options) const { return cmd_test(options, streams); }
  ExitCode operator()(const ReplayOptions& options) const { return cmd_replay(options, streams); }
  ExitCode operator()(const ServeOptions& options) const { return cmd_serve(options, streams); }
  ExitCode operator()(const ExplainOptions& options) const { return cmd_explain(options, streams); }
  ExitCode operator()(const RulesOptions& options) const { return cmd_rules(options, streams); }
  ExitCode operator()(const SchemaOptions& options) const { return cmd_schema(options, streams); }
  ExitCode operator()(const InitOptions& options) const { return cmd_init(options, streams); }
  ExitCode operator()(const CompletionOptions& options) const { return cmd_completion(options, streams); }
  ExitCode operator()(const VersionOptions& options) const { return cmd_version(options, streams); }
  ExitCode operator()(const HelpOptions& options) const { return cmd_help(options, streams); }
};

// -C for the time of a command, so that a caller who goes on afterwards is where it was.
class Folder {
 public:
  explicit Folder(const std::string& directory) {
    if (directory.empty()) return;
    before_ = std::filesystem::current_path(error_);
    if (!error_) std::filesystem::current_path(directory, error_);
  }
  ~Folder() {
    if (!before_.empty()) std::filesystem::current_path(before_, error_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::error_code& error() const { return error_; }

 private:
  std::filesystem::path before_;
  std::error_code error_;
};

ExitCode complain(const UsageError& error, Streams& streams) {
  streams.err << "wicket: " << error.message << "\nsee `" << full_name(error.command) << " --help`\n";
  return ExitCode::kUsage;
}

ExitCode run_command(std::span<const std::string> args, Streams& streams) {
  if (args.empty()) {
    streams.err << help_text(program(), streams.surroundings.columns);
    return ExitCode::kUsage;
  }
  tl::expected<Command, UsageError> command = parse_command_line(args);
  if (!command) return complain(command.error(), streams);

  const CommonOptions& common = common_options(*command);
  settle_color(streams, common.color);
  const Folder folder(common.directory);
  if (folder.error()) {
    streams.err << "wicket: cannot enter " << common.directory << ": " << folder.error().message() << '\n';
    return ExitCode::kFailure;
  }
  const ExitCode settings = apply_settings(*command, streams);
  if (settings != ExitCode::kClean) return settings;
  return std::visit(Dispatch{streams}, *command);
}

}  // namespace

ExitCode run(std::span<const std::string> args, Streams& streams) {
  try {
    return run_command(args, streams);
  } catch (const std::exception& error) {  // out of memory, or a defect of ours
    streams.err << "wicket: internal error: " << error.what() << '\n';
    return ExitCode::kFailure;
  }
}

}  // namespace wicket::cli
