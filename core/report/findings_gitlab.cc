#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "report/finding_parts.h"
#include "report/findings.h"

namespace wicket::report {
namespace {

std::string_view severity_of(check::Severity severity) {
  switch (severity) {
    case check::Severity::kError:
      return "major";
    case check::Severity::kWarning:
      return "minor";
    case check::Severity::kInfo:
      return "info";
  }
  return "info";
}

}  // namespace

std::string findings_gitlab(const LintReport& report) {
  using Json = nlohmann::ordered_json;
  Json out = Json::array();
  Places places(report);
  for (const UnreadFile& failure : report.failures) {
    const std::string path = places.path(failure.file);
    out.push_back({{"description", "cannot read: " + failure.message},
                   {"check_name", "unreadable"},
                   {"fingerprint", "unreadable:" + path},
                   {"severity", "blocker"},
                   {"location", {{"path", path}, {"lines", {{"begin", 1}}}}}});
  }
  // GitLab keeps one issue a fingerprint: the second of two equal ones is numbered.
  std::map<std::string, std::size_t> seen;
  for (const check::Diagnostic& finding : report.diagnostics) {
    const std::string path = places.path(finding.span);
    const Place place = places.at(finding.span);
    const std::string fingerprint = fmt::format("{}:{}", finding.fingerprint, path);
    const std::size_t count = ++seen[fingerprint];
    out.push_back({{"description", whole_message(finding)},
                   {"check_name", fmt::format("{} {}", finding.rule->id, finding.rule->name)},
                   {"fingerprint", count == 1 ? fingerprint : fmt::format("{}:{}", fingerprint, count)},
                   {"severity", severity_of(finding.severity)},
                   {"location", {{"path", path}, {"lines", {{"begin", place.begin.line}, {"end", place.end.line}}}}}});
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wicket::report
