#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "report/finding_parts.h"
#include "report/findings.h"

namespace wicket::report {
namespace {

/// What the runner would take for its own syntax. A property also ends at a colon or a comma.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : valid_utf8(text)) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    if (special) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

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
                   escaped(places.path(failure.file), true), escaped(failure.file, false),
                   escaped(failure.message, false));
  }
  for (const check::Diagnostic* finding : worst_first) {
    const auto [begin, last] = places.at(finding->span);
    // Columns count within one line; a span over several lines is told by its lines alone.
    const std::string columns =
        begin.line == last.line ? fmt::format(",col={},endColumn={}", begin.column, last.column) : "";
    // The log shows the text only, so the place stands there once more.
    fmt::format_to(end, "::{} file={},line={},endLine={}{},title={}::{}\n", command(finding->severity),
                   escaped(places.path(finding->span), true), begin.line, last.line, columns,
                   escaped(fmt::format("{} {}", finding->rule->id, finding->rule->name), true),
                   escaped(fmt::format("{}:{}:{}: {} [{}]", places.name(finding->span), begin.line, begin.column,
                                       whole_message(*finding), finding->rule->id),
                           false));
  }
  return out;
}

}  // namespace wicket::report
