#include "rules/gateway_workloads.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "rules/gateways.h"
#include "rules/order.h"

namespace wicket::rules {
namespace {

constexpr model::Kind kPodKinds[] = {model::Kind::kDeployment, model::Kind::kDaemonSet, model::Kind::kStatefulSet,
                                     model::Kind::kReplicaSet, model::Kind::kRollout,   model::Kind::kPod};

struct Asked {
  const model::Resource* resource = nullptr;
  const model::TextMap* selector = nullptr;
  std::string_view ns;
};

Workload with_labels(std::string_view ns, const model::TextMap& labels) {
  Workload workload{.ns = std::string(ns), .labels = {}};
  for (const auto& entry : labels) workload.labels.emplace_back(entry.key, *entry.value);
  std::ranges::sort(workload.labels);
  return workload;
}

/// Pods by the first label of each selector: most pods of an input are of no gateway, and cost one look-up a label.
class Candidates {
 public:
  Candidates(const model::Workspace& workspace, std::span<const Asked> gateways, std::span<const Workload> known) {
    for (const Asked& gateway : gateways)
      if (!gateway.selector->empty()) by_label_[first(gateway).key][*first(gateway).value];
    for (const model::Kind kind : kPodKinds) {
      for (const model::Resource* resource : workspace.all(kind)) {
        const auto* spec = std::get_if<model::Workload>(&resource->spec);
        if (spec == nullptr) continue;
        const GatewayWorkload* made = nullptr;
        for (const auto& label : spec->labels) {
          std::vector<std::size_t>* asked = find(label.key, *label.value);
          if (asked == nullptr) continue;
          if (made == nullptr) {
            made = &all_.emplace_back(GatewayWorkload{
                .workload = with_labels(workspace.ns_of(*resource), spec->labels), .gateways = {}, .pods = resource});
          }
          asked->push_back(all_.size() - 1);
        }
      }
    }
    for (const Workload& workload : known) {
      all_.push_back({.workload = workload, .gateways = {}, .pods = nullptr, .is_known = true});
      std::ranges::sort(all_.back().workload.labels);
      for (const auto& [key, value] : workload.labels)
        if (std::vector<std::size_t>* asked = find(key, value)) asked->push_back(all_.size() - 1);
    }
  }

  /// Those that might be selected by a Gateway with a selector.
  [[nodiscard]] const std::vector<std::size_t>& of(const Asked& gateway) {
    return by_label_[first(gateway).key][*first(gateway).value];
  }
  [[nodiscard]] const GatewayWorkload& operator[](std::size_t i) const { return all_[i]; }

 private:
  static const model::MapEntry<model::Text>& first(const Asked& gateway) { return gateway.selector->front(); }

  std::vector<std::size_t>* find(std::string_view key, std::string_view value) {
    const auto values = by_label_.find(key);
    if (values == by_label_.end()) return nullptr;
    const auto found = values->second.find(value);
    return found == values->second.end() ? nullptr : &found->second;
  }

  std::vector<GatewayWorkload> all_;
  std::unordered_map<std::string_view, std::unordered_map<std::string_view, std::vector<std::size_t>>> by_label_;
};

}  // namespace

std::vector<GatewayWorkload> gateway_workloads(const model::Workspace& workspace, const MeshSettings& mesh,
                                               std::span<const Workload> known) {
  std::vector<Asked> gateways;
  for (const model::Resource* resource : in_creation_order(workspace, model::Kind::kGateway))
    if (const auto* spec = std::get_if<model::Gateway>(&resource->spec))
      gateways.push_back({resource, &spec->selector, workspace.ns_of(*resource)});

  Candidates candidates(workspace, gateways, known);
  const auto fits = [&mesh](const Asked& gateway, const Workload& workload) {
    const bool is_elsewhere = mesh.scope_gateways_to_namespace && gateway.ns != workload.ns;
    return !is_elsewhere && selects(*gateway.selector, workload);
  };
  std::vector<GatewayWorkload> workloads;
  const auto add = [&workloads](const GatewayWorkload& workload) {
    const auto is_same = [&workload](const GatewayWorkload& other) {
      return other.workload.ns == workload.workload.ns && other.workload.labels == workload.workload.labels;
    };
    if (std::ranges::none_of(workloads, is_same)) workloads.push_back(workload);
  };
  const Workload usual;
  for (const Asked& gateway : gateways) {
    if (gateway.selector->empty()) continue;
    bool is_found = false;
    for (const std::size_t i : candidates.of(gateway)) {
      if (!fits(gateway, candidates[i].workload)) continue;
      is_found = true;
      add(candidates[i]);
    }
    if (is_found) continue;
    const std::string_view ns = mesh.scope_gateways_to_namespace ? gateway.ns : std::string_view(usual.ns);
    add({.workload = fits(gateway, usual) ? usual : with_labels(ns, *gateway.selector), .gateways = {}});
  }
  if (workloads.empty() && !gateways.empty()) workloads.push_back({.workload = usual, .gateways = {}});

  std::vector<GatewayWorkload> distinct;
  for (GatewayWorkload& workload : workloads) {
    for (const Asked& gateway : gateways)
      if (fits(gateway, workload.workload)) workload.gateways.push_back(gateway.resource);
    const auto is_same = [&workload](const GatewayWorkload& other) {
      return other.workload.ns == workload.workload.ns && other.gateways == workload.gateways;
    };
    if (std::ranges::none_of(distinct, is_same)) distinct.push_back(std::move(workload));
  }
  return distinct;
}

}  // namespace wicket::rules
