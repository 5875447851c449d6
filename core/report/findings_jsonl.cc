#include <nlohmann/json.hpp>

#include "report/finding_parts.h"
#include "report/findings.h"

namespace wicket::report {

std::string findings_jsonl(const LintReport& report) {
  using Json = nlohmann::ordered_json;
  constexpr auto kReplace = Json::error_handler_t::replace;
  std::string out;
  Places places(report);
  for (const check::Diagnostic& finding : report.diagnostics)
    out += finding_json_line(places, finding, "finding") + "\n";
  for (const UnreadFile& failure : report.failures) {
    const Json line{{"type", "failure"}, {"file", failure.file}, {"message", failure.message}};
    out += line.dump(-1, ' ', false, kReplace) + "\n";
  }
  const auto counts = count_levels(report);
  const Json summary{{"type", "summary"},
                     {"schemaVersion", 1},
                     {"tool", {{"name", "wicket"}, {"version", report.tool_version}}},
                     {"errors", counts[static_cast<std::size_t>(check::Severity::kError)]},
                     {"warnings", counts[static_cast<std::size_t>(check::Severity::kWarning)]},
                     {"infos", counts[static_cast<std::size_t>(check::Severity::kInfo)]},
                     {"suppressed", report.counts.suppressed},
                     {"files", report.counts.files},
                     {"resources", report.counts.resources},
                     {"skipped", report.counts.skipped},
                     {"unknownReferences", report.counts.unknown_references}};
  return out + summary.dump(-1, ' ', false, kReplace) + "\n";
}

}  // namespace wicket::report
