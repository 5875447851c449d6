#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "report/finding_parts.h"
#include "report/findings.h"

namespace wicket::report {
std::string findings_tap(const LintReport& report) {
  Places places(report);
  std::vector<bool> has_finding(report.sources.size());
  for (const check::Diagnostic& finding : report.diagnostics)
    has_finding[static_cast<std::size_t>(finding.span.file)] = true;
  std::string lines;
  auto end = std::back_inserter(lines);
  std::size_t number = 0;
  for (const check::Diagnostic& finding : report.diagnostics) {
    const Position at = places.at(finding.span).begin;
    const std::string path = places.path(finding.span);
    fmt::format_to(end, "not ok {} - {}{}\n", ++number,
                   tap_description(fmt::format("{}:{}:{}: {} {}: {}", path, at.line, at.column, finding.rule->id,
                                               finding.rule->name, finding.message)),
                   fails(report, finding) ? "" : " # TODO below the level that fails");
    fmt::format_to(end, "  ---\n  severity: {}\n  code: {}\n  message: {}\n  file: {}\n  line: {}\n  column: {}\n",
                   check::severity_name(finding.severity), finding.rule->id, yaml_quoted(finding.message),
                   yaml_quoted(path), at.line, at.column);
    if (const std::string object = object_text(finding.resource); !object.empty())
      fmt::format_to(end, "  resource: {}\n", yaml_quoted(object));
    if (!finding.path.empty()) fmt::format_to(end, "  path: {}\n", yaml_quoted(finding.path));
    if (!finding.help.empty()) fmt::format_to(end, "  help: {}\n", yaml_quoted(finding.help));
    lines += "  ...\n";
  }
  for (const UnreadFile& failure : report.failures) {
    fmt::format_to(end, "not ok {} - {}\n", ++number,
                   tap_description(fmt::format("{}: cannot read: {}", places.path(failure.file), failure.message)));
  }
  for (std::size_t i = 0; i < std::min(report.counts.files, has_finding.size()); ++i) {
    if (has_finding[i]) continue;
    fmt::format_to(end, "ok {} - {}\n", ++number,
                   tap_description(places.path(report.sources.name(static_cast<FileId>(i)))));
  }
  return fmt::format("TAP version 13\n1..{}\n{}", number, lines);
}

}  // namespace wicket::report
