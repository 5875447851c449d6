// WK413 and WK414: the pods that a Gateway selects, and the Services that lead to them.
//
// The gateway's workload is rarely in the repository of those who write Gateways. That nothing matches a selector is
// told where the input has gateway workloads at all, or is all there is.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/edit_distance.h"
#include "check/references.h"
#include "check/words.h"
#include "rules/gateways.h"

namespace wicket::check::references {
namespace {

using model::Kind;
using model::Resource;

constexpr Kind kPodKinds[] = {Kind::kDeployment, Kind::kDaemonSet, Kind::kStatefulSet,
                              Kind::kReplicaSet, Kind::kRollout,   Kind::kPod};

rules::Workload workload_from(const CheckInput& in, const Resource& resource) {
  rules::Workload made{.ns = std::string(in.workspace.ns_of(resource)), .labels = {}};
  for (const auto& label : workload_of(resource)->labels) made.labels.emplace_back(label.key, *label.value);
  return made;
}

/// Gateways run the proxy and nothing else; those of Istio's charts carry a label `istio`.
bool looks_like_gateway(const model::Workload& pods) {
  if (const auto* label = pods.labels.find("istio"); label != nullptr && *label->value != "pilot") return true;
  return pods.containers.size() == 1 && *pods.containers[0].name == "istio-proxy";
}

/// The ports under which Services lead to pods.
struct OpenPorts {
  std::set<std::uint32_t> numbers;
  const Resource* service = nullptr;  // one of them
};

class GatewayPodsChecks {
 public:
  GatewayPodsChecks(const CheckInput& in, Reporter& out) : in_(in), out_(out) {
    for (const Resource* resource : in.workspace.all(Kind::kService)) {
      const auto* service = std::get_if<model::Service>(&resource->spec);
      if (service != nullptr && !service->selector.empty())
        services_[in.workspace.ns_of(*resource)].push_back(resource);
    }
  }

  void check(const Resource& resource, const model::Gateway& gateway) {
    const bool is_whole = gateway.selector.present() &&
                          std::ranges::all_of(gateway.selector, [](const auto& label) { return label.value.valid; });
    if (gateway.selector.empty() || !is_whole) return;
    std::vector<const Resource*> pods = in_.estate->pods().matching(gateway.selector);
    if (in_.estate->mesh().scope_gateways_to_namespace)
      std::erase_if(pods,
                    [&](const Resource* one) { return in_.workspace.ns_of(*one) != in_.workspace.ns_of(resource); });
    const bool is_known = std::ranges::any_of(in_.estate->pods_of(resource), &GatewayPods::is_certain);
    if (pods.empty() && !is_known) return no_pods(resource, gateway);
    if (!pods.empty()) check_ports(resource, gateway, pods);
  }

 private:
  // ---- WK413 ----

  /// Workloads of the input and the settings that run gateways, by what is to be said of each.
  struct Candidate {
    rules::Workload workload;
    const Resource* resource = nullptr;  // null: from the settings
  };
  const std::vector<Candidate>& candidates() {
    if (candidates_) return *candidates_;
    std::vector<Candidate>& all = candidates_.emplace();
    for (const Kind kind : kPodKinds)
      for (const Resource* resource : in_.workspace.all(kind))
        if (const auto* pods = workload_of(*resource); pods != nullptr && looks_like_gateway(*pods))
          all.push_back({.workload = workload_from(in_, *resource), .resource = resource});
    for (const rules::Workload& known : in_.known.gateway_workloads) all.push_back({.workload = known});
    return all;
  }

  static bool has(const rules::Workload& workload, std::string_view key, std::string_view value) {
    return std::ranges::any_of(workload.labels,
                               [&](const auto& label) { return label.first == key && label.second == value; });
  }

