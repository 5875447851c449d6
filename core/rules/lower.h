// Workspace → RuleSet: Istio's precedence, settled once.
#pragma once

#include <optional>
#include <string>

#include "model/workspace.h"
#include "rules/rule_set.h"

namespace wicket::rules {

struct LowerOptions {
  std::optional<Workload> workload{};  // nothing: chosen as R-GW-3 says
  std::string only_gateway{};          // namespace/name; empty: all that select the workload
  MeshSettings mesh{};                 // the cluster domain is the workspace's, whatever stands here
  bool closed_world = false;           // the input is all there is: a host that nothing in it speaks of does not exist
};

/// What a gateway workload would get from these resources. Pure; holds no view of the workspace.
/// Errors: none. What cannot be used is a Problem, and what Envoy would refuse is marked and lowered all the same.
/// Source: Istio pilot/pkg/model/gateway.go, pilot/pkg/networking/core/gateway.go and core/route/route.go.
/// Cost:   linear in the resources; rules are shared between the virtual hosts of a VirtualService.
[[nodiscard]] RuleSet lower(const model::Workspace& workspace, const LowerOptions& options = {});

}  // namespace wicket::rules
