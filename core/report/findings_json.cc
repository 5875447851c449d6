#include <nlohmann/json.hpp>

#include "report/findings.h"

namespace wicket::report {
namespace {

using check::Diagnostic;
using Json = nlohmann::ordered_json;

void put_place(Json& out, const SourceSet& sources, const Span& span) {
  const Position begin = sources.position(span.file, span.begin);
  const Position end = sources.position(span.file, span.end);
  out["file"] = sources.name(span.file);
  out["line"] = begin.line;
  out["column"] = begin.column;
  out["endLine"] = end.line;
  out["endColumn"] = end.column;
}

Json aliases_of(const check::RuleInfo& rule) {
  Json out = Json::array();
  std::string_view left = rule.aliases;
  while (!left.empty()) {
    const std::size_t end = std::min(left.find(' '), left.size());
    out.push_back(left.substr(0, end));
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return out;
}

Json finding_json(const LintReport& report, const Diagnostic& finding) {
  Json out;
  out["code"] = finding.rule->id;
  out["name"] = finding.rule->name;
  out["aliases"] = aliases_of(*finding.rule);
  out["level"] = check::severity_name(finding.severity);
  out["origin"] = check::origin_name(finding.origin);
  out["message"] = finding.message;
  put_place(out, report.sources, finding.span);
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
    put_place(related, report.sources, note.span);
    related["message"] = note.message;
    out["related"].push_back(std::move(related));
  }
  if (!finding.help.empty()) out["help"] = finding.help;
  if (!finding.fix.edits.empty()) {
    out["fix"]["message"] = finding.fix.message;
    for (const check::Edit& edit : finding.fix.edits) {
      Json place;
      put_place(place, report.sources, edit.span);
      place["text"] = edit.text;
      out["fix"]["edits"].push_back(std::move(place));
    }
  }
  out["fingerprint"] = finding.fingerprint;
  return out;
}

}  // namespace

std::string findings_json(const LintReport& report) {
  std::size_t counts[3] = {};
  for (const Diagnostic& finding : report.diagnostics) ++counts[static_cast<std::size_t>(finding.severity)];
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
  for (const Diagnostic& finding : report.diagnostics) out["findings"].push_back(finding_json(report, finding));
  // File names and values may hold bytes that are not UTF-8.
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wicket::report
