#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "report/finding_parts.h"
#include "report/findings.h"

namespace wicket::report {
std::string findings_markdown(const LintReport& report, std::size_t max_rows) {
  const auto counts = count_levels(report);
  std::string out = "### wicket lint\n\n";
  auto end = std::back_inserter(out);
  fmt::format_to(end, "{}, {}, {} in {}, {}",
                 counted(counts[static_cast<std::size_t>(check::Severity::kError)], "error", "errors"),
                 counted(counts[static_cast<std::size_t>(check::Severity::kWarning)], "warning", "warnings"),
                 counted(counts[static_cast<std::size_t>(check::Severity::kInfo)], "info", "infos"),
                 counted(report.counts.resources, "resource", "resources"),
                 counted(report.counts.files, "file", "files"));
  if (report.counts.suppressed > 0) fmt::format_to(end, "; {} suppressed", report.counts.suppressed);
  out += "\n";
  Places places(report);
  if (!report.failures.empty()) out += "\n";
  for (const UnreadFile& failure : report.failures)
    fmt::format_to(end, "- cannot read {}: {}\n", markdown_cell(places.path(failure.file)),
                   markdown_cell(failure.message));
  if (report.diagnostics.empty()) return out;

  std::vector<const check::Diagnostic*> worst_first;
  for (const check::Diagnostic& finding : report.diagnostics) worst_first.push_back(&finding);
  std::ranges::stable_sort(worst_first, std::ranges::greater(), &check::Diagnostic::severity);
  out += "\n| Level | Place | Finding | Check |\n| --- | --- | --- | --- |\n";
  const std::size_t rows = std::min(max_rows, worst_first.size());
  for (std::size_t row = 0; row < rows; ++row) {
    const check::Diagnostic& finding = *worst_first[row];
    const Position at = places.at(finding.span).begin;
    fmt::format_to(end, "| {} | {}:{}:{} | {} | {} {} |\n", check::severity_name(finding.severity),
                   markdown_cell(places.path(finding.span)), at.line, at.column, markdown_cell(whole_message(finding)),
                   finding.rule->id, finding.rule->name);
  }
  if (rows < worst_first.size()) fmt::format_to(end, "\nand {} more\n", worst_first.size() - rows);
  return out;
}

}  // namespace wicket::report
