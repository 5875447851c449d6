// wicket lint, as a list of steps: load, check, report, exit code. Read this first to see how a manifest becomes
// findings.
#include "cli/cmd_lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "base/file_reader.h"
#include "check/run.h"
#include "cli/debug_forms.h"
#include "cli/lint_output.h"
#include "cli/repository.h"
#include "cli/version.h"
#include "load/load.h"
#include "report/findings.h"

namespace wicket::cli {
namespace {

using Clock = std::chrono::steady_clock;

load::LoadOptions load_options(const LintOptions& options) {
  return {.paths = options.paths,
          .stdin_name = options.stdin_filename,
          .honour_ignore_files = options.honour_ignore_files,
          .threads = options.common.jobs,
          .workspace = {.default_namespace = options.default_namespace, .cluster_domain = options.cluster_domain}};
}

check::CheckResult check_all(const load::Loaded& loaded, const LintOptions& options,
                             const check::Selection& selection) {
  const check::CheckInput input{
      .sources = loaded.sources, .workspace = *loaded.workspace, .closed_world = options.closed_world};
  return check::run(input, {.selection = selection, .only_admission = options.only_admission, .is_suppressed = {}});
}

/// Each file checked as if it were alone; the findings come together again.
check::CheckResult check_separately(const load::Loaded& loaded, const LintOptions& options,
                                    const check::Selection& selection) {
  check::CheckResult all;
  for (const auto& file : loaded.workspace->files()) {
    const model::Workspace alone({file}, loaded.workspace->options());
    const check::CheckInput input{.sources = loaded.sources, .workspace = alone, .closed_world = options.closed_world};
    check::CheckResult one =
        check::run(input, {.selection = selection, .only_admission = options.only_admission, .is_suppressed = {}});
    std::ranges::move(one.diagnostics, std::back_inserter(all.diagnostics));
    all.suppressed += one.suppressed;
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
                            .fail_on = options.fail_on,
                            .paths = repository_paths()};
  for (const load::Failure& failure : loaded.failures) report.failures.push_back({failure.file, failure.error.message});
  report.counts.files = loaded.workspace->files().size();
  for (const auto& file : loaded.workspace->files()) report.counts.resources += file->resources.size();
  report.counts.skipped = loaded.skipped;
  report.counts.suppressed = result.suppressed;
  report.counts.unknown_references = result.unknown_references;
  return report;
}

bool has_findings(const check::CheckResult& result, std::optional<check::Severity> least) {
  return least && std::ranges::any_of(result.diagnostics,
                                      [&](const check::Diagnostic& finding) { return finding.severity >= *least; });
}

/// Keeps what was read until the process ends: the system takes the memory back at once, destructors would need a tenth
/// of the whole run to do it piece by piece.
const load::Loaded& keep(load::Loaded loaded) {
  static auto* const kept = new std::deque<load::Loaded>;
  return kept->emplace_back(std::move(loaded));
}

double milliseconds(Clock::duration duration) { return std::chrono::duration<double, std::milli>(duration).count(); }

}  // namespace

ExitCode cmd_lint(const LintOptions& options, Streams& streams) {
  const auto selection = check::Selection::from(
      {.select = options.select, .extend_select = options.extend_select, .ignore = options.ignore});
  if (!selection) {
    streams.err << "wicket: " << selection.error().message << '\n';
    return ExitCode::kUsage;
  }

  const auto start = Clock::now();
  DiskReader reader;
  const load::Loaded& loaded = keep(load::load(load_options(options), reader, streams.in));
  const auto read = Clock::now();
  print_debug_forms(options.debug, loaded, streams.err);

  const check::CheckResult result =
      options.separate ? check_separately(loaded, options, *selection) : check_all(loaded, options, *selection);
  const auto checked = Clock::now();

  ExitCode code = ExitCode::kClean;
  const report::LintReport report = make_report(loaded, result, options);
  code = worse(code,
               write_reports(report, chosen_outputs(options, streams.surroundings), options.common.verbosity, streams));
  const auto written = Clock::now();

  for (const load::Failure& failure : loaded.failures)
    streams.err << fmt::format("wicket: cannot read {}: {}\n", failure.file, failure.error.message);
  if (result.unknown_references > 0 && options.common.verbosity != Verbosity::kQuiet) {
    streams.err << fmt::format("wicket: {} references to what is not in the input (--closed-world reports them)\n",
                               result.unknown_references);
  }
  if (std::ranges::find(options.debug, DebugForm::kTiming) != options.debug.end()) {
    streams.err << fmt::format("timing: load {:.1f} ms, check {:.1f} ms, report {:.1f} ms\n",
                               milliseconds(read - start), milliseconds(checked - read),
                               milliseconds(written - checked));
  }

  if (!loaded.failures.empty()) code = worse(code, ExitCode::kFailure);
  if (!options.exit_zero && has_findings(result, options.fail_on)) code = worse(code, ExitCode::kFindings);
  return code;
}

}  // namespace wicket::cli
