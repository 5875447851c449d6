// Traffic policies of a DestinationRule, merged and translated for one cluster.
#pragma once

#include <cstdint>
#include <optional>

#include "rules/cluster_policy.h"
#include "rules/destination_rules.h"
#include "rules/port_protocol.h"

namespace wicket::rules {

/// The cluster that a policy is for.
struct PolicyQuery {
  const DestinationRuleView* rule = nullptr;       // nullptr: none speaks of the host
  const Written<model::Subset>* subset = nullptr;  // nullptr: the cluster of all endpoints
  std::uint32_t port = 0;                          // of the service
  Protocol protocol = Protocol::kUnsupported;      // of that port
  bool always_without_panic = true;                // R-OD-1, from Istio 1.31
};

/// Source: Istio core/cluster_traffic_policy.go and pilot/pkg/networking/util, MergeSubsetTrafficPolicy (R-LB-1,
/// R-LB-4, R-CP-1, R-OD-1, R-DST-8).
[[nodiscard]] ClusterPolicy cluster_policy(const PolicyQuery& query);

/// What a route hashes requests to a destination by; nothing when it does not. `port` is destination.port, nothing when
/// it is not written: port-level settings then have no say.
/// Source: Istio core/route/route.go, hashForHTTPDestination and consistentHashToHashPolicy (R-LB-2).
[[nodiscard]] std::optional<HashKey> hash_key(const DestinationRuleView& rule, std::string_view subset,
                                              std::optional<std::uint32_t> port);

}  // namespace wicket::rules
