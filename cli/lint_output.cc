#include "cli/lint_output.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

namespace wicket::cli {
namespace {

constexpr std::size_t kSummaryRows = 500;  // a job's summary may hold 1 MiB

std::string rendered(const report::LintReport& report, FindingFormat format, const report::TextStyle& style) {
  switch (format) {
    case FindingFormat::kText:
      return report::findings_text(report, style);
    case FindingFormat::kJson:
      return report::findings_json(report);
    case FindingFormat::kJsonl:
      return report::findings_jsonl(report);
    case FindingFormat::kSarif:
      return report::findings_sarif(report);
    case FindingFormat::kJunit:
      return report::findings_junit(report);
    case FindingFormat::kTap:
      return report::findings_tap(report);
    case FindingFormat::kGithub:
      return report::findings_github(report);
    case FindingFormat::kGitlab:
      return report::findings_gitlab(report);
    case FindingFormat::kCheckstyle:
      return report::findings_checkstyle(report);
    case FindingFormat::kMarkdown:
      return report::findings_markdown(report);
  }
  return {};
}

bool write_to(const std::string& name, std::ios::openmode mode, const std::string& text, Streams& streams) {
  errno = 0;
  std::ofstream file(name, std::ios::binary | mode);
  file << text;
  file.close();
  if (file) return true;
  const int error = errno;
  streams.err << "wicket: cannot write " << name;
  if (error != 0) streams.err << ": " << std::generic_category().message(error);
  streams.err << '\n';
  return false;
}

}  // namespace

bool write_file(const std::string& name, const std::string& text, Streams& streams) {
  return write_to(name, std::ios::trunc, text, streams);
}

bool append_to_file(const std::string& name, const std::string& text, Streams& streams) {
  return write_to(name, std::ios::app, text, streams);
}

std::vector<OutputTarget> chosen_outputs(const LintOptions& options, const Surroundings& surroundings) {
  if (!options.outputs.empty()) return options.outputs;
  return {{.format = surroundings.github_actions ? FindingFormat::kGithub : FindingFormat::kText, .file = {}}};
}

ExitCode write_reports(const report::LintReport& report, std::span<const OutputTarget> targets, Verbosity verbosity,
                       Streams& streams) {
  bool written = true;
  for (const OutputTarget& target : targets) {
    const bool to_stream = target.file.empty();
    const std::string text = rendered(
        report, target.format, {.color = to_stream && streams.out_color, .summary = verbosity != Verbosity::kQuiet});
    if (to_stream) {
      streams.out << text;
    } else {
      written = write_to(target.file, std::ios::trunc, text, streams) && written;
    }
  }
  const std::string& summary = streams.surroundings.step_summary;
  if (!summary.empty() && std::ranges::count(targets, FindingFormat::kGithub, &OutputTarget::format) > 0)
    written = write_to(summary, std::ios::app, report::findings_markdown(report, kSummaryRows), streams) && written;
  return written ? ExitCode::kClean : ExitCode::kFailure;
}

}  // namespace wicket::cli
