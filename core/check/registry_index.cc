#include "check/registry_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "rules/host_names.h"

namespace wicket::check {

using model::Kind;
using model::Resource;

ServiceIndex::ServiceIndex(const model::Workspace& workspace)
    : suffix_(fmt::format(".svc.{}", workspace.options().cluster_domain)) {
  for (const Resource* service : workspace.all(Kind::kService)) {
    if (service->name().empty()) continue;
    const std::string_view ns = workspace.ns_of(*service);
    services_.emplace(fmt::format("{}.{}{}", service->name(), ns, suffix_), service);
    by_namespace_[ns].push_back(service->name());
    by_name_[service->name()].push_back(ns);
  }
  for (const Resource* resource : workspace.all(Kind::kServiceEntry)) {
    const auto* entry = std::get_if<model::ServiceEntry>(&resource->spec);
    if (entry == nullptr) continue;
    for (const model::Text& host : entry->hosts) {
      if (!host.valid) continue;
      entries_[*host].push_back(resource);
      has_wildcards_ = has_wildcards_ || host->starts_with('*');
      entry_hosts_[workspace.ns_of(*resource)].push_back(*host);
    }
  }
}

ServiceIndex::ClusterName ServiceIndex::in_cluster(std::string_view host) const {
  if (!host.ends_with(suffix_)) return {};
  host.remove_suffix(suffix_.size());
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos || host.find('.', dot + 1) != std::string_view::npos) return {};
  return {.name = host.substr(0, dot), .ns = host.substr(dot + 1)};
}

const Resource* ServiceIndex::service(std::string_view host) const {
  const auto found = services_.find(host);
  return found == services_.end() ? nullptr : found->second;
}

const Resource* ServiceIndex::entry(std::string_view host) const {
  const std::vector<const Resource*>* all = entries_of(host);
  return all == nullptr ? nullptr : all->front();
}

const std::vector<const Resource*>* ServiceIndex::entries_of(std::string_view host) const {
  if (const auto exact = entries_.find(host); exact != entries_.end()) return &exact->second;
  if (!has_wildcards_) return nullptr;
  std::string_view rest = host;
  for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    rest.remove_prefix(dot + 1);
    if (const auto wild = entries_.find(fmt::format("*.{}", rest)); wild != entries_.end()) return &wild->second;
  }
  const auto any = entries_.find("*");
  return any == entries_.end() ? nullptr : &any->second;
}

std::vector<const Resource*> ServiceIndex::all_of(std::string_view host) const {
  std::vector<const Resource*> all;
  const Resource* of_kubernetes = service(host);
  if (of_kubernetes != nullptr) all.push_back(of_kubernetes);
  const std::vector<const Resource*>* entries = entries_of(host);
  const bool is_exact = entries_.contains(host);
  if (entries != nullptr && (is_exact || all.empty())) all.insert(all.end(), entries->begin(), entries->end());
  return all;
}

std::vector<const Resource*> ServiceIndex::around(std::string_view host) const {
  std::vector<const Resource*> all;
  if (!has_wildcards_) return all;
  const auto add = [&](std::string_view wildcard) {
    const auto found = entries_.find(wildcard);
    if (found != entries_.end()) all.insert(all.end(), found->second.begin(), found->second.end());
  };
  std::string_view rest = host;
  for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    rest.remove_prefix(dot + 1);
    add(fmt::format("*.{}", rest));
  }
  add("*");
  return all;
}

bool ServiceIndex::any_within(std::string_view wildcard) const {
  return std::ranges::any_of(services_,
                             [&](const auto& one) { return rules::have_common_name(one.first, wildcard); }) ||
         std::ranges::any_of(entries_, [&](const auto& one) { return rules::have_common_name(one.first, wildcard); });
}

const std::vector<std::string_view>& ServiceIndex::at(const Names& names, std::string_view key) {
  static const std::vector<std::string_view> kNone;
  const auto found = names.find(key);
  return found == names.end() ? kNone : found->second;
}

const std::vector<std::string_view>& ServiceIndex::services_of(std::string_view ns) const {
  return at(by_namespace_, ns);
}
const std::vector<std::string_view>& ServiceIndex::namespaces_with(std::string_view name) const {
  return at(by_name_, name);
}
const std::vector<std::string_view>& ServiceIndex::entry_hosts_of(std::string_view ns) const {
  return at(entry_hosts_, ns);
}

const model::Workload* workload_of(const Resource& resource) { return std::get_if<model::Workload>(&resource.spec); }

PodIndex::PodIndex(const model::Workspace& workspace) {
  for (const Kind kind :
       {Kind::kPod, Kind::kDeployment, Kind::kDaemonSet, Kind::kStatefulSet, Kind::kReplicaSet, Kind::kRollout}) {
    for (const Resource* resource : workspace.all(kind)) {
      const model::Workload* workload = workload_of(*resource);
      if (workload == nullptr) continue;
      const std::string_view ns = workspace.ns_of(*resource);
      for (const auto& label : workload->labels) {
        by_label_[fmt::format("{}|{}={}", ns, label.key, *label.value)].push_back(resource);
        by_label_[fmt::format("{}={}", label.key, *label.value)].push_back(resource);
      }
    }
  }
}

std::vector<const Resource*> PodIndex::matching(std::string_view ns, const model::TextMap& selector) const {
  if (selector.empty()) return {};
  const auto& first = selector.front();
  return matching(fmt::format("{}|{}={}", ns, first.key, *first.value), selector);
}

std::vector<const Resource*> PodIndex::matching(const model::TextMap& selector) const {
  if (selector.empty()) return {};
  const auto& first = selector.front();
  return matching(fmt::format("{}={}", first.key, *first.value), selector);
}

std::vector<const Resource*> PodIndex::matching(const std::string& key, const model::TextMap& selector) const {
  const auto found = by_label_.find(key);
  if (found == by_label_.end()) return {};
  std::vector<const Resource*> pods;
  for (const Resource* resource : found->second) {
    const bool all = std::ranges::all_of(selector, [&](const auto& wanted) {
      const auto* label = workload_of(*resource)->labels.find(wanted.key);
      return label != nullptr && *label->value == *wanted.value;
    });
    if (all) pods.push_back(resource);
  }
  return pods;
}

}  // namespace wicket::check
