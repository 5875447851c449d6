// wicket lint, as a list of steps: load, check, repair, report, exit code. Read this first to see how a manifest
// becomes findings.
#include "cli/cmd_lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/file_reader.h"
#include "base/locator.h"
#include "check/fixes.h"
#include "check/run.h"
#include "cli/config_file.h"
#include "cli/debug_forms.h"
#include "cli/git.h"
#include "cli/lint_output.h"
#include "cli/lint_policy.h"
#include "cli/repair.h"
#include "cli/repository.h"
#include "cli/version.h"
#include "load/load.h"
#include "report/baseline.h"
#include "report/diff.h"
#include "report/finding_parts.h"
#include "report/findings.h"

namespace wicket::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMostRounds = 10;  // of repairs: each may bring to light what the one before it hid

/// What was read before the manifests: decisions, known findings, changed lines.
struct Given {
  LintPolicy policy;
  std::shared_ptr<SourceFile> baseline_file;  // null: none
  std::optional<Changes> changes;
};

/// What one look at the manifests brought.
struct Checked {
  std::reference_wrapper<load::Loaded> kept;
  check::CheckResult result;
  Clock::duration loading{};
  Clock::duration checking{};

  [[nodiscard]] load::Loaded& loaded() const { return kept; }
};

load::LoadOptions load_options(const LintOptions& options) {
  return {.paths = options.paths,
          .stdin_name = options.stdin_filename,
          .honour_ignore_files = options.honour_ignore_files,
          .threads = options.common.jobs,
          .is_excluded = exclusion(options.common.settings),
          .workspace = {.default_namespace = options.default_namespace, .cluster_domain = options.cluster_domain}};
}

