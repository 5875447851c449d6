// DestinationRules whose hosts have services in common.
//
// Istio merges rules for one host in one namespace: the first trafficPolicy wins, subsets are added. A rule for a
// narrower host replaces one for a wider host, and nothing is inherited.
#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/text_hash.h"
#include "check/destinations.h"
#include "check/export_scope.h"
#include "check/words.h"
#include "model/host_name.h"
#include "rules/host_names.h"

namespace wicket::check {
namespace {

using model::DestinationRule;
using model::Resource;

/// A rule, ready to be compared.
struct Entry {
  const Resource* resource = nullptr;
  const DestinationRule* rule = nullptr;
  std::string host;  // in full; with the client pods that the rule is for, if it chooses them, in `clients`
  std::string clients;
  std::vector<std::string> scopes;
  bool is_wide_mutual = false;  // ISTIO_MUTUAL for a wildcard: what meshes set for all their services
};

bool is_whole_wildcard(std::string_view host) { return host == "*" || host.starts_with("*."); }

/// The hosts one after another that take in `host`, the closest first: *.b.c, *.c, *. Labels are kept whole.
template <class Visit>
void for_each_wider(std::string_view host, Visit visit) {
  std::string_view rest = host;
  if (host == "*") return;
  if (rest.starts_with("*.")) rest.remove_prefix(2);
  for (;;) {
    const std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
    if (visit(fmt::format("*.{}", rest))) return;
  }
  visit(std::string("*"));
}

std::string clients_of(const DestinationRule& rule) {
  if (!rule.workload_selector) return {};
  std::vector<std::string> labels;
  for (const auto& label : rule.workload_selector->match_labels)
    labels.push_back(fmt::format("{}={}", label.key, *label.value));
  std::ranges::sort(labels);
  return fmt::format("{}", fmt::join(labels, ","));
}

bool sets_istio_mutual(const DestinationRule& rule) {
  return rule.traffic_policy && rule.traffic_policy->tls && rule.traffic_policy->tls->mode &&
         *rule.traffic_policy->tls->mode == model::ClientTlsMode::kIstioMutual;
}

/// Rules by host, subset and who sees them; the first of each. Every question is a few look-ups, however many rules
/// there are. Most hosts have one rule, which is not taken apart before somebody asks about its host.
class RuleIndex {
 public:
  void add(const Entry& entry) {
    const auto [known, is_first] = hosts_.try_emplace({.host = entry.host, .clients = entry.clients}, &entry);
    if (!is_first) {
      take_apart(known->second);
      take_apart(entry);
    }
  }

  /// The first rule for `host` that somebody sees beside `entry` and that sets the same: the whole service, or a subset
  /// of both, whose name is then in `subset`.
  [[nodiscard]] const Entry* find(const Entry& entry, std::string_view host, std::string& subset) {
    return find(entry, host, entry.rule->subsets.empty(), subset);
  }
  /// The first rule for `host` that somebody sees beside `entry`, whatever it sets.
  [[nodiscard]] const Entry* find(const Entry& entry, std::string_view host) {
    std::string subset;
    return find(entry, host, true, subset);
  }

 private:
  [[nodiscard]] const Entry* find(const Entry& entry, std::string_view host, bool is_whole, std::string& subset) {
    const auto known = hosts_.find({.host = host, .clients = entry.clients});
    if (known == hosts_.end()) return nullptr;
    take_apart(known->second);
    const auto look = [&](std::string_view scope, std::string_view part) -> const Entry* {
      const auto found = rules_.find({.host = host, .clients = entry.clients, .scope = scope, .part = part});
      if (found == rules_.end() || is_same_object(*found->second, entry)) return nullptr;
      return found->second;
    };
    const auto look_in = [&](std::string_view scope) -> const Entry* {
      if (is_whole) return look(scope, kAny);
      if (const Entry* whole = look(scope, kWhole)) return whole;
      for (const model::Subset& own : entry.rule->subsets) {
        if (!is_set(own.name)) continue;
        if (const Entry* other = look(scope, *own.name)) {
          subset = *own.name;
          return other;
        }
      }
      return nullptr;
    };
    for (const std::string& scope : entry.scopes) {
      if (scope == "*") {
        if (const Entry* other = look_in(kAny)) return other;
        continue;
      }
      if (const Entry* other = look_in("*")) return other;
      if (const Entry* other = look_in(scope)) return other;
    }
    return nullptr;
  }

  static constexpr std::string_view kAny = "?";  // neither is a name of a namespace or subset
  static constexpr std::string_view kWhole = "!";

  /// What a rule is found by. Views of the entry that it is the first for.
  struct Key {
    std::string_view host;
    std::string_view clients;
    std::string_view scope{};
    std::string_view part{};

