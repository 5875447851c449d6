// wicket replay, as a list of steps: load, lower, compile, read each log and decide each record, count, write.
#include "cli/cmd_replay.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/file_reader.h"
#include "cli/interrupt.h"
#include "cli/lint_output.h"
#include "cli/route_input.h"
#include "cli/version.h"
#include "replay/changes.h"
#include "replay/json_log.h"
#include "replay/line_source.h"
#include "replay/log_format.h"
#include "replay/read_log.h"
#include "replay/replay.h"
#include "replay/summary.h"
#include "replay/validator.h"
#include "report/replay.h"
#include "report/replay_copies.h"
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

/// Manifests, and the routes that they make.
struct Routes {
  load::Loaded loaded;
  route::RouteTable table;
  ExitCode code = ExitCode::kClean;  // of reading them
};

// Nothing beside an exit code where they cannot be asked.
tl::expected<Routes, ExitCode> make_routes(const RoutingOptions& options, std::size_t threads, Streams& streams) {
  load::Loaded loaded = load_routes(options, threads, streams.in, streams.err);
  if (const ExitCode code = check_input(options, loaded, streams.err); code != ExitCode::kClean)
    return tl::unexpected(code);
  const ExitCode code = loaded.failures.empty() ? ExitCode::kClean : ExitCode::kFailure;
  route::RouteTable table = make_table(options, *loaded.workspace);
  return Routes{std::move(loaded), std::move(table), code};
}

suite::Coverage coverage_of(const Routes& routes) {
  return {routes.table, *routes.loaded.workspace, routes.loaded.sources};
}

// What is done with each record.
class Player {
 public:
  Player(const ReplayOptions& options, const Routes& routes, const Routes* other) : replay_(routes.table) {
    if (other != nullptr) other_.emplace(other->table);
    if (options.coverage) coverage_.emplace(coverage_of(routes));
    if (options.as_validator) validator_.emplace(routes.table);
    if (!options.copies.empty()) reached_.emplace(coverage_of(routes));
  }

  void take(const std::string& file, const replay::Record& record) {
    if (record.kind == replay::RecordKind::kBroken || record.kind == replay::RecordKind::kElsewhere)
      return summary_.add_undecided(record);
    const replay::Answer answer = replay_.take(record);
    summary_.add(file, record, answer);
    if (validator_) validator_->add(file, record, answer);
    if (other_) {
      const replay::Answer after = other_->take(record);
      changes_.add(file, record, {answer, replay_.signature_of(record)}, {after, other_->signature_of(record)});
    }
    // Where the log tells which of several destinations it was, that one was reached.
    if (coverage_)
      coverage_->add(*answer.decision,
                     {.every_destination = false, .cluster = record.recorded.cluster.text, .times = 1});
    if (reached_ && answer.is_new && reached_->add(*answer.decision, {.every_destination = true}))
      choose(record, answer);
  }

  replay::Summary& summary() { return summary_; }
  [[nodiscard]] const std::optional<replay::Validator>& validator() const { return validator_; }
  [[nodiscard]] const replay::Changes& changes() const { return changes_; }
  [[nodiscard]] const std::optional<suite::Coverage>& coverage() const { return coverage_; }
  /// The records that reached something first.
  [[nodiscard]] const std::vector<replay::Record>& chosen() const { return chosen_; }

 private:
  void choose(const replay::Record& record, const replay::Answer& answer) {
    replay::Record& chosen = chosen_.emplace_back(record);
    chosen.request.port = answer.port;
    chosen.request.tls = answer.tls;
    chosen.telling = nullptr;  // the reader's, which is gone by then
    replay_.interests().reduce(chosen);
  }

  replay::Replay replay_;
  std::optional<replay::Replay> other_;
  replay::Summary summary_;
  std::optional<replay::Validator> validator_;
  replay::Changes changes_;
  std::optional<suite::Coverage> coverage_;
  std::optional<suite::Coverage> reached_;
  std::vector<replay::Record> chosen_;
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
  } else if (summary.records == 0 && !summary.first_unread.empty()) {
    const replay::Unread& first = summary.first_unread.front();
    streams.err << fmt::format("wicket: cannot read anything in {}: {} {} {}\n", name,
                               summary.has_entries ? "entry" : "line", first.line, first.why);
    code = ExitCode::kFailure;
  }
  player.summary().files.push_back({name, std::move(summary)});
  return code;
}

// Up to an interruption: what was read by then is told.
ExitCode play_all(const std::vector<std::string>& logs, const replay::ReadOptions& read, Player& player,
                  Streams& streams) {
  const Interrupt interrupt;
  ExitCode code = ExitCode::kClean;
  for (const std::string& log : logs) {
    code = worse(code, play(log, read, player, streams));
    if (!Interrupt::is_asked_for()) continue;
    streams.err << "wicket: interrupted; this is what was read until then\n";
    return ExitCode::kInterrupted;
  }
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

std::string names_of(const std::vector<std::string>& logs) {
  std::string all;
  for (const std::string& log : logs) all += (all.empty() ? "" : ", ") + (log == "-" ? "<stdin>" : log);
  return all;
}

// HTTP requests alone can be written down.
ExitCode write_copies(const ReplayOptions& options, const Player& player, const Routes& routes, Streams& streams) {
  std::vector<replay::Record> records;
  for (const replay::Record& record : player.chosen())
    if (record.kind == replay::RecordKind::kHttp) records.push_back(record);
  bool written = true;
  for (const ReplayCopy& copy : options.copies) {
    std::string text;
    switch (copy.format) {
      case CopyFormat::kTest:
        text = report::requests_as_tests(records, routes.table, names_of(options.logs));
        break;
      case CopyFormat::kHar:
        text = report::requests_as_har(records);
        break;
      case CopyFormat::kHurl:
        text = report::requests_as_hurl(records, routes.table);
        break;
      case CopyFormat::kCurl:
        text = report::requests_as_curl(records);
        break;
    }
    written = write_file(copy.file, text, streams) && written;
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
  const auto routes = make_routes(options, options.common.jobs, streams);
  if (!routes) return routes.error();
  ExitCode code = routes->code;
  tl::expected<Routes, ExitCode> other = tl::unexpected(ExitCode::kClean);
  if (!options.compare.empty()) {
    RoutingOptions others = options;
    others.paths = options.compare;
    other = make_routes(others, options.common.jobs, streams);
    if (!other) return other.error();
    code = worse(code, other->code);
  }
  Player player(options, *routes, other ? &*other : nullptr);
  const replay::ReadOptions read{.format = replay::InputFormat::kAuto,
                                 .lines = format->get(),
                                 .host = options.host,
                                 .port = options.request_port,
                                 .threads = options.common.jobs,
                                 .variables = options.variables,
                                 .stops = Interrupt::is_asked_for};
  code = worse(code, play_all(options.logs, read, player, streams));

  report::ReplayReport report = report::replay_report(player.summary(), routes->table, routes->loaded.sources);
  report.tool_version = version();
  report.fail_under = options.fail_under;
  if (player.coverage()) report.coverage = player.coverage()->report();
  if (player.validator()) report.validator = report::replay_validator(*player.validator());
  if (other)
    report.comparison = report::replay_comparison(player.changes(), {routes->table, routes->loaded.sources},
                                                  {other->table, other->loaded.sources});
  code = worse(code, write_copies(options, player, *routes, streams));
  code = worse(code, write(report, options, streams));
  const bool fails = report.validator ? report.validator->failed > 0 : report.contradict > 0;
  if (fails || lacks_coverage(report)) code = worse(code, ExitCode::kFindings);
  return code;
}

}  // namespace wicket::cli
