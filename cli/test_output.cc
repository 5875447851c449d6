#include "cli/test_output.h"

#include <algorithm>
#include <string>
#include <vector>

#include "cli/lint_output.h"

namespace wicket::cli {
namespace {

constexpr std::size_t kSummaryRows = 500;  // a job's summary may hold 1 MiB

std::string rendered(const report::TestReport& report, TestFormat format, const report::TestTextStyle& style) {
  switch (format) {
    case TestFormat::kText:
      return report::tests_text(report, style);
    case TestFormat::kJson:
      return report::tests_json(report);
    case TestFormat::kJunit:
      return report::tests_junit(report);
    case TestFormat::kTap:
      return report::tests_tap(report);
    case TestFormat::kGithub:
      return report::tests_github(report);
    case TestFormat::kMarkdown:
      return report::tests_markdown(report);
  }
  return {};
}

}  // namespace

ExitCode write_test_reports(const report::TestReport& report, const TestOptions& options, Streams& streams) {
  std::vector<TestTarget> targets = options.outputs;
  if (targets.empty())
    targets = {{.format = streams.surroundings.github_actions ? TestFormat::kGithub : TestFormat::kText, .file = {}}};
  bool written = true;
  for (const TestTarget& target : targets) {
    const bool to_stream = target.file.empty();
    const std::string text = rendered(report, target.format,
                                      {.color = to_stream && streams.out_color,
                                       .summary = options.common.verbosity != Verbosity::kQuiet,
                                       .passed = options.common.verbosity == Verbosity::kVerbose});
    if (to_stream) {
      streams.out << text;
    } else {
      written = write_file(target.file, text, streams) && written;
    }
  }
  const std::string& summary = streams.surroundings.step_summary;
  if (!summary.empty() && std::ranges::count(targets, TestFormat::kGithub, &TestTarget::format) > 0)
    written = append_to_file(summary, report::tests_markdown(report, kSummaryRows), streams) && written;
  if (!options.lcov_file.empty())
    written = write_file(options.lcov_file, report::coverage_lcov(*report.coverage), streams) && written;
  return written ? ExitCode::kClean : ExitCode::kFailure;
}

}  // namespace wicket::cli
