// Which DestinationRule speaks of a host.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/workspace.h"
#include "rules/lower.h"
#include "rules/rule_set.h"

namespace wicket::rules {

/// A part of a DestinationRule, and the object that it stands in.
template <class T>
struct Written {
  const T* value = nullptr;
  const model::Resource* resource = nullptr;
};

/// Several DestinationRules of one namespace for one host, joined: the subsets of all of them, the first one of each
/// name, and the first traffic policy.
struct DestinationRuleView {
  std::string_view ns;
  std::string host;                                // completed
  const model::Resource* resource = nullptr;       // the first one
  const model::LabelSelector* selector = nullptr;  // of the pods that it is for
  std::vector<std::string_view> export_to;
  Written<model::TrafficPolicy> policy;
  std::vector<Written<model::Subset>> subsets;

  /// The subset with this name; nullptr when there is none.
  [[nodiscard]] const Written<model::Subset>* subset(std::string_view name) const;
};

/// All DestinationRules of the input, as one workload finds them.
/// Source: Istio pilot/pkg/model/push_context.go, setDestinationRules and destinationRule;
/// pilot/pkg/model/destination_rule.go, mergeDestinationRule (R-DST-4).
class DestinationRules {
 public:
  /// `options.only_routes`: there are none.
  DestinationRules(const model::Workspace& workspace, const Workload& workload, const LowerOptions& options,
                   std::vector<Problem>& problems);

  [[nodiscard]] bool empty() const { return rules_.empty(); }
  /// The rule for a service of one of these namespaces; nullptr when there is none.
  [[nodiscard]] const DestinationRuleView* find(const std::string& host,
                                                std::span<const std::string_view> service_ns) const;
  /// Some rule that a service of this host could have, whatever its namespace; nullptr when there is none.
  [[nodiscard]] const DestinationRuleView* find_any(const std::string& host) const;

 private:
  using Indices = std::vector<std::size_t>;
  /// The rules that one namespace has for its own pods, or shows to others.
  struct Index {
    std::unordered_map<std::string, Indices> exact;  // host ▸ rules_
    std::vector<std::pair<std::string, Indices>> wildcards;

    [[nodiscard]] Indices& at(const std::string& host);
    /// The rules of the closest name; nullptr when none fits.
    [[nodiscard]] const Indices* closest(const std::string& host) const;
  };

  void add(const model::Resource& resource, const model::DestinationRule& spec, std::vector<Problem>& problems);
  void join(Index& index, const DestinationRuleView& rule, std::vector<Problem>& problems);
  void merge_into(DestinationRuleView& earlier, const DestinationRuleView& rule, std::vector<Problem>& problems) const;
  [[nodiscard]] const DestinationRuleView* pick(const Indices& candidates) const;
  [[nodiscard]] const DestinationRuleView* exported_from(std::string_view ns, const std::string& host) const;

  const model::Workspace& workspace_;
  const Workload& workload_;
  const MeshSettings& mesh_;
  std::vector<DestinationRuleView> rules_;
  std::map<std::string_view, Index> local_;     // namespace ▸ rules for its own pods
  std::map<std::string_view, Index> exported_;  // namespace ▸ rules that it shows
  Index root_private_;                          // rules that the root namespace keeps to itself
};

}  // namespace wicket::rules