/// The time that certificates are judged by; nothing: they are not.
std::optional<std::chrono::sys_seconds> now(const LintOptions& options) {
  if (!options.check_expiry) return std::nullopt;
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

check::CheckResult check_workspace(const load::Loaded& loaded, const model::Workspace& workspace,
                                   const LintOptions& options, const LintPolicy& policy) {
  const check::CheckInput input{.sources = loaded.sources,
                                .workspace = workspace,
                                .closed_world = options.closed_world,
                                .folder = repository_paths().prefix,
                                .mesh = mesh_settings(options.common.settings),
                                .known = known_objects(options.common),
                                .now = now(options)};
  return check::run(
      input, {.selection = policy.selection, .only_admission = options.only_admission, .policy = &policy.policy});
}

/// Each file checked as if it were alone; the findings come together again.
check::CheckResult check_separately(const load::Loaded& loaded, const LintOptions& options, const LintPolicy& policy) {
  check::CheckResult all;
  for (const auto& file : loaded.workspace->files()) {
    const model::Workspace alone({file}, loaded.workspace->options());
    check::CheckResult one = check_workspace(loaded, alone, options, policy);
    std::ranges::move(one.diagnostics, std::back_inserter(all.diagnostics));
    std::ranges::move(one.suppressed, std::back_inserter(all.suppressed));
    all.unknown_references += one.unknown_references;
  }
  return all;
}

report::LintReport make_report(const load::Loaded& loaded, const check::CheckResult& result,
                               const LintOptions& options) {
  report::LintReport report{.sources = loaded.sources,
                            .diagnostics = result.diagnostics,
                            .failures = {},
                            .counts = {},
                            .tool_version = version(),
                            .suppressed = result.suppressed,
                            .fail_on = options.fail_on,
                            .paths = repository_paths()};
  for (const load::Failure& failure : loaded.failures) report.failures.push_back({failure.file, failure.error.message});
  report.counts.files = loaded.workspace->files().size();
  for (const auto& file : loaded.workspace->files()) report.counts.resources += file->resources.size();
  report.counts.skipped = loaded.skipped;
  report.counts.suppressed = result.suppressed.size();
  report.counts.unknown_references = result.unknown_references;
  return report;
}

bool has_findings(const check::CheckResult& result, std::optional<check::Severity> least) {
  return least && std::ranges::any_of(result.diagnostics,
                                      [&](const check::Diagnostic& finding) { return finding.severity >= *least; });
}

/// Keeps what was read until the process ends: the system takes the memory back at once, destructors would need a tenth
/// of the whole run to do it piece by piece.
template <class T>
T& keep(T made) {
  static auto* const kept = new std::deque<T>;
  return kept->emplace_back(std::move(made));
}

double milliseconds(Clock::duration duration) { return std::chrono::duration<double, std::milli>(duration).count(); }

ExitCode complain(Streams& streams, ExitCode code, const std::string& message) {
  streams.err << "wicket: " << message << '\n';
  return code;
}

/// Reads everything but the manifests. Says what is wrong with it and returns the code of that.
ExitCode read_given(const LintOptions& options, Given& given, Streams& streams) {
  Result<LintPolicy> policy = lint_policy(options);
  if (!policy) return complain(streams, ExitCode::kUsage, policy.error().message);
  given.policy = *std::move(policy);
  if (!options.baseline.empty() && options.write_baseline.empty()) {
    auto file = read_baseline_file(options.baseline);
    if (!file) {
      return complain(streams, ExitCode::kFailure,
                      fmt::format("cannot read {}: {}", options.baseline, file.error().message));
    }
    given.baseline_file = *std::move(file);
    if (const auto baseline = check::read_baseline(*given.baseline_file); !baseline)
      return complain(streams, ExitCode::kUsage, baseline.error().message);
  }
  if (!options.new_from.empty()) {
    auto changes = changes_since(options.new_from);
    if (!changes) {
      const bool usage = changes.error().code == ErrorCode::kInvalid;
      return complain(streams, usage ? ExitCode::kUsage : ExitCode::kFailure,
                      fmt::format("--new-from: {}", changes.error().message));
    }
    given.changes = *std::move(changes);
  }
  return ExitCode::kClean;
}

/// Moves what has nothing to do with a changed line to the suppressed findings. What lies outside of the repository
/// stays: nobody knows how it was.
void keep_new(const Changes& changes, const SourceSet& sources, check::CheckResult& result) {
  namespace fs = std::filesystem;
  Locator locator(sources);
  std::map<FileId, std::string> paths;  // from the top of the repository; empty: outside
  const auto path_of = [&](FileId file) -> const std::string& {
    const auto [found, added] = paths.try_emplace(file);
    std::error_code error;
    if (!added || !fs::exists(sources.name(file), error)) return found->second;
    const std::string path = fs::canonical(sources.name(file), error).lexically_relative(changes.root).generic_string();
    if (!error && !path.starts_with("..")) found->second = path;
    return found->second;
  };
  const auto is_new = [&](const Span& span) {
    const std::string& path = path_of(span.file);
    return path.empty() || changes.lines.touches(path, locator.position(span.file, span.begin).line,
                                                 locator.position(span.file, span.end).line);
  };
  std::erase_if(result.diagnostics, [&](check::Diagnostic& finding) {
    if (is_new(finding.span) ||
        std::ranges::any_of(finding.notes, [&](const check::Note& note) { return is_new(note.span); }))
      return false;
    result.suppressed.push_back({.finding = std::move(finding), .by = check::Silencer::kBaseline, .reason = "not new"});
    return true;
  });
}

/// One look at the manifests as they are now.
Checked look(const LintOptions& options, Given& given, FileReader& reader, Streams& streams) {
  const auto start = Clock::now();
  Checked checked{.kept = keep(load::load(load_options(options), reader, streams.in)), .result = {}};
  const auto read = Clock::now();

  // The files that are no manifests join behind them, so that findings can point into them.
  LintPolicy& policy = given.policy;
  SourceSet& sources = checked.loaded().sources;
  std::vector<check::UnknownCode> unknown = policy.unknown;
  if (!unknown.empty()) {
    const FileId id = join_sources(sources, options.common.settings->source);
    for (check::UnknownCode& code : unknown) code.span.file = id;
  }
  std::optional<check::Baseline> baseline;
  if (given.baseline_file != nullptr) {
    const FileId id = join_sources(sources, given.baseline_file);
    baseline = *check::read_baseline(sources.file(id));
  }
  policy.policy.baseline = baseline ? &*baseline : nullptr;

  check::CheckResult& result = checked.result;
  result = options.separate ? check_separately(checked.loaded(), options, policy)
                            : check_workspace(checked.loaded(), *checked.loaded().workspace, options, policy);
  keep(result.estate);
  if (!options.only_admission) {
    std::vector<const check::BaselineEntry*> stale;
    if (baseline) stale = stale_entries(*baseline, policy, make_report(checked.loaded(), result, options));
    check::add(check::check_policy(sources, policy.selection, unknown, stale), result.diagnostics);
  }
  policy.policy.baseline = nullptr;
  if (given.changes) keep_new(*given.changes, sources, result);
  checked.loading = read - start;
  checked.checking = Clock::now() - read;
  return checked;
}

/// Makes or shows the repairs of a look. Returns the number of findings repaired; `code` tells of files that were not.
std::size_t repair(const LintOptions& options, const Checked& checked, FileReader& reader, Streams& streams,
                   ExitCode& code) {
  std::size_t repaired = 0;
  const SourceSet& sources = checked.loaded().sources;
  const report::LintReport report = make_report(checked.loaded(), checked.result, options);
  const report::Places places(report);  // git apply and patch -p1 count from the top of the repository
  for (const check::FileRepair& repair : check::plan_repairs(checked.result.diagnostics, options.least_safety)) {
    const std::string& name = sources.name(repair.file);
    const Result<std::string> bytes = bytes_to_repair(repair, sources, reader);
    Result<void> done;
    if (!bytes) {
      done = tl::unexpected<Error>(bytes.error());
    } else if (options.repair == RepairMode::kShow) {
      streams.out << report::unified_diff(places.path(name), *bytes, repair.edits);
    } else {
      done = replace_file(name, check::apply_edits(*bytes, repair.edits));
    }
    if (done) {
      repaired += repair.findings;
    } else {
      code = complain(streams, ExitCode::kFailure, fmt::format("cannot repair {}: {}", name, done.error().message));
    }
  }
  return repaired;
}

/// Writes all findings as known ones, and takes them out of the result.
ExitCode write_baseline(const LintOptions& options, Checked& checked, Streams& streams) {
  const std::string text = report::baseline_json(make_report(checked.loaded(), checked.result, options));
  if (!write_file(options.write_baseline, text, streams)) return ExitCode::kFailure;
  check::CheckResult& result = checked.result;
  if (options.common.verbosity != Verbosity::kQuiet)
    streams.err << fmt::format("wicket: {} known findings written to {}\n", result.diagnostics.size(),
                               options.write_baseline);
  for (check::Diagnostic& finding : result.diagnostics)
    result.suppressed.push_back({.finding = std::move(finding), .by = check::Silencer::kBaseline, .reason = {}});
  result.diagnostics.clear();
  return ExitCode::kClean;
}

}  // namespace

