// What a check is: one row of facts, from which explain, rules, the man page and two tests per check are made.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace wicket::check {

enum class Severity : std::uint8_t { kInfo, kWarning, kError };

/// "error", "warning" or "info".
[[nodiscard]] constexpr std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kInfo:
      return "info";
  }
  return "";
}

/// Who in a cluster would say the same, and when.
enum class Origin : std::uint8_t {
  kReader,    // kubectl's and istioctl's YAML reader: nothing reaches the cluster
  kSchema,    // the API server: CRD schema, object names
  kWebhook,   // Istio's validation webhook
  kAnalyzer,  // istioctl analyze
  kKiali,     // Kiali
  kPilot,     // the control plane drops or changes something without a word
  kOwn,       // no other tool
};

/// "reader", "schema", "webhook", "analyzer", "kiali", "pilot" or "wicket".
[[nodiscard]] std::string_view origin_name(Origin origin);

/// Whether the object is refused, or accepted with a warning, when it is applied.
[[nodiscard]] constexpr bool is_admission(Origin origin) {
  return origin == Origin::kReader || origin == Origin::kSchema || origin == Origin::kWebhook;
}

/// Facts about one check. `id` and `name` are permanent: a retired one is never used again.
struct RuleInfo {
  std::string_view id;            // WK and three digits
  std::string_view name;          // kebab-case, at most four words
  Severity severity{};            // level of its findings unless the check says otherwise for one of them
  bool on_by_default = true;      // false: only with --select or --extend-select
  std::string_view in_part{};     // what it speaks of unless asked for: "…, all with --select"; empty: of everything
  Origin origin{};                // of its findings unless the check says otherwise for one of them
  std::string_view covered_by{};  // id of the rule that finds the same first: this one is off while that one is on
  std::string_view aliases{};     // codes of other tools, blank-separated: "IST0106 KIA1102"
  std::string_view summary;       // one line: what is wrong
  std::string_view why;           // what happens in a cluster, and how to repair it
  std::string_view bad;           // smallest manifest that trips it, and nothing else
  std::string_view good;          // the same manifest repaired
  std::string_view source;        // where the behaviour is laid down
};

/// The number in an id: 102 of WK102.
[[nodiscard]] constexpr std::size_t rule_number(std::string_view id) {
  std::size_t number = 0;
  for (const char digit : id.substr(2)) number = number * 10 + static_cast<std::size_t>(digit - '0');
  return number;
}

/// The row with this id. A wrong id does not compile.
template <std::size_t N>
consteval const RuleInfo& rule(const RuleInfo (&rules)[N], std::string_view id) {
  for (const RuleInfo& candidate : rules)
    if (candidate.id == id) return candidate;
  throw "no such rule";
}

}  // namespace wicket::check
