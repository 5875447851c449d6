// Workspace → RuleSet: Istio's precedence, settled once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/workspace.h"
#include "rules/rule_set.h"

namespace wicket::rules {

class VirtualServices;

struct LowerOptions {
  Viewpoint viewpoint = Viewpoint::kGateway;
  /// kGateway: the pods that run the gateway; nothing: chosen as R-GW-3 says.
  /// kMesh: the pods that call; nothing: pods without labels in namespace "default".
  std::optional<Workload> workload{};
  std::string only_gateway{};   // namespace/name; empty: all that select the workload
  MeshSettings mesh{};          // the cluster domain is the workspace's, whatever stands here
  bool closed_world = false;    // the input is all there is: a host that nothing in it speaks of does not exist
  bool only_routes = false;     // nothing is looked up behind the routes: no Service, ServiceEntry, DestinationRule
  bool ignore_exports = false;  // exportTo hides no VirtualService
};

/// What a gateway workload, or the sidecar of a caller, would get from these resources. Pure; holds no view of the
/// workspace. Errors: none. What cannot be used is a Problem, and what Envoy would refuse is marked and lowered all the
/// same. Source: Istio pilot/pkg/model/gateway.go, pilot/pkg/networking/core/gateway.go and core/route/route.go; for
/// sidecars pilot/pkg/networking/core/httproute.go and tls.go. Cost:   linear in the resources; rules are shared
/// between the virtual hosts of a VirtualService.
[[nodiscard]] RuleSet lower(const model::Workspace& workspace, const LowerOptions& options = {});

/// One RuleSet for each set of pods that a Gateway of the input is for, in the order of the Gateways: all proxies that
/// there are, where lower() looks at one. `options.workload` and `options.viewpoint` have no say; Gateways that a proxy
/// does not obey are no Problem here.
[[nodiscard]] std::vector<RuleSet> lower_all(const model::Workspace& workspace, const LowerOptions& options = {});
/// The same, where the VirtualServices of the workspace are read already.
[[nodiscard]] std::vector<RuleSet> lower_all(const model::Workspace& workspace, const VirtualServices& services,
                                             const LowerOptions& options);

}  // namespace wicket::rules
