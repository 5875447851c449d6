// WK4xx: what one object says about another. What the files of the family share.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/estate.h"
#include "check/places.h"
#include "check/reference_rules.h"
#include "check/reporter.h"
#include "check/run.h"
#include "check/served_hosts.h"
#include "model/resource.h"

namespace wicket::check::references {

/// A VirtualService of the input, and what its names stand for.
struct BoundService {
  const model::Resource* resource = nullptr;
  const model::VirtualService* spec = nullptr;
  std::string_view ns;
  std::vector<const NamedGateway*> gateways;  // each sound entry of spec.gateways that is not mesh
  bool applies_to_mesh = false;
  bool is_delegate = false;  // no hosts
};

/// All VirtualServices in the order in which one may come before another: by their creation where all of them tell it,
/// else as the input has them. Of objects that stand in the input twice only the last one is there.
struct BoundServices {
  std::vector<BoundService> services;
  bool is_order_known = false;
};
[[nodiscard]] BoundServices bound_services(const CheckInput& in);

/// "namespace/name".
[[nodiscard]] std::string name_of(const CheckInput& in, const model::Resource& resource);

/// Whether pods of namespace `viewer` see a VirtualService.
[[nodiscard]] bool is_visible(const CheckInput& in, const BoundService& service, std::string_view viewer);
/// The namespaces of pods of a Gateway that do not see the VirtualService, where it is certain who they are.
[[nodiscard]] std::vector<std::string_view> blind_gateways(const CheckInput& in, const BoundService& service,
                                                           const model::Resource& gateway);

/// Looks at the VirtualServices one by one, in their order. So what several checks have to read is read once, while it
/// is at hand.
using ServiceCheck = std::function<void(const BoundService&)>;

/// The same by an object that remembers what it saw.
template <class Checker, class... Args>
[[nodiscard]] ServiceCheck service_check(Args&&... args) {
  return [checker = std::make_shared<Checker>(std::forward<Args>(args)...)](const BoundService& service) {
    checker->check(service);
  };
}

/// Hosts that the bound Gateways serve: WK404, WK429, WK432.
[[nodiscard]] ServiceCheck hosts_check(const CheckInput& in, ServedHosts& served, Reporter& out);
/// VirtualServices that share a host of a Gateway: WK427.
[[nodiscard]] ServiceCheck shared_hosts_check(const CheckInput& in, const BoundServices& all, ServedHosts& served,
                                              Reporter& out);
/// Destinations and subsets: WK406 to WK411, WK429 of ServiceEntries.
[[nodiscard]] ServiceCheck destinations_check(const CheckInput& in, Reporter& out);
/// Claims in conditions: WK419.
[[nodiscard]] ServiceCheck claims_check(const CheckInput& in, Reporter& out);

/// Gateways and hosts that no VirtualService uses: WK431, WK433.
void check_unused_hosts(const CheckInput& in, const BoundServices& all, Reporter& out);
/// VirtualServices that share a host in the mesh: WK420.
void check_mesh_hosts(const CheckInput& in, const BoundServices& all, Reporter& out);
/// Subsets that only calls inside the mesh get: WK412.
void check_mesh_subsets(const CheckInput& in, const BoundServices& all, Reporter& out);
/// Delegates: WK421 to WK425.
void check_delegates(const CheckInput& in, const BoundServices& all, Reporter& out);
/// Namespaces in exportTo: WK426.
void check_namespaces(const CheckInput& in, Reporter& out);
/// The pods of Gateways and the Services in front of them: WK413, WK414.
void check_gateway_pods(const CheckInput& in, Reporter& out);
/// Secrets of Gateways: WK415, WK416, WK435, WK436.
void check_credentials(const CheckInput& in, Reporter& out);
/// Servers of several Gateways: WK417, WK418.
void check_shared_servers(const CheckInput& in, Reporter& out);

}  // namespace wicket::check::references
