// Which Gateways the proxy obeys, and which of its own ports a Gateway's number means.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/workspace.h"
#include "rules/lower.h"
#include "rules/rule_set.h"

namespace wicket::rules {

/// A Gateway of the workload.
struct SelectedGateway {
  const model::Resource* resource = nullptr;
  const model::Gateway* spec = nullptr;
  std::string_view ns;
  SharedText name;  // namespace/name
};

/// The pods to look at (R-GW-3): those of the options; else those in the input that a Gateway selects, the default
/// ingress gateway where a Gateway selects that one; else pods that carry a Gateway's selector for labels.
[[nodiscard]] Workload choose_workload(const model::Workspace& workspace, const LowerOptions& options);

/// The Gateways whose selector fits, in the order in which they win conflicts (R-GW-1, R-GW-4).
[[nodiscard]] std::vector<SelectedGateway> select_gateways(const model::Workspace& workspace, const Workload& workload,
                                                           const LowerOptions& options, std::vector<Problem>& problems);

/// From a Gateway's port number to the port that the proxy binds, through the Services in front of it (R-GW-5).
class PortTranslation {
 public:
  PortTranslation(const model::Workspace& workspace, const Workload& workload);
  [[nodiscard]] std::uint32_t operator()(std::uint32_t number) const;

 private:
  struct Mapped {
    std::uint32_t port = 0;
    std::uint32_t target = 0;
  };
  std::vector<Mapped> mapped_;  // the first entry of a port wins
};

/// Whether each pair of the selector is among the labels.
[[nodiscard]] bool selects(const model::TextMap& selector, const Workload& workload);

}  // namespace wicket::rules
