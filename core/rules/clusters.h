// What exists behind the gateway: services, their ports and subsets, and the clusters that Istio makes of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/workspace.h"
#include "rules/lower.h"
#include "rules/rule_set.h"

namespace wicket::rules {

/// What a route asks for.
struct DestinationQuery {
  std::string_view host;                // as written
  std::string_view ns;                  // of the resource that it is written in
  std::optional<std::uint32_t> port{};  // destination.port
  std::string_view subset{};
  std::uint32_t server_port = 0;  // of the Gateway's server
};

/// The services that the workload sees, from Services and ServiceEntries, and the subsets of DestinationRules.
class Registry {
 public:
  Registry(const model::Workspace& workspace, const Workload& workload, const LowerOptions& options);

  /// The cluster that a destination means; one object for each name.
  /// Source: Istio core/route/route.go, GetDestinationCluster (R-DST-1, R-DST-2, R-DST-3, R-DST-6).
  [[nodiscard]] ClusterRef cluster(const DestinationQuery& query);
  /// The clusters of all ports and subsets of services inside the mesh, by host, port and subset.
  [[nodiscard]] std::vector<ClusterRef> mesh_clusters();

 private:
  struct Service {
    std::string ns{};
    std::vector<std::uint32_t> ports{};  // all, as R-DST-2 counts them
    std::vector<std::uint32_t> tcp{};    // those that get a cluster
    std::string external_name{};         // an alias
    bool is_external = false;            // outside the mesh
  };
  /// Subsets that the DestinationRules of one namespace give to one host.
  struct Subsets {
    std::string ns{};
    std::string host{};
    std::vector<std::string> names{};
    bool is_private = false;  // exportTo "."
    bool is_visible = false;  // to the workload
  };

  void add_services();
  void add_service_entries();
  void add_subsets();
  [[nodiscard]] const Service* find(const std::string& host, std::string_view preferred_ns) const;
  /// Indices of the rules that speak of a host, the closest name first.
  [[nodiscard]] std::vector<std::size_t> subsets_of(const std::string& host) const;
  void judge(Cluster& cluster) const;
  void judge_subset(Cluster& cluster, const std::vector<Service>* services) const;

  const model::Workspace& workspace_;
  const Workload& workload_;
  bool closed_world_ = false;
  std::string_view domain_;
  std::unordered_map<std::string, std::vector<Service>> services_;
  std::vector<Subsets> subsets_;
  std::unordered_map<std::string, std::vector<std::size_t>> exact_;  // host ▸ subsets_
  std::vector<std::size_t> wildcards_;                               // subsets_ whose host is a wildcard
  std::unordered_map<std::string, ClusterRef> clusters_;
};

}  // namespace wicket::rules
