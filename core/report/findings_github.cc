#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "report/finding_parts.h"
#include "report/findings.h"

namespace wicket::report {
namespace {

std::string_view command(check::Severity severity) {
  switch (severity) {
    case check::Severity::kError:
      return "error";
    case check::Severity::kWarning:
      return "warning";
    case check::Severity::kInfo:
      return "notice";
  }
  return "notice";
}

}  // namespace

std::string findings_github(const LintReport& report) {
  std::vector<const check::Diagnostic*> worst_first;
  for (const check::Diagnostic& finding : report.diagnostics) worst_first.push_back(&finding);
  std::ranges::stable_sort(worst_first, std::ranges::greater(), &check::Diagnostic::severity);

  std::string out;
  auto end = std::back_inserter(out);
  Places places(report);
  for (const UnreadFile& failure : report.failures) {
    fmt::format_to(end, "::error file={},title=unreadable::cannot read {}: {}\n",
                   github_escaped(places.path(failure.file), true), github_escaped(failure.file, false),
                   github_escaped(failure.message, false));
  }
  for (const check::Diagnostic* finding : worst_first) {
    const auto [begin, last] = places.at(finding->span);
    // Columns count within one line; a span over several lines is told by its lines alone.
    const std::string columns =
        begin.line == last.line ? fmt::format(",col={},endColumn={}", begin.column, last.column) : "";
    // The log shows the text only, so the place stands there once more.
    fmt::format_to(end, "::{} file={},line={},endLine={}{},title={}::{}\n", command(finding->severity),
                   github_escaped(places.path(finding->span), true), begin.line, last.line, columns,
                   github_escaped(fmt::format("{} {}", finding->rule->id, finding->rule->name), true),
                   github_escaped(fmt::format("{}:{}:{}: {} [{}]", places.name(finding->span), begin.line, begin.column,
                                              whole_message(*finding), finding->rule->id),
                                  false));
  }
  return out;
}

}  // namespace wicket::report
