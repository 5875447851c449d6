#include "report/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <vector>

#include "report/finding_parts.h"

namespace wicket::report {

std::string baseline_json(const LintReport& report) {
  using Json = nlohmann::ordered_json;
  struct Entry {
    std::string file, code, resource, path, fingerprint;

    [[nodiscard]] auto key() const { return std::tie(file, code, resource, path, fingerprint); }
  };
  Places places(report);
  std::vector<Entry> entries;
  for (const check::Diagnostic& finding : report.diagnostics) {
    entries.push_back({places.path(finding.span), std::string(finding.rule->id), object_text(finding.resource),
                       finding.path, finding.fingerprint});
  }
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) { return a.key() < b.key(); });
  // One entry a line: a diff of two baselines is a list of findings.
  std::string out = "{\n  \"schemaVersion\": 1,\n  \"findings\": [";
  const char* between = "\n    ";
  for (const Entry& entry : entries) {
    Json line;
    line["code"] = entry.code;
    line["file"] = entry.file;
    if (!entry.resource.empty()) line["resource"] = entry.resource;
    if (!entry.path.empty()) line["path"] = entry.path;
    line["fingerprint"] = entry.fingerprint;
    out += between + line.dump(-1, ' ', false, Json::error_handler_t::replace);
    between = ",\n    ";
  }
  return out + (entries.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

}  // namespace wicket::report