  void no_pods(const Resource& resource, const model::Gateway& gateway) {
    const rules::Workload usual;
    const bool is_usual = rules::selects(gateway.selector, usual);
    if (!in_.closed_world && (candidates().empty() || is_usual)) return out_.leave_unknown();
    const Candidate* closest = nullptr;
    std::ptrdiff_t most = -1;
    for (const Candidate& candidate : candidates()) {
      const auto same = std::ranges::count_if(
          gateway.selector, [&](const auto& label) { return has(candidate.workload, label.key, *label.value); });
      if (same > most) closest = &candidate;
      most = std::max(most, same);
    }
    const model::MapEntry<model::Text>* entry = &gateway.selector.front();
    if (closest != nullptr)
      for (const auto& label : gateway.selector)
        if (!has(closest->workload, label.key, *label.value)) {
          entry = &label;
          break;
        }
    std::vector<std::string> words;
    for (const auto& label : gateway.selector) words.push_back(fmt::format("{}={}", label.key, *label.value));
    auto finding = out_.report(wk("WK413"), Places(resource).value(entry->value.node),
                               "no workload matches the selector {}", fmt::join(words, ", "));
    if (closest == nullptr) return;
    if (closest->resource != nullptr)
      finding.note(closest->resource->span(workload_of(*closest->resource)->labels.node),
                   "the labels of a gateway's pods");
    suggest(closest->workload, *entry, finding);
  }

  static void suggest(const rules::Workload& workload, const model::MapEntry<model::Text>& entry, Finding& finding) {
    for (const auto& [key, value] : workload.labels) {
      const std::string_view written = *entry.value;
      if (key == entry.key && nearest(written, std::vector<std::string_view>{value}))
        finding.help(fmt::format("did you mean {}: {}?", key, value));
    }
  }

  // ---- WK414 ----

  void check_ports(const Resource& resource, const model::Gateway& gateway, const std::vector<const Resource*>& pods) {
    OpenPorts open;
    for (const Resource* one : pods) {
      const OpenPorts& more = ports_to(*one);
      open.numbers.insert(more.numbers.begin(), more.numbers.end());
      if (open.service == nullptr) open.service = more.service;
    }
    if (open.service == nullptr && !in_.closed_world) return out_.leave_unknown();
    const Places places(resource);
    std::set<std::uint32_t> told;
    for (const model::Server& server : gateway.servers) {
      if (!server.port || !server.port->number || *server.port->number == 0) continue;
      if (server.bind->starts_with("unix://") || open.numbers.contains(*server.port->number)) continue;
      const Place place = places.value(server.port->number.node);
      if (open.service != nullptr) {
        out_.report(wk("WK414"), place, "no Service of the gateway exposes port {}; it has {}", *server.port->number,
                    fmt::join(open.numbers, ", "))
            .note(open.service->span(std::get<model::Service>(open.service->spec).ports.node),
                  "the ports of one of them")
            .help("add the port to the Service, or use one that it has");
      } else if (told.insert(*server.port->number).second) {
        out_.report(wk("WK414"), place, "no Service leads to the pods of the gateway")
            .level(Severity::kInfo)
            .note(pods.front()->span(workload_of(*pods.front())->labels.node), "the labels of the pods");
        return;
      }
    }
  }

  const OpenPorts& ports_to(const Resource& pods) {
    const auto [entry, is_new] = open_.try_emplace(&pods);
    OpenPorts& open = entry->second;
    if (!is_new) return open;
    const auto services = services_.find(in_.workspace.ns_of(pods));
    if (services == services_.end()) return open;
    const rules::Workload workload = workload_from(in_, pods);
    for (const Resource* resource : services->second) {
      const auto& service = std::get<model::Service>(resource->spec);
      if (!rules::selects(service.selector, workload)) continue;
      if (open.service == nullptr) open.service = resource;
      for (const model::K8sServicePort& port : service.ports) {
        if (*port.protocol == "UDP" || *port.protocol == "SCTP") continue;
        open.numbers.insert(*port.port);
        if (!port.target_port) continue;
        if (port.target_port->number != 0) {
          open.numbers.insert(port.target_port->number);
          continue;
        }
        for (const model::Container& container : workload_of(pods)->containers)
          for (const model::ContainerPort& named : container.ports)
            if (*named.name == port.target_port->name) open.numbers.insert(*named.container_port);
      }
    }
    return open;
  }

  const CheckInput& in_;
  Reporter& out_;
  std::unordered_map<std::string_view, std::vector<const Resource*>> services_;  // with a selector, by namespace
  std::unordered_map<const Resource*, OpenPorts> open_;                          // of pods
  std::optional<std::vector<Candidate>> candidates_;
};

}  // namespace

void check_gateway_pods(const CheckInput& in, Reporter& out) {
  const auto gateways = in.workspace.all(Kind::kGateway);
  if (gateways.empty()) return;
  GatewayPodsChecks checks(in, out);
  for (const Resource* resource : gateways)
    if (const auto* gateway = std::get_if<model::Gateway>(&resource->spec)) checks.check(*resource, *gateway);
}

}  // namespace wicket::check::references
