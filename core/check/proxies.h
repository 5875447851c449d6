// What every proxy that the input speaks of would get: the lowered rules, for checks that ask what becomes of routes
// where all of them come together.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/workspace.h"
#include "route/table.h"
#include "rules/rule_set.h"
#include "rules/sidecar_rules.h"

namespace wicket::check {

/// One gateway proxy.
class Proxy {
 public:
  Proxy(rules::RuleSet rules, bool is_real)
      : rules_(std::make_shared<const rules::RuleSet>(std::move(rules))), is_real_(is_real) {}

  [[nodiscard]] const rules::RuleSet& rules() const { return *rules_; }
  /// Whether its Gateways are in the input, so that requests to it can be asked about with `wicket route`.
  [[nodiscard]] bool is_real() const { return is_real_; }
  /// Compiled when it is first asked for.
  [[nodiscard]] const route::RouteTable& table() const;

 private:
  std::shared_ptr<const rules::RuleSet> rules_;
  bool is_real_ = false;
  mutable std::optional<route::RouteTable> table_;
};

/// All of them. Refers to the workspace. Clusters in these rules are named, but not looked up.
class Proxies {
 public:
  Proxies(const model::Workspace& workspace, const rules::MeshSettings& mesh);
  Proxies(const Proxies&) = delete;
  Proxies& operator=(const Proxies&) = delete;
  Proxies(Proxies&&) = delete;
  Proxies& operator=(Proxies&&) = delete;
  ~Proxies() = default;

  /// Those of the Gateways of the input, and one for each Gateway that is elsewhere.
  [[nodiscard]] std::span<const Proxy> gateways() const { return gateways_; }
  [[nodiscard]] const rules::SidecarRules& sidecars() const { return sidecars_; }
  /// The VirtualService with this name, "namespace/name"; null when the input has none.
  [[nodiscard]] const model::Resource* virtual_service(std::string_view full_name) const;

 private:
  std::optional<model::Workspace> extended_;  // the input and what is assumed beside it, where anything is
  const model::Workspace& workspace_;         // the input, or that
  std::vector<Proxy> gateways_;
  rules::SidecarRules sidecars_;
};

}  // namespace wicket::check
