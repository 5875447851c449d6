// A finding that does not fail the run is a case that passes and says so in its output: a build server must not show
// red where the exit code is 0.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

#include "report/finding_parts.h"
#include "report/findings.h"

namespace wicket::report {
namespace {

using check::Diagnostic;

struct Suite {
  std::vector<const Diagnostic*> findings;
  std::vector<const UnreadFile*> unread;
  std::size_t failed = 0;

  [[nodiscard]] std::size_t cases() const { return std::max<std::size_t>(1, findings.size() + unread.size()); }
};

void append_case(std::string& out, const LintReport& report, Places& places, const Diagnostic& finding) {
  const Position at = places.at(finding.span).begin;
  const std::string path = places.path(finding.span);
  const std::string object = object_text(finding.resource);
  auto end = std::back_inserter(out);
  fmt::format_to(end, "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\">\n", xml_attribute(path),
                 xml_attribute(fmt::format("{} {} at {}:{}", finding.rule->id, finding.rule->name, at.line, at.column)),
                 xml_attribute(path), at.line);
  std::string text = fmt::format("{}:{}:{}: {}: {} [{}]\n", path, at.line, at.column,
                                 check::severity_name(finding.severity), finding.message, finding.rule->id);
  if (!object.empty()) text += fmt::format("in {}{}{}\n", object, finding.path.empty() ? "" : ", ", finding.path);
  for (const check::Note& note : finding.notes) {
    const Position other = places.at(note.span).begin;
    text += fmt::format("note: {}:{}:{}: {}\n", places.path(note.span), other.line, other.column, note.message);
  }
  if (!finding.help.empty()) text += fmt::format("help: {}\n", finding.help);
  if (fails(report, finding)) {
    fmt::format_to(end, "      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                   check::severity_name(finding.severity), xml_attribute(finding.message), xml_text(text));
  } else {
    fmt::format_to(end, "      <system-out>{}</system-out>\n", xml_text(text));
  }
  out += "    </testcase>\n";
}

}  // namespace

std::string findings_junit(const LintReport& report) {
  std::map<std::string, Suite> suites;
  for (std::size_t i = 0; i < std::min(report.counts.files, report.sources.size()); ++i)
    suites[report.sources.name(static_cast<FileId>(i))];
  for (const Diagnostic& finding : report.diagnostics) {
    Suite& suite = suites[report.sources.name(finding.span.file)];
    suite.findings.push_back(&finding);
    if (fails(report, finding)) ++suite.failed;
  }
  for (const UnreadFile& failure : report.failures) suites[failure.file].unread.push_back(&failure);

  std::size_t cases = 0, failed = 0;
  for (const auto& [name, suite] : suites) {
    cases += suite.cases();
    failed += suite.failed;
  }
  Places places(report);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  auto end = std::back_inserter(out);
  fmt::format_to(end, "<testsuites name=\"wicket lint\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n", cases, failed,
                 report.failures.size());
  for (const auto& [name, suite] : suites) {
    const std::string path = xml_attribute(places.path(name));
    fmt::format_to(end, "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n", path, suite.cases(),
                   suite.failed, suite.unread.size());
    for (const Diagnostic* finding : suite.findings) append_case(out, report, places, *finding);
    for (const UnreadFile* failure : suite.unread) {
      fmt::format_to(end,
                     "    <testcase classname=\"{}\" name=\"readable\">\n"
                     "      <error type=\"unreadable\" message=\"{}\"/>\n    </testcase>\n",
                     path, xml_attribute(failure->message));
    }
    if (suite.findings.empty() && suite.unread.empty())
      fmt::format_to(end, "    <testcase classname=\"{}\" name=\"no findings\"/>\n", path);
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace wicket::report
