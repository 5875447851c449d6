// The pods that run gateways, as far as the input tells: whom there is a RuleSet for.
#pragma once

#include <span>
#include <vector>

#include "model/workspace.h"
#include "rules/lower.h"
#include "rules/rule_set.h"

namespace wicket::rules {

/// Pods that one set of Gateways selects.
struct GatewayWorkload {
  Workload workload;
  std::vector<const model::Resource*> gateways;  // that select it, in the order in which they win conflicts
  const model::Resource* pods = nullptr;         // the Pod or controller; null where the input has none
  bool is_known = false;                         // among `known`
};

/// All workloads that the Gateways of the input select. A Gateway that selects nothing in the input or in `known`
/// stands for pods that must be elsewhere: the default ingress gateway where it selects that one, else pods in its
/// namespace that carry its selector for labels. Pods of one namespace that the same Gateways select count once. Cost:
/// linear in the pods; Gateways times workloads. Source: R-GW-1, R-GW-2, R-GW-3.
[[nodiscard]] std::vector<GatewayWorkload> gateway_workloads(const model::Workspace& workspace,
                                                             const MeshSettings& mesh,
                                                             std::span<const Workload> known = {});

}  // namespace wicket::rules