    friend bool operator==(const Key&, const Key&) = default;
  };
  struct HashOfKey {
    std::size_t operator()(const Key& key) const { return hash_of(key.host, key.clients, key.scope, key.part); }
  };
  static bool is_same_object(const Entry& a, const Entry& b) {
    return a.resource == b.resource ||
           (a.resource->name() == b.resource->name() && *a.resource->metadata.ns == *b.resource->metadata.ns);
  }
  /// Of the first rule of a host; null once that was done.
  void take_apart(const Entry*& first) {
    if (first != nullptr) take_apart(*first);
    first = nullptr;
  }
  void take_apart(const Entry& entry) {
    for (const std::string& scope : entry.scopes) add(entry, scope);
    if (!entry.scopes.empty()) add(entry, kAny);
  }
  void add(const Entry& entry, std::string_view scope) {
    const auto add_part = [&](std::string_view part) {
      rules_.emplace(Key{.host = entry.host, .clients = entry.clients, .scope = scope, .part = part}, &entry);
    };
    add_part(kAny);
    if (entry.rule->subsets.empty()) add_part(kWhole);
    for (const model::Subset& subset : entry.rule->subsets)
      if (is_set(subset.name)) add_part(*subset.name);
  }

  std::unordered_map<Key, const Entry*, HashOfKey> hosts_;  // without scope and part
  std::unordered_map<Key, const Entry*, HashOfKey> rules_;
};

std::vector<Entry> entries_of(const CheckInput& in) {
  std::vector<Entry> entries;
  for (const Resource* resource : in.workspace.all(model::Kind::kDestinationRule)) {
    const auto* rule = std::get_if<DestinationRule>(&resource->spec);
    if (rule == nullptr || !rule->host.valid || !model::is_wildcard_domain(*rule->host)) continue;
    const std::string_view ns = in.workspace.ns_of(*resource);
    Entry entry;
    entry.resource = resource;
    entry.rule = rule;
    entry.host = rules::fully_qualified(*rule->host, ns, in.workspace.options().cluster_domain);
    entry.clients = clients_of(*rule);
    entry.scopes = export_scopes(rule->export_to, ns);
    entry.is_wide_mutual = is_whole_wildcard(entry.host) && sets_istio_mutual(*rule);
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::string name_of(const CheckInput& in, const Entry& entry) {
  return fmt::format("{}/{}", in.workspace.ns_of(*entry.resource), entry.resource->name());
}

void report_overlap(const Subject& subject, const Entry& entry, const Entry& other, const std::string& subset) {
  const Place place = subject.places.value(entry.rule->host.node);
  const std::string name = name_of(subject.in, other);
  auto finding = subset.empty()
                     ? subject.out.report(wk6("WK635"), place, "{} is also configured by {}", *entry.rule->host, name)
                     : subject.out.report(wk6("WK635"), place, "{} subset {} is also configured by {}",
                                          *entry.rule->host, subset, name);
  finding.note(other.resource->span(other.rule->host.node), "the other rule");
  if (entry.host != other.host)
    finding.level(Severity::kInfo).help("this rule replaces the wider one for its host; nothing is inherited");
  else
    finding.help("keep all settings of one host in one rule: of two trafficPolicies or subsets, one is ignored");
}

/// A trafficPolicy that says nothing about TLS, for the whole service or for a port.
bool leaves_tls_open(const DestinationRule& rule, const yaml::Document& document, const Places& places) {
  if (!rule.traffic_policy || is_hollow(document, rule.traffic_policy->node)) return false;  // WK602
  if (!places.lacks(rule.traffic_policy->node, "tls")) return false;
  return std::ranges::none_of(rule.traffic_policy->port_level_settings,
                              [&](const auto& entry) { return !places.lacks(entry.node, "tls"); });
}

}  // namespace

void check_rule_overlaps(const CheckInput& in, Reporter& out) {
  const std::vector<Entry> entries = entries_of(in);
  RuleIndex wildcards;
  RuleIndex mutual;
  bool any_wildcard = false;
  for (const Entry& entry : entries) {
    if (!is_whole_wildcard(entry.host)) continue;
    any_wildcard = true;
    (entry.is_wide_mutual ? mutual : wildcards).add(entry);
  }
  RuleIndex earlier;
  for (const Entry& entry : entries) {
    const Subject subject{.in = in, .resource = *entry.resource, .out = out};
    std::string subset;
    if (!entry.is_wide_mutual) {
      const Entry* other = earlier.find(entry, entry.host, subset);
      if (other == nullptr && any_wildcard)
        for_each_wider(entry.host, [&](const std::string& wider) {
          other = wildcards.find(entry, wider, subset);
          return other != nullptr;
        });
      if (other != nullptr) report_overlap(subject, entry, *other, subset);
      earlier.add(entry);
    }
    if (!any_wildcard || sets_istio_mutual(*entry.rule) ||
        !leaves_tls_open(*entry.rule, *entry.resource->document, subject.places))
      continue;
    const Entry* wide = nullptr;
    for_each_wider(entry.host, [&](const std::string& wider) {
      wide = mutual.find(entry, wider);
      return wide != nullptr;
    });
    if (wide != nullptr)
      out.report(wk6("WK637"), subject.places.key(entry.rule->traffic_policy->node),
                 "{} sets ISTIO_MUTUAL for this host; this rule replaces it and has no tls", name_of(in, *wide))
          .note(wide->resource->span(wide->rule->traffic_policy->tls->node), "the setting that is lost")
          .help("add tls: {mode: ISTIO_MUTUAL}; where auto mTLS is on, nothing changes");
  }
}

}  // namespace wicket::check
