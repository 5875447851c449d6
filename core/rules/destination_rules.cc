// Istio looks in three places, and takes the first that has something for the host: the namespace of the pods that call
// (unless that is the root namespace, which is full of rules meant for everybody), the namespace of the service, the
// root namespace. Inside a namespace the closest host decides, even if what stands there is then not visible.

#include "rules/destination_rules.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "rules/bindings.h"
#include "rules/gateways.h"
#include "rules/host_names.h"
#include "rules/order.h"

namespace wicket::rules {
namespace {

bool names(const std::vector<std::string_view>& list, std::string_view wanted) {
  return std::ranges::find(list, wanted) != list.end();
}

bool same_labels(const model::LabelSelector& a, const model::LabelSelector& b) {
  return a.match_labels.size() == b.match_labels.size() && std::ranges::all_of(a.match_labels, [&b](const auto& entry) {
           const auto* other = b.match_labels.find(entry.key);
           return other != nullptr && *other->value == *entry.value;
         });
}

bool has_all(const std::vector<std::string_view>& list, const std::vector<std::string_view>& wanted) {
  return std::ranges::all_of(wanted, [&list](std::string_view name) { return names(list, name); });
}

/// What becomes of a rule beside an earlier one for the same host.
struct Joining {
  bool is_merged = false;  // its subsets go to the earlier one
  bool is_kept = true;     // it also stands for itself
};

// Rules are joined that are shown to the same namespaces and are for the same pods.
Joining joining(const DestinationRuleView& earlier, const DestinationRuleView& later) {
  const bool same_export = has_all(earlier.export_to, later.export_to) && has_all(later.export_to, earlier.export_to);
  const bool shown_to_more = !earlier.export_to.empty() && has_all(later.export_to, earlier.export_to);
  if (!same_export && !shown_to_more) return {};
  const bool both_select = earlier.selector != nullptr && later.selector != nullptr;
  if (both_select && !same_labels(*earlier.selector, *later.selector)) return {};
  const bool none_selects = earlier.selector == nullptr && later.selector == nullptr;
  return {.is_merged = true, .is_kept = !same_export && !none_selects && !both_select};
}

}  // namespace

const Written<model::Subset>* DestinationRuleView::subset(std::string_view name) const {
  const auto found = std::ranges::find_if(subsets, [name](const auto& s) { return *s.value->name == name; });
  return found == subsets.end() ? nullptr : &*found;
}

DestinationRules::Indices& DestinationRules::Index::at(const std::string& host) {
  if (!host.starts_with('*')) return exact[host];
  const auto known = std::ranges::find(wildcards, host, &std::pair<std::string, Indices>::first);
  if (known != wildcards.end()) return known->second;
  return wildcards.emplace_back(host, Indices()).second;
}

const DestinationRules::Indices* DestinationRules::Index::closest(const std::string& host) const {
  if (const auto found = exact.find(host); found != exact.end()) return &found->second;
  const std::pair<std::string, Indices>* best = nullptr;
  for (const auto& wildcard : wildcards)
    if (is_subset_of(host, wildcard.first) && (best == nullptr || wildcard.first.size() > best->first.size()))
      best = &wildcard;
  return best != nullptr ? &best->second : nullptr;
}

DestinationRules::DestinationRules(const model::Workspace& workspace, const Workload& workload,
                                   const LowerOptions& options, std::vector<Problem>& problems)
    : workspace_(workspace), workload_(workload), mesh_(options.mesh) {
  if (options.only_routes) return;
  for (const model::Resource* resource : in_creation_order(workspace, model::Kind::kDestinationRule))
    if (const auto* spec = std::get_if<model::DestinationRule>(&resource->spec)) add(*resource, *spec, problems);
}

void DestinationRules::add(const model::Resource& resource, const model::DestinationRule& spec,
                           std::vector<Problem>& problems) {
  DestinationRuleView rule;
  rule.ns = workspace_.ns_of(resource);
  rule.host = fully_qualified(*spec.host, rule.ns, mesh_.cluster_domain);
  rule.resource = &resource;
  if (spec.workload_selector && !spec.workload_selector->match_labels.empty())
    rule.selector = spec.workload_selector.get();
  rule.export_to = texts(spec.export_to);
  if (rule.selector != nullptr) rule.export_to = {"."};  // for pods of its own namespace only
  if (rule.export_to.empty())
    for (const std::string& by_default : mesh_.destination_rule_export_to) rule.export_to.push_back(by_default);
  if (spec.traffic_policy) rule.policy = {spec.traffic_policy.get(), &resource};
  for (const model::Subset& subset : spec.subsets) rule.subsets.push_back({&subset, &resource});

  const std::vector<std::string_view>& shown = rule.export_to;
  if (shown.empty() || names(shown, "*") || names(shown, ".") || names(shown, rule.ns))
    join(local_[rule.ns], rule, problems);
  const bool is_private = shown.size() == 1 && (shown[0] == "." || shown[0] == rule.ns);
  if (!is_private) {
    join(exported_[rule.ns], rule, problems);
  } else if (rule.ns == mesh_.root_namespace) {
    join(root_private_, rule, problems);
  }
}

void DestinationRules::merge_into(DestinationRuleView& earlier, const DestinationRuleView& rule,
                                  std::vector<Problem>& problems) const {
  const auto overruled = [&](ProblemKind kind, const model::Resource& by, model::NodeId node, Span other,
                             std::string_view what) {
    problems.push_back({.kind = kind,
                        .span = by.span(node),
                        .other = other,
                        .has_other = true,
                        .resource = full_name(workspace_, by),
                        .detail = std::string(what)});
  };
  for (const Written<model::Subset>& subset : rule.subsets) {
    const std::string_view name = *subset.value->name;
    if (const Written<model::Subset>* same = earlier.subset(name)) {
      overruled(ProblemKind::kSubsetTaken, *subset.resource, subset.value->node,
                same->resource->span(same->value->node), name);
    } else {
      earlier.subsets.push_back(subset);
    }
  }
  if (rule.policy.value == nullptr) return;
  if (earlier.policy.value == nullptr) {
    earlier.policy = rule.policy;
  } else {
    overruled(ProblemKind::kPolicyTaken, *rule.resource, rule.policy.value->node,
              earlier.policy.resource->span(earlier.policy.value->node), rule.host);
  }
}

void DestinationRules::join(Index& index, const DestinationRuleView& rule, std::vector<Problem>& problems) {
  Indices& known = index.at(rule.host);
  bool is_kept = true;
  for (const std::size_t i : known) {
    const Joining both = joining(rules_[i], rule);
    is_kept = both.is_kept;  // as the last of the earlier rules has it
    if (both.is_merged) merge_into(rules_[i], rule, problems);
  }
  if (!is_kept) return;
  known.push_back(rules_.size());
  rules_.push_back(rule);
}

// Of several rules for one host that with a selector that fits these pods, else the one without a selector.
const DestinationRuleView* DestinationRules::pick(const Indices& candidates) const {
  const DestinationRuleView* for_all = nullptr;
  for (const std::size_t i : candidates) {
    const DestinationRuleView& rule = rules_[i];
    if (rule.selector == nullptr) {
      for_all = &rule;
    } else if (rule.ns == workload_.ns && selects(rule.selector->match_labels, workload_)) {
      return &rule;
    }
  }
  return for_all;
}

const DestinationRuleView* DestinationRules::exported_from(std::string_view ns, const std::string& host) const {
  const auto index = exported_.find(ns);
  const Indices* found = index == exported_.end() ? nullptr : index->second.closest(host);
  if (found == nullptr) return nullptr;
  Indices visible;
  std::ranges::copy_if(*found, std::back_inserter(visible), [&](std::size_t i) {
    const std::vector<std::string_view>& shown = rules_[i].export_to;
    return shown.empty() || names(shown, "*") || names(shown, workload_.ns) ||
           (names(shown, ".") && workload_.ns == ns);
  });
  return pick(visible);
}

const DestinationRuleView* DestinationRules::find(const std::string& host,
                                                  std::span<const std::string_view> service_ns) const {
  const Index* own = &root_private_;
  if (workload_.ns != mesh_.root_namespace) {
    const auto found = local_.find(workload_.ns);
    own = found == local_.end() ? nullptr : &found->second;
  }
  if (own != nullptr)
    if (const Indices* found = own->closest(host)) return pick(*found);
  for (const std::string_view ns : service_ns)
    if (const DestinationRuleView* rule = exported_from(ns, host)) return rule;
  return exported_from(mesh_.root_namespace, host);
}

const DestinationRuleView* DestinationRules::find_any(const std::string& host) const {
  for (const auto& [ns, index] : exported_)
    if (const DestinationRuleView* rule = exported_from(ns, host)) return rule;
  return nullptr;
}

}  // namespace wicket::rules
