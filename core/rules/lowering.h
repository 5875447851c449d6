// What all parts of the lowering share. Internal to rules/.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/workspace.h"
#include "rules/bindings.h"
#include "rules/clusters.h"
#include "rules/retries.h"
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
  RetryPolicies& retries;
  std::unordered_map<std::string_view, std::vector<Reach>> reach{};  // by Gateway

  /// Of the VirtualServices of a Gateway, in the order of Bindings::at.
  [[nodiscard]] std::vector<Reach>& reach_at(std::string_view gateway) {
    std::vector<Reach>& all = reach[gateway];
    all.resize(bindings.at(gateway).size());
    return all;
  }
};

/// The server that rules are made for.
struct ServerContext {
  SharedText gateway;      // namespace/name
  std::uint32_t port = 0;  // the Gateway's number
  bool has_tls = false;    // a tls block, also one for httpsRedirect alone
};

}  // namespace wicket::rules
