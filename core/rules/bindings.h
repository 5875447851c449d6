// Which VirtualServices apply at which Gateway, and in which order.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_hash.h"
#include "model/workspace.h"
#include "rules/lower.h"
#include "rules/rule_set.h"

namespace wicket::rules {

/// A VirtualService as the workload sees it.
struct BoundService {
  const model::Resource* resource = nullptr;
  const model::VirtualService* spec = nullptr;
  std::string_view ns;
  SharedText name;                 // namespace/name
  std::vector<std::string> hosts;  // completed (R-HOST-4); empty: a delegate (R-RES-6)
};

/// All VirtualServices of the input, and those bound to each Gateway.
class Bindings {
 public:
  /// Source: Istio pilot/pkg/model/push_context.go, initVirtualServices and VirtualServicesForGateway (R-BIND-1..6);
  /// virtualservice.go, SelectVirtualServices (R-MESH-1).
  Bindings(const model::Workspace& workspace, const Workload& workload, const LowerOptions& options,
           std::vector<Problem>& problems);

  /// Those that apply at a Gateway ("namespace/name"), or to sidecars (kMesh), in the order R-ORD-2.
  [[nodiscard]] std::span<const BoundService* const> at(std::string_view gateway) const;
  /// The delegate with this name ("namespace/name"); nullptr when there is none.
  [[nodiscard]] const BoundService* delegate(std::string_view name) const;

 private:
  std::deque<BoundService> services_;  // in creation order; addresses stay
  ByText<std::vector<const BoundService*>> at_gateway_;
  ByText<const BoundService*> delegates_;
};

/// exportTo of a VirtualService, or what the mesh has for those without one.
[[nodiscard]] std::vector<std::string_view> export_to_of(const model::VirtualService& service,
                                                         const MeshSettings& mesh);

/// The values of a list of texts.
[[nodiscard]] std::vector<std::string_view> texts(const model::List<model::Text>& list);

}  // namespace wicket::rules
