#include "report/rules_doc.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/wrap.h"

namespace wicket::report {
namespace {

using Json = nlohmann::ordered_json;  // keys in the order in which they are documented

// Who would say the same, and when.
std::string_view origin_sentence(check::Origin origin) {
  switch (origin) {
    case check::Origin::kReader:
      return "kubectl's and istioctl's YAML reader, before anything reaches the cluster";
    case check::Origin::kSchema:
      return "the API server, when the object is applied";
    case check::Origin::kWebhook:
      return "Istio's validation webhook, when the object is applied";
    case check::Origin::kAnalyzer:
      return "istioctl analyze";
    case check::Origin::kKiali:
      return "Kiali";
    case check::Origin::kPilot:
      return "nobody: the control plane drops or changes it without a word";
    case check::Origin::kOwn:
      return "no other tool";
  }
  return "";
}

std::string default_state(const check::RuleInfo& rule) {
  if (rule.on_by_default && !rule.in_part.empty())
    return fmt::format("by default for {}; --extend-select {} for all", rule.in_part, rule.id);
  return rule.on_by_default ? "on by default" : "off by default";
}

/// Behind the summary in a list.
std::string_view state_mark(const check::RuleInfo& rule) {
  if (!rule.on_by_default) return " (off by default)";
  return rule.in_part.empty() ? "" : " (partly on by default)";
}

// Who speaks in place of this check.
std::string covered(const check::RuleInfo& rule) {
  if (rule.covered_by.empty()) return {};
  return fmt::format("{}, which finds the same first; speaks where that one is left out", rule.covered_by);
}

// The lines of a manifest, without the blank ones around it.
std::vector<std::string_view> manifest_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (!lines.empty() || !line.empty()) lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

void append_manifest(std::string& out, std::string_view title, std::string_view manifest) {
  if (manifest.empty()) return;
  out += fmt::format("\n{}:\n\n", title);
  for (const std::string_view line : manifest_lines(manifest))
    out += line.empty() ? "\n" : fmt::format("    {}\n", line);
}

// "Source:       text", the text in a column of its own.
void append_fact(std::string& out, std::string_view label, std::string_view text, std::size_t width) {
  constexpr std::size_t kColumn = 15;
  if (text.empty()) return;
  std::string line = fmt::format("{}:", label);
  for (const std::string& part : wrap(text, width - kColumn)) {
    line.resize(kColumn, ' ');
    out += line + part + "\n";
    line.clear();
  }
}

void append_fenced(std::string& out, std::string_view title, std::string_view manifest) {
  if (manifest.empty()) return;
  out += fmt::format("\n{}:\n\n```yaml\n{}\n```\n", title, fmt::join(manifest_lines(manifest), "\n"));
}

std::string aliases_text(const check::RuleInfo& rule) {
  return fmt::format("{}", fmt::join(check::aliases_of(rule), " "));
}

Json rule_object(const check::RuleInfo& rule) {
  return {{"code", rule.id},
          {"name", rule.name},
          {"aliases", check::aliases_of(rule)},
          {"level", check::severity_name(rule.severity)},
          {"onByDefault", rule.on_by_default},
          {"inPart", rule.in_part},
          {"origin", check::origin_name(rule.origin)},
          {"coveredBy", rule.covered_by},
          {"summary", rule.summary},
          {"why", rule.why},
          {"bad", rule.bad},
          {"good", rule.good},
          {"source", rule.source}};
}

bool is_listed(const check::RuleInfo& rule, bool all) { return all || rule.on_by_default; }

}  // namespace

std::string rule_text(const check::RuleInfo& rule, std::size_t width) {
  std::string out = fmt::format("{} {}\n\n", rule.id, rule.name);
  for (const std::string& line : wrap(rule.summary, width)) out += line + "\n";
  out += "\n";
  for (const std::string& line : wrap(rule.why, width)) out += line + "\n";
  append_manifest(out, "Found in", rule.bad);
  append_manifest(out, "Not in", rule.good);
  out += "\n";
  append_fact(out, "Level", fmt::format("{}, {}", check::severity_name(rule.severity), default_state(rule)), width);
  append_fact(out, "Also found by", origin_sentence(rule.origin), width);
  append_fact(out, "Other codes", aliases_text(rule), width);
  append_fact(out, "Covered by", covered(rule), width);
  append_fact(out, "Source", rule.source, width);
  append_fact(out, "Leave out", fmt::format("wicket lint --ignore {}", rule.id), width);
  return out;
}

std::string rule_markdown(const check::RuleInfo& rule) {
  std::string out = fmt::format("## {} {}\n\n**{}**\n\n{}\n", rule.id, rule.name, rule.summary, rule.why);
  append_fenced(out, "Found in", rule.bad);
  append_fenced(out, "Not in", rule.good);
  out += fmt::format("\n- Level: {}, {}\n- Also found by: {}\n", check::severity_name(rule.severity),
                     default_state(rule), origin_sentence(rule.origin));
  if (const std::string aliases = aliases_text(rule); !aliases.empty())
    out += fmt::format("- Other codes: {}\n", aliases);
  if (!rule.covered_by.empty()) out += fmt::format("- Covered by: {}\n", covered(rule));
  if (!rule.source.empty()) out += fmt::format("- Source: {}\n", rule.source);
  return out + fmt::format("- Leave out: `wicket lint --ignore {}`\n", rule.id);
}

std::string rules_json(std::span<const check::RuleInfo* const> rules, std::string_view version) {
  Json list = Json::array();
  for (const check::RuleInfo* rule : rules) list.push_back(rule_object(*rule));
  const Json document = {
      {"schemaVersion", 1}, {"tool", {{"name", "wicket"}, {"version", version}}}, {"rules", std::move(list)}};
  return document.dump(2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace) + "\n";
}

std::string rules_table(std::span<const check::Family* const> families, bool all) {
  std::size_t name_width = 0;
  for (const check::Family* family : families)
    for (const check::RuleInfo& rule : family->rules)
      if (is_listed(rule, all)) name_width = std::max(name_width, rule.name.size());

  std::string out;
  for (const check::Family* family : families) {
    if (std::ranges::none_of(family->rules, [all](const check::RuleInfo& rule) { return is_listed(rule, all); }))
      continue;
    out += fmt::format("{}{} ({})\n", out.empty() ? "" : "\n", family->title, family->prefix);
    for (const check::RuleInfo& rule : family->rules)
      if (is_listed(rule, all))
        out += fmt::format("  {}  {:<7}  {:<{}}  {}{}\n", rule.id, check::severity_name(rule.severity), rule.name,
                           name_width, rule.summary, state_mark(rule));
  }
  return out;
}

}  // namespace wicket::report
