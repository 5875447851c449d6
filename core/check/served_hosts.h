// The hosts that Gateways serve.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "check/host_index.h"
#include "model/workspace.h"

namespace wicket::check {

/// The hosts that a Gateway serves, of all its servers.
class GatewayHosts {
 public:
  /// `gateway`: an Istio Gateway, or one of the Kubernetes Gateway API.
  GatewayHosts(const model::Workspace& workspace, const model::Resource& gateway);

  /// Whether all of them could be read.
  [[nodiscard]] bool is_sound() const { return is_sound_; }
  /// Whether a server has a name in common with a host of a VirtualService of this namespace (R-BIND-7, R-HOST-1).
  [[nodiscard]] bool serves(std::string_view host, std::string_view ns) const;
  /// Whether one would, were letter case of no importance.
  [[nodiscard]] bool serves_but_for_case(std::string_view host, std::string_view ns) const;
  /// A namespace whose VirtualServices may have the host, though those of `ns` may not; empty when there is none.
  [[nodiscard]] std::string_view other_namespace(std::string_view host, std::string_view ns) const;

 private:
  struct Names {
    HostIndex written;
    mutable std::optional<HostIndex> lower;  // made when first asked for
  };
  std::map<std::string, Names, std::less<>> by_namespace_;  // "" for all
  bool is_sound_ = true;
};

/// Those of all Gateways of the input, each read when it is first asked for.
class ServedHosts {
 public:
  explicit ServedHosts(const model::Workspace& workspace) : workspace_(workspace) {}

  [[nodiscard]] const GatewayHosts& of(const model::Resource& gateway);

 private:
  const model::Workspace& workspace_;
  std::unordered_map<const model::Resource*, GatewayHosts> known_;
};

}  // namespace wicket::check