ExitCode cmd_lint(const LintOptions& options, Streams& streams) {
  Given given;
  ExitCode code = read_given(options, given, streams);
  if (code != ExitCode::kClean) return code;

  DiskReader reader;
  Checked checked = look(options, given, reader, streams);
  std::size_t repaired = 0;
  for (int round = 0; options.repair == RepairMode::kApply && round < kMostRounds; ++round) {
    const std::size_t now = repair(options, checked, reader, streams, code);
    if (now == 0) break;
    repaired += now;
    checked = look(options, given, reader, streams);
  }
  if (repaired > 0 && options.common.verbosity != Verbosity::kQuiet)
    streams.err << fmt::format("wicket: {} {} repaired\n", repaired, repaired == 1 ? "finding" : "findings");
  const load::Loaded& loaded = checked.loaded();
  print_debug_forms(options.debug, loaded, streams.err);

  if (!options.write_baseline.empty()) code = worse(code, write_baseline(options, checked, streams));
  const auto before_report = Clock::now();
  if (options.repair == RepairMode::kShow) {
    repair(options, checked, reader, streams, code);
  } else {
    code = worse(code, write_reports(make_report(loaded, checked.result, options),
                                     chosen_outputs(options, streams.surroundings), options.common.verbosity, streams));
  }
  const auto reporting = Clock::now() - before_report;

  for (const load::Failure& failure : loaded.failures)
    streams.err << fmt::format("wicket: cannot read {}: {}\n", failure.file, failure.error.message);
  if (checked.result.unknown_references > 0 && options.common.verbosity != Verbosity::kQuiet) {
    const std::size_t unknown = checked.result.unknown_references;
    streams.err << fmt::format("wicket: {} to what is not in the input (--closed-world reports {})\n",
                               unknown == 1 ? "1 reference" : fmt::format("{} references", unknown),
                               unknown == 1 ? "it" : "them");
  }
  if (std::ranges::find(options.debug, DebugForm::kTiming) != options.debug.end()) {
    streams.err << fmt::format("timing: load {:.1f} ms, check {:.1f} ms, report {:.1f} ms\n",
                               milliseconds(checked.loading), milliseconds(checked.checking), milliseconds(reporting));
  }

  if (!loaded.failures.empty()) code = worse(code, ExitCode::kFailure);
  if (!options.exit_zero && has_findings(checked.result, options.fail_on)) code = worse(code, ExitCode::kFindings);
  return code;
}

}  // namespace wicket::cli
