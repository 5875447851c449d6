// Which VirtualService has which host, for sidecars.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/bindings.h"
#include "rules/clusters.h"

namespace wicket::rules {

/// For every service the VirtualService whose host is closest to its name: the name itself, else the longest wildcard;
/// of several with one host the first.
/// Source: Istio pilot/pkg/model/virtualservice.go, computeWildcardHostVirtualServiceIndex (R-MESH-2).
class ClosestVirtualService {
 public:
  explicit ClosestVirtualService(std::span<const BoundService* const> services);
  /// nullptr when none has a host for the service.
  [[nodiscard]] const BoundService* of(const std::string& service_host) const;

 private:
  std::map<std::string_view, const BoundService*> exact_;
  std::map<std::string_view, const BoundService*> wildcards_;
};

/// The hosts of a VirtualService: those of services, and those that no service has.
struct MeshHosts {
  std::vector<const Service*> services;
  std::vector<std::string_view> others;
};

/// Source: Istio core/route/route.go, separateVSHostsAndServices (R-MESH-2).
[[nodiscard]] MeshHosts separate_hosts(const BoundService& service, std::span<const Service* const> on_port,
                                       const ClosestVirtualService& closest);

/// The names that pods of namespace `caller_ns` may call a service by, its addresses included.
/// Source: Istio core/httproute.go, generateVirtualHostDomains (R-MESH-4).
[[nodiscard]] std::vector<std::string> service_domains(const Service& service, std::string_view caller_ns,
                                                       std::string_view cluster_domain);

}  // namespace wicket::rules
