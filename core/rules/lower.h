// Workspace → RuleSet: Istio's precedence, settled once.
#pragma once

#include <optional>
#include <string>

#include "model/workspace.h"
#include "rules/rule_set.h"

namespace wicket::rules {

struct LowerOptions {
  Viewpoint viewpoint = Viewpoint::kGateway;
  /// kGateway: the pods that run the gateway; nothing: chosen as R-GW-3 says.
  /// kMesh: the pods that call; nothing: pods without labels in namespace "default".
  std::optional<Workload> workload{};
  std::string only_gateway{};  // namespace/name; empty: all that select the workload
  MeshSettings mesh{};         // the cluster domain is the workspace's, whatever stands here
  bool closed_world = false;   // the input is all there is: a host that nothing in it speaks of does not exist
};

/// What a gateway workload, or the sidecar of a caller, would get from these resources. Pure; holds no view of the
/// workspace. Errors: none. What cannot be used is a Problem, and what Envoy would refuse is marked and lowered all the
/// same. Source: Istio pilot/pkg/model/gateway.go, pilot/pkg/networking/core/gateway.go and core/route/route.go; for
/// sidecars pilot/pkg/networking/core/httproute.go and tls.go. Cost:   linear in the resources; rules are shared
/// between the virtual hosts of a VirtualService.
[[nodiscard]] RuleSet lower(const model::Workspace& workspace, const LowerOptions& options = {});

}  // namespace wicket::rules
