// What exists behind names: Services, ServiceEntries, and the pods that a selector finds.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text_hash.h"
#include "model/resource.h"
#include "model/workspace.h"

namespace wicket::check {

/// Services and ServiceEntries by host.
class ServiceIndex {
 public:
  explicit ServiceIndex(const model::Workspace& workspace);

  /// name.namespace.svc.domain taken apart; an empty name for other hosts.
  struct ClusterName {
    std::string_view name;
    std::string_view ns;
  };
  [[nodiscard]] ClusterName in_cluster(std::string_view host) const;

  /// The Service of a full name in the cluster; null when the input has none.
  [[nodiscard]] const model::Resource* service(std::string_view host) const;
  /// The first ServiceEntry with this very host, or one whose wildcard takes it in.
  [[nodiscard]] const model::Resource* entry(std::string_view host) const;
  /// All that have this host: its Service and the ServiceEntries with this very host, or, where there are none, the
  /// ServiceEntries whose closest wildcard takes it in.
  [[nodiscard]] std::vector<const model::Resource*> all_of(std::string_view host) const;
  /// The ServiceEntries with a wildcard that takes this host in, the closest first.
  [[nodiscard]] std::vector<const model::Resource*> around(std::string_view host) const;
  /// Whether a host that is a wildcard takes in one of the Services or ServiceEntries.
  [[nodiscard]] bool any_within(std::string_view wildcard) const;

  /// Names of the Services of a namespace, in the order of the input.
  [[nodiscard]] const std::vector<std::string_view>& services_of(std::string_view ns) const;
  /// Namespaces that have a Service of this name.
  [[nodiscard]] const std::vector<std::string_view>& namespaces_with(std::string_view name) const;
  /// Hosts of ServiceEntries of a namespace, in the order of the input.
  [[nodiscard]] const std::vector<std::string_view>& entry_hosts_of(std::string_view ns) const;

 private:
  using Names = std::unordered_map<std::string_view, std::vector<std::string_view>>;
  [[nodiscard]] const std::vector<const model::Resource*>* entries_of(std::string_view host) const;
  static const std::vector<std::string_view>& at(const Names& names, std::string_view key);

  std::string suffix_;  // ".svc.cluster.local"
  ByText<const model::Resource*> services_;
  std::unordered_map<std::string_view, std::vector<const model::Resource*>> entries_;
  bool has_wildcards_ = false;  // among the entries
  Names by_namespace_, by_name_, entry_hosts_;
};

/// Pods by the labels that they are made with. Empty selectors find nothing.
class PodIndex {
 public:
  explicit PodIndex(const model::Workspace& workspace);

  /// Pods and controllers of a namespace whose pods have all these labels, in the order of the input.
  [[nodiscard]] std::vector<const model::Resource*> matching(std::string_view ns, const model::TextMap& selector) const;
  /// The same in all namespaces.
  [[nodiscard]] std::vector<const model::Resource*> matching(const model::TextMap& selector) const;

 private:
  [[nodiscard]] std::vector<const model::Resource*> matching(const std::string& key,
                                                             const model::TextMap& selector) const;

  std::unordered_map<std::string, std::vector<const model::Resource*>> by_label_;  // "namespace|key=value", "key=value"
};

/// The pods of a Pod or controller; null for other kinds.
[[nodiscard]] const model::Workload* workload_of(const model::Resource& resource);

}  // namespace wicket::check
