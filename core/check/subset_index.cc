#include "check/subset_index.h"

#include <algorithm>
#include <variant>

#include "base/edit_distance.h"
#include "rules/host_names.h"

namespace wicket::check {

using model::Resource;

SubsetIndex::SubsetIndex(const CheckInput& in, const Estate& estate)
    : in_(in), estate_(estate), options_{.mesh = estate.mesh()} {
  for (const Resource* resource : in.workspace.all(model::Kind::kDestinationRule)) {
    const auto* rule = std::get_if<model::DestinationRule>(&resource->spec);
    if (rule == nullptr || !rule->host) continue;
    const std::string_view ns = in.workspace.ns_of(*resource);
    namespaces_.insert(ns);
    std::string host = rules::fully_qualified(*rule->host, ns, in.workspace.options().cluster_domain);
    if (host.starts_with('*')) {
      host.erase(0, 1);
      lengths_.insert(host.size());
      wildcards_[std::move(host)].push_back(resource);
    } else {
      exact_[std::move(host)].push_back(resource);
    }
  }
}

SubsetIndex::Rules SubsetIndex::rules_for(const std::string& host) const {
  Rules found;
  if (const auto exact = exact_.find(host); exact != exact_.end()) found.all = exact->second;
  for (const std::size_t length : lengths_) {
    if (length > host.size()) break;
    const auto wild = wildcards_.find(host.substr(host.size() - length));
    if (wild != wildcards_.end()) found.all.insert(found.all.end(), wild->second.begin(), wild->second.end());
  }
  for (const Resource* resource : found.all) {
    const auto& subsets = std::get<model::DestinationRule>(resource->spec).subsets;
    const bool is_whole = !subsets.present() || resource->document->size(subsets.node) == subsets.size();
    found.are_sound = found.are_sound && is_whole &&
                      std::ranges::all_of(subsets, [](const model::Subset& subset) { return subset.name.valid; });
  }
  return found;
}

bool SubsetIndex::defines(const Resource& rule, std::string_view subset) {
  return std::ranges::any_of(std::get<model::DestinationRule>(rule.spec).subsets,
                             [&](const model::Subset& one) { return *one.name == subset; });
}

std::string SubsetIndex::nearest_to(std::span<const Resource* const> rules, std::string_view subset) {
  std::vector<std::string_view> names;
  for (const Resource* rule : rules)
    for (const model::Subset& one : std::get<model::DestinationRule>(rule->spec).subsets) names.push_back(*one.name);
  const auto near = nearest(subset, names);
  return near ? std::string(*near) : std::string();
}

bool SubsetIndex::finds(std::size_t workload, const std::string& host, std::span<const std::string_view> service_ns,
                        std::string_view subset) {
  std::unique_ptr<const rules::DestinationRules>& made = of_workload_[workload];
  if (made == nullptr) {
    std::vector<rules::Problem> problems;  // WK635 speaks of rules that overrule one another
    made = std::make_unique<const rules::DestinationRules>(in_.workspace, estate_.workloads()[workload].workload,
                                                           options_, problems);
  }
  const rules::DestinationRuleView* rule = made->find(host, service_ns);
  return rule != nullptr && rule->subset(subset) != nullptr;
}

}  // namespace wicket::check
