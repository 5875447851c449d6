#include <nlohmann/json.hpp>

#include "check/registry.h"
#include "report/finding_parts.h"
#include "report/findings.h"

namespace wicket::report {
namespace {

using check::Diagnostic;
using Json = nlohmann::ordered_json;

void put_place(Json& out, Places& places, const Span& span) {
  const Place place = places.at(span);
  out["file"] = places.name(span);
  out["line"] = place.begin.line;
  out["column"] = place.begin.column;
  out["endLine"] = place.end.line;
  out["endColumn"] = place.end.column;
}

void put_finding(Json& out, Places& places, const Diagnostic& finding) {
  out["code"] = finding.rule->id;
  out["name"] = finding.rule->name;
  out["aliases"] = check::aliases_of(*finding.rule);
  out["level"] = check::severity_name(finding.severity);
  out["origin"] = check::origin_name(finding.origin);
  out["message"] = finding.message;
  put_place(out, places, finding.span);
  out["document"] = finding.document;
  if (!finding.resource.kind.empty()) {
    out["resource"]["kind"] = finding.resource.kind;
    out["resource"]["namespace"] = finding.resource.ns;
    out["resource"]["name"] = finding.resource.name;
  }
  out["path"] = finding.path;
  out["related"] = Json::array();
  for (const check::Note& note : finding.notes) {
    Json related;
    put_place(related, places, note.span);
    related["message"] = note.message;
    out["related"].push_back(std::move(related));
  }
  if (!finding.help.empty()) out["help"] = finding.help;
  if (!finding.fix.edits.empty()) {
    out["fix"]["message"] = finding.fix.message;
    out["fix"]["safe"] = finding.fix.safety == check::Safety::kSafe;
    for (const check::Edit& edit : finding.fix.edits) {
      Json place;
      put_place(place, places, edit.span);
      place["text"] = edit.text;
      out["fix"]["edits"].push_back(std::move(place));
    }
  }
  if (!finding.witness.url.empty()) {
    Json& witness = out["witness"];
    witness["method"] = finding.witness.method;
    witness["url"] = finding.witness.url;
    if (!finding.witness.headers.empty()) witness["headers"] = Json::array();
    for (const auto& [name, value] : finding.witness.headers) witness["headers"].push_back(Json::array({name, value}));
  }
  out["fingerprint"] = finding.fingerprint;
}

}  // namespace

std::string finding_json_line(Places& places, const Diagnostic& finding, std::string_view type) {
  Json out;
  if (!type.empty()) out["type"] = type;
  put_finding(out, places, finding);
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string findings_json(const LintReport& report) {
  const auto counts = count_levels(report);
  Json out;
  out["schemaVersion"] = 1;
  out["tool"]["name"] = "wicket";
  out["tool"]["version"] = report.tool_version;
  Json& summary = out["summary"];
  summary["errors"] = counts[static_cast<std::size_t>(check::Severity::kError)];
  summary["warnings"] = counts[static_cast<std::size_t>(check::Severity::kWarning)];
  summary["infos"] = counts[static_cast<std::size_t>(check::Severity::kInfo)];
  summary["suppressed"] = report.counts.suppressed;
  summary["files"] = report.counts.files;
  summary["resources"] = report.counts.resources;
  summary["skipped"] = report.counts.skipped;
  summary["unknownReferences"] = report.counts.unknown_references;
  out["failures"] = Json::array();
  for (const UnreadFile& failure : report.failures)
    out["failures"].push_back(Json{{"file", failure.file}, {"message", failure.message}});
  out["findings"] = Json::array();
  Places places(report);
  for (const Diagnostic& finding : report.diagnostics) put_finding(out["findings"].emplace_back(), places, finding);
  // File names and values may hold bytes that are not UTF-8.
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wicket::report
