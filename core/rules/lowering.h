// What all parts of the lowering share. Internal to rules/.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "model/workspace.h"
#include "rules/bindings.h"
#include "rules/clusters.h"
#include "rules/rule_set.h"

namespace wicket::rules {

/// Whether a VirtualService got anywhere at a Gateway that it is bound to.
struct Reach {
  bool has_host = false;   // some server serves one of its hosts
  bool has_rules = false;  // and some rule applies there
};

/// The input and the look-ups made from it; lives as long as one call of lower().
struct Lowering {
  const model::Workspace& workspace;
  const Workload& workload;
  const MeshSettings& mesh;
  const Bindings& bindings;
  Registry& registry;
  std::vector<Problem>& problems;
  std::map<std::pair<std::string_view, const BoundService*>, Reach> reach{};  // Gateway, VirtualService
};

/// The server that rules are made for.
struct ServerContext {
  SharedText gateway;      // namespace/name
  std::uint32_t port = 0;  // the Gateway's number
  bool has_tls = false;    // a tls block, also one for httpsRedirect alone
};

}  // namespace wicket::rules
