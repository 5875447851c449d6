// One run with the rules that spoke. Regions count code points (columnKind says so), and the end column is, as in our
// own format, the first one behind.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "check/registry.h"
#include "report/finding_parts.h"
#include "report/findings.h"
#include "report/rules_doc.h"

namespace wicket::report {
namespace {

using check::Diagnostic;
using check::RuleInfo;
using Json = nlohmann::ordered_json;

constexpr std::string_view kRoot = "%SRCROOT%";

std::string_view level_name(check::Severity severity) {
  switch (severity) {
    case check::Severity::kError:
      return "error";
    case check::Severity::kWarning:
      return "warning";
    case check::Severity::kInfo:
      return "note";
  }
  return "none";
}

std::string_view silencer_name(check::Silencer by) {
  switch (by) {
    case check::Silencer::kComment:
      return "wicket:ignore comment";
    case check::Silencer::kAnnotation:
      return "galley.istio.io/analyze-suppress annotation";
    case check::Silencer::kSettings:
      return "settings";
    case check::Silencer::kBaseline:
      return "baseline";
  }
  return "";
}

Json text_object(std::string_view text) { return {{"text", text}}; }

Json rule_object(const RuleInfo& rule) {
  Json out;
  out["id"] = rule.id;
  out["name"] = rule.name;
  out["shortDescription"] = text_object(rule.summary);
  out["fullDescription"] = text_object(rule.why);
  out["help"] = {{"text", rule_text(rule, 100)}, {"markdown", rule_markdown(rule)}};
  out["defaultConfiguration"] = {{"enabled", rule.on_by_default}, {"level", level_name(rule.severity)}};
  Json tags = Json::array({check::origin_name(rule.origin)});
  for (const std::string_view alias : check::aliases_of(rule)) tags.push_back(alias);
  // GitHub's word for an info.
  const std::string_view problem =
      rule.severity == check::Severity::kInfo ? "recommendation" : check::severity_name(rule.severity);
  out["properties"] = {{"tags", std::move(tags)}, {"problem.severity", problem}};
  return out;
}

class Run {
 public:
  explicit Run(const LintReport& report) : report_(report), places_(report) {}

  Json take() {
    collect_rules();
    Json run;
    Json& driver = run["tool"]["driver"];
    driver["name"] = "wicket";
    driver["version"] = report_.tool_version;
    driver["semanticVersion"] = report_.tool_version;
    driver["rules"] = Json::array();
    for (const auto& [id, rule] : rules_) driver["rules"].push_back(rule_object(*rule));
    run["columnKind"] = "unicodeCodePoints";
    run["originalUriBaseIds"][kRoot]["description"] = text_object("The top of the repository");
    run["automationDetails"]["id"] = "wicket/lint/";
    run["invocations"] = Json::array({invocation()});
    Json& results = run["results"] = Json::array();
    for (const Diagnostic& finding : report_.diagnostics) put_result(results.emplace_back(), finding);
    for (const check::Suppressed& silent : report_.suppressed) {
      Json& result = results.emplace_back();
      put_result(result, silent.finding);
      const bool in_source = silent.by == check::Silencer::kComment || silent.by == check::Silencer::kAnnotation;
      const std::string reason = silent.reason.empty() ? std::string(silencer_name(silent.by)) : silent.reason;
      result["suppressions"] =
          Json::array({{{"kind", in_source ? "inSource" : "external"}, {"justification", reason}}});
    }
    return run;
  }

 private:
  void collect_rules() {
    for (const Diagnostic& finding : report_.diagnostics) rules_.emplace(finding.rule->id, finding.rule);
    for (const check::Suppressed& silent : report_.suppressed)
      rules_.emplace(silent.finding.rule->id, silent.finding.rule);
    std::size_t index = 0;
    for (const auto& [id, rule] : rules_) index_[id] = index++;
  }

  [[nodiscard]] Json artifact(std::string_view name) const {
    const std::string path = places_.path(name);
    Json out{{"uri", uri_of(path)}};
    if (!path.starts_with('/')) out["uriBaseId"] = kRoot;
    return out;
  }

  Json region(const Span& span) {
    const Place place = places_.at(span);
    return {{"startLine", place.begin.line},
            {"startColumn", place.begin.column},
            {"endLine", place.end.line},
            {"endColumn", place.end.column}};
  }

  Json location(const Span& span) {
    return {{"physicalLocation", {{"artifactLocation", artifact(places_.name(span))}, {"region", region(span)}}}};
  }

  /// What could not be read, for the reader to know that the results are not all.
  Json invocation() const {
    Json out{{"executionSuccessful", report_.failures.empty()}};
    if (report_.failures.empty()) return out;
    Json& notifications = out["toolExecutionNotifications"] = Json::array();
    for (const UnreadFile& failure : report_.failures) {
      notifications.push_back(
          {{"level", "error"},
           {"message", text_object(fmt::format("cannot read {}: {}", failure.file, failure.message))},
           {"locations", Json::array({{{"physicalLocation", {{"artifactLocation", artifact(failure.file)}}}}})}});
    }
    return out;
  }

  void put_result(Json& out, const Diagnostic& finding) {
    out["ruleId"] = finding.rule->id;
    out["ruleIndex"] = index_[finding.rule->id];
    out["level"] = level_name(finding.severity);
    out["message"] = text_object(whole_message(finding));
    Json place = location(finding.span);
    if (!finding.resource.kind.empty()) {
      std::string name = object_text(finding.resource);
      if (!finding.path.empty()) name += " " + finding.path;
      place["logicalLocations"] = Json::array({{{"fullyQualifiedName", name}, {"kind", "object"}}});
    }
    out["locations"] = Json::array({std::move(place)});
    if (!finding.notes.empty()) {
      Json& related = out["relatedLocations"] = Json::array();
      for (const check::Note& note : finding.notes) {
        Json other{{"id", related.size()}};
        other.update(location(note.span));
        other["message"] = text_object(note.message);
        related.push_back(std::move(other));
      }
    }
    out["partialFingerprints"] = {{"wicket/v1", finding.fingerprint}};
    if (!finding.fix.edits.empty()) out["fixes"] = Json::array({fix(finding.fix)});
  }

  Json fix(const check::Fix& repair) {
    std::map<std::string_view, Json> by_file;
    for (const check::Edit& edit : repair.edits) {
      Json& replacements = by_file.try_emplace(places_.name(edit.span), Json::array()).first->second;
      replacements.push_back({{"deletedRegion", region(edit.span)}, {"insertedContent", text_object(edit.text)}});
    }
    Json changes = Json::array();
    for (auto& [name, replacements] : by_file)
      changes.push_back({{"artifactLocation", artifact(name)}, {"replacements", std::move(replacements)}});
    return {{"description", text_object(repair.message)}, {"artifactChanges", std::move(changes)}};
  }

  const LintReport& report_;
  Places places_;
  std::map<std::string_view, const RuleInfo*> rules_;
  std::map<std::string_view, std::size_t> index_;
};

}  // namespace

std::string findings_sarif(const LintReport& report) {
  Json out;
  out["$schema"] = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  out["version"] = "2.1.0";
  out["runs"] = Json::array({Run(report).take()});
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wicket::report
