// Which VirtualServices apply at which Gateway, and in which order.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text_hash.h"
#include "model/workspace.h"
#include "rules/lower.h"
#include "rules/rule_set.h"

namespace wicket::rules {

/// A VirtualService, its names completed.
struct BoundService {
  const model::Resource* resource = nullptr;
  const model::VirtualService* spec = nullptr;
  std::string_view ns;
  SharedText name;                 // namespace/name
  std::vector<std::string> hosts;  // completed (R-HOST-4); empty: a delegate (R-RES-6)
};

/// All VirtualServices of the input, whoever sees them.
class VirtualServices {
 public:
  explicit VirtualServices(const model::Workspace& workspace);
  VirtualServices(const VirtualServices&) = delete;  // its parts point at each other
  VirtualServices& operator=(const VirtualServices&) = delete;
  VirtualServices(VirtualServices&&) = default;
  VirtualServices& operator=(VirtualServices&&) = default;
  ~VirtualServices() = default;

  /// In creation order (R-ORD-1), delegates among them.
  [[nodiscard]] std::span<const BoundService> all() const { return services_; }
  /// The delegate with this name ("namespace/name"); nullptr when there is none.
  [[nodiscard]] const BoundService* delegate(std::string_view name) const;

 private:
  std::vector<BoundService> services_;
  std::unordered_map<std::string_view, const BoundService*> delegates_;
};

/// The VirtualServices that one workload sees at each Gateway. Refers to all of them.
class Bindings {
 public:
  /// Source: Istio pilot/pkg/model/push_context.go, initVirtualServices and VirtualServicesForGateway (R-BIND-1..6);
  /// virtualservice.go, SelectVirtualServices (R-MESH-1).
  Bindings(const model::Workspace& workspace, const VirtualServices& services, const Workload& workload,
           const LowerOptions& options, std::vector<Problem>& problems);

  /// Those that apply at a Gateway ("namespace/name"), or to sidecars (kMesh), in the order R-ORD-2.
  [[nodiscard]] std::span<const BoundService* const> at(std::string_view gateway) const;
  /// The delegate with this name ("namespace/name"); nullptr when there is none.
  [[nodiscard]] const BoundService* delegate(std::string_view name) const { return services_.delegate(name); }

 private:
  const VirtualServices& services_;
  ByText<std::vector<const BoundService*>> at_gateway_;
};

/// exportTo of a VirtualService, or what the mesh has for those without one.
[[nodiscard]] std::vector<std::string_view> export_to_of(const model::VirtualService& service,
                                                         const MeshSettings& mesh);

/// The values of a list of texts.
[[nodiscard]] std::vector<std::string_view> texts(const model::List<model::Text>& list);

}  // namespace wicket::rules
