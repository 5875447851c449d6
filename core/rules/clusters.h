// What exists behind the gateway: services, their ports and subsets, and the clusters that Istio makes of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/workspace.h"
#include "rules/destination_rules.h"
#include "rules/lower.h"
#include "rules/port_protocol.h"
#include "rules/rule_set.h"
#include "rules/traffic_policy.h"

namespace wicket::rules {

/// What a route asks for.
struct DestinationQuery {
  std::string_view host;                // as written
  std::string_view ns;                  // of the resource that it is written in
  std::optional<std::uint32_t> port{};  // destination.port
  std::string_view subset{};
  std::uint32_t server_port = 0;  // of the Gateway's server
  bool for_bytes = false;         // of a tcp or tls rule

  friend bool operator==(const DestinationQuery&, const DestinationQuery&) = default;
};

/// A service that the workload sees.
struct Service {
  struct Port {
    std::uint32_t number = 0;
    Protocol protocol = Protocol::kUnsupported;
    std::uint32_t target = 0;  // of a ServiceEntry's endpoints; 0: the same number
  };
  std::string host{};
  std::string ns{};
  std::vector<Port> ports{};
  std::vector<std::string> addresses{};        // that it is called by, beside its names
  std::string external_name{};                 // an alias
  bool is_external = false;                    // outside the mesh
  bool is_kubernetes = false;                  // a Service, not a host of a ServiceEntry
  bool is_headless = false;                    // a Service without an address, whose pods have names of their own
  Span span{};                                 // of the object
  const model::ServiceEntry* entry = nullptr;  // where it comes from one

  [[nodiscard]] const Port* port(std::uint32_t number) const;
};

/// The services that the workload sees, from Services and ServiceEntries, and the clusters made of them.
class Registry {
 public:
  Registry(const model::Workspace& workspace, const Workload& workload, const LowerOptions& options,
           std::vector<Problem>& problems);

  /// The cluster that a destination means; one object for each name. The texts of the query outlive the registry.
  /// Source: Istio core/route/route.go, GetDestinationCluster (R-DST-1, R-DST-2, R-DST-3, R-DST-6).
  [[nodiscard]] ClusterRef cluster(const DestinationQuery& query);
  /// What requests to a destination are hashed by; nothing when they are not (R-LB-2).
  [[nodiscard]] std::optional<HashKey> hash_key(const DestinationQuery& query) const;
  /// The clusters of all ports and subsets of services inside the mesh, by host, port and subset.
  [[nodiscard]] std::vector<ClusterRef> mesh_clusters();
  /// All services, by age: those of Kubernetes first.
  [[nodiscard]] std::span<const Service> services() const { return services_; }
  /// The service of this host, that of the namespace if there are several; nullptr when there is none.
  [[nodiscard]] const Service* find(const std::string& host, std::string_view preferred_ns) const;

 private:
  struct HashOfQuery {
    [[nodiscard]] std::size_t operator()(const DestinationQuery& query) const;
  };

  void add_services();
  void add_service_entries();
  void add(Service service);
  [[nodiscard]] std::span<const std::size_t> services_of(const std::string& host) const;
  [[nodiscard]] const DestinationRuleView* rule_for(const std::string& host) const;
  [[nodiscard]] ClusterRef make_cluster(const DestinationQuery& query);
  void judge(Cluster& cluster);
  [[nodiscard]] std::shared_ptr<const ClusterPolicy> policy_for(const PolicyQuery& query);
  void judge_subset(Cluster& cluster, const DestinationRuleView* rule) const;
  void add_endpoints(const Service& service, Cluster& cluster) const;

  const model::Workspace& workspace_;
  const Workload& workload_;
  const LowerOptions& options_;
  std::string domain_;
  DestinationRules destination_rules_;
  std::vector<Service> services_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_host_;  // host ▸ services_
  std::unordered_map<DestinationQuery, ClusterRef, HashOfQuery> asked_;
  std::unordered_map<std::string_view, ClusterRef> clusters_;              // by name
  std::map<Protocol, std::shared_ptr<const ClusterPolicy>> without_rule_;  // where no DestinationRule speaks
};

}  // namespace wicket::rules
