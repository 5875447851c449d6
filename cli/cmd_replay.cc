// wicket replay, as a list of steps: load, lower, compile, read each log and decide each record, count, write.
#include "cli/cmd_replay.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/file_reader.h"
#include "cli/lint_output.h"
#include "cli/route_input.h"
#include "cli/version.h"
#include "replay/json_log.h"
#include "replay/line_source.h"
#include "replay/log_format.h"
#include "replay/read_log.h"
#include "replay/replay.h"
#include "replay/summary.h"
#include "report/replay.h"
#include "suite/coverage.h"

namespace wicket::cli {
namespace {

// The format string of --log-format. Errors: kInvalid.
Result<std::unique_ptr<replay::LineReader>> given_format(const std::string& format) {
  if (format.empty()) return nullptr;
  const std::size_t begin = format.find_first_not_of(" \t\n");
  if (begin != std::string::npos && format[begin] == '{' && format.find('"') != std::string::npos) {
    Result<std::unique_ptr<replay::JsonLog>> json = replay::JsonLog::envoy(format);
    if (!json) return tl::unexpected<Error>(json.error());
    return std::unique_ptr<replay::LineReader>(*std::move(json));
  }
  Result<replay::LogFormat> text = replay::LogFormat::envoy(format);
  if (!text) return tl::unexpected<Error>(text.error());
  if (!text->has_request()) return failure(ErrorCode::kInvalid, "has no %REQ(:PATH)% in it");
  return std::unique_ptr<replay::LineReader>(std::make_unique<replay::LogFormat>(*std::move(text)));
}

// What is done with each record.
class Player {
 public:
  Player(const route::RouteTable& table, suite::Coverage* coverage) : replay_(table), coverage_(coverage) {}

  void take(const std::string& file, const replay::Record& record) {
    if (record.kind == replay::RecordKind::kBroken || record.kind == replay::RecordKind::kElsewhere)
      return summary_.add_undecided(record);
    const replay::Answer answer = replay_.take(record);
    summary_.add(file, record, answer);
    // Where the log tells which of several destinations it was, that one was reached.
    if (coverage_ != nullptr)
      coverage_->add(*answer.decision,
                     {.every_destination = false, .cluster = record.recorded.cluster.text, .times = 1});
  }

  replay::Summary& summary() { return summary_; }

 private:
  replay::Replay replay_;
  replay::Summary summary_;
  suite::Coverage* coverage_;
};

ExitCode play(const std::string& path, const replay::ReadOptions& read, Player& player, Streams& streams) {
  DiskReader disk;
  const std::string name = path == "-" ? "<stdin>" : path;
  std::unique_ptr<OpenFile> file;
  if (path == "-") {
    file = replay::file_of(streams.in);
  } else {
    Result<std::unique_ptr<OpenFile>> opened = disk.open(path);
    if (!opened) {
      streams.err << fmt::format("wicket: cannot read {}: {}\n", path, opened.error().message);
      return ExitCode::kFailure;
    }
    file = *std::move(opened);
  }
  replay::ReadSummary summary =
      replay::read_log(std::move(file), read, [&](const replay::Record& record) { player.take(name, record); });
  ExitCode code = ExitCode::kClean;
  if (!summary.failure.empty()) {
    streams.err << fmt::format("wicket: cannot read all of {}: {}\n", name, summary.failure);
    code = ExitCode::kFailure;
  } else if (summary.format.empty() && summary.is_filled) {
    streams.err << fmt::format(
        "wicket: {} is in no format that is known; --log-format takes the format string of the gateway\n", name);
    code = ExitCode::kUsage;
  }
  player.summary().files.push_back({name, std::move(summary)});
  return code;
}

ExitCode write(const report::ReplayReport& report, const ReplayOptions& options, Streams& streams) {
  std::vector<ReplayTarget> targets = options.outputs;
  if (targets.empty()) targets.emplace_back();
  bool written = true;
  for (const ReplayTarget& target : targets) {
    const bool to_stream = target.file.empty();
    const bool is_long = options.common.verbosity == Verbosity::kVerbose;
    const report::ReplayTextStyle style{.color = to_stream && streams.out_color,
                                        .notes = options.common.verbosity != Verbosity::kQuiet,
                                        .max_differences = is_long ? static_cast<std::size_t>(-1) : 10,
                                        .max_rows = is_long ? static_cast<std::size_t>(-1) : 20};
    const std::string text =
        target.format == ReplayFormat::kJson ? report::replay_json(report) : report::replay_text(report, style);
    if (to_stream) {
      streams.out << text;
    } else {
      written = write_file(target.file, text, streams) && written;
    }
  }
  return written ? ExitCode::kClean : ExitCode::kFailure;
}

}  // namespace

ExitCode cmd_replay(const ReplayOptions& options, Streams& streams) {
  const Result<std::unique_ptr<replay::LineReader>> format = given_format(options.log_format);
  if (!format) {
    streams.err << fmt::format("wicket: the format of --log-format {}\n", format.error().message);
    return ExitCode::kUsage;
  }
  const load::Loaded loaded = load_routes(options, options.common.jobs, streams.in, streams.err);
  ExitCode code = check_input(options, loaded, streams.err);
  if (code != ExitCode::kClean) return code;
  if (!loaded.failures.empty()) code = ExitCode::kFailure;
  const route::RouteTable table = make_table(options, *loaded.workspace);
  std::optional<suite::Coverage> coverage;
  if (options.coverage) coverage.emplace(table, *loaded.workspace, loaded.sources);

  Player player(table, coverage ? &*coverage : nullptr);
  const replay::ReadOptions read{.format = replay::InputFormat::kAuto,
                                 .lines = format->get(),
                                 .host = options.host,
                                 .port = options.request_port,
                                 .threads = options.common.jobs};
  for (const std::string& log : options.logs) code = worse(code, play(log, read, player, streams));

  report::ReplayReport report = report::replay_report(player.summary(), table, loaded.sources);
  report.tool_version = version();
  report.fail_under = options.fail_under;
  if (coverage) report.coverage = coverage->report();
  code = worse(code, write(report, options, streams));
  if (report.contradict > 0 || lacks_coverage(report)) code = worse(code, ExitCode::kFindings);
  return code;
}

}  // namespace wicket::cli
