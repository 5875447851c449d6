// The http rules of VirtualServices as sidecars get them, each VirtualService by itself.
#pragma once

#include <vector>

#include "model/workspace.h"
#include "rules/bindings.h"
#include "rules/lower.h"
#include "rules/rule_set.h"

namespace wicket::rules {

/// What lower() makes of the mesh needs all services and looks at one caller. This needs none, and looks at as many
/// callers and ports as the conditions of the rules tell apart.
struct SidecarRules {
  RuleSet usual;                   // callers without labels, port 80; hosts under the name that they are written by
  std::vector<RuleRef> elsewhere;  // what other callers and other ports get besides
  std::vector<Problem> problems;   // of all of them
};

/// Source: Istio pilot/pkg/networking/core/route/route.go, BuildHTTPRoutesForVirtualService.
/// Cost: linear in the rules, times the match blocks of a VirtualService that name a port, labels or a namespace.
[[nodiscard]] SidecarRules lower_sidecars(const model::Workspace& workspace, const VirtualServices& services,
                                          const LowerOptions& options);

}  // namespace wicket::rules
