#include "rules/gateways.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "rules/host_names.h"
#include "rules/order.h"

namespace wicket::rules {
namespace {

constexpr model::Kind kWorkloadKinds[] = {model::Kind::kDeployment, model::Kind::kDaemonSet, model::Kind::kStatefulSet,
                                          model::Kind::kReplicaSet, model::Kind::kRollout,   model::Kind::kPod};
constexpr std::string_view kNoTranslationLabel = "experimental.istio.io/disable-gateway-port-translation";

Workload workload_with(std::string_view ns, const model::TextMap& labels) {
  Workload workload{.ns = std::string(ns), .labels = {}};
  for (const auto& entry : labels) workload.labels.emplace_back(entry.key, *entry.value);
  std::ranges::sort(workload.labels);
  return workload;
}

std::vector<SelectedGateway> all_gateways(const model::Workspace& workspace, const LowerOptions& options) {
  std::vector<SelectedGateway> gateways;
  for (const model::Resource* resource : in_creation_order(workspace, model::Kind::kGateway)) {
    const auto* spec = std::get_if<model::Gateway>(&resource->spec);
    std::string name = full_name(workspace, *resource);
    if (spec == nullptr || (!options.only_gateway.empty() && name != options.only_gateway)) continue;
    gateways.push_back({resource, spec, workspace.ns_of(*resource), std::move(name)});
  }
  return gateways;
}

// Pods of the input that carry the labels which a Gateway asks for.
std::optional<Workload> find_pods(const model::Workspace& workspace, const model::TextMap& selector) {
  for (const model::Kind kind : kWorkloadKinds) {
    for (const model::Resource* resource : workspace.all(kind)) {
      const auto* spec = std::get_if<model::Workload>(&resource->spec);
      if (spec == nullptr) continue;
      Workload candidate = workload_with(workspace.ns_of(*resource), spec->labels);
      if (selects(selector, candidate)) return candidate;
    }
  }
  return std::nullopt;
}

// Pods of the input, or the default ingress gateway, or pods that carry the selector for labels.
Workload workload_for(const model::Workspace& workspace, const model::TextMap& selector) {
  if (!selector.empty())
    if (std::optional<Workload> pods = find_pods(workspace, selector)) return *std::move(pods);
  Workload usual;
  return selects(selector, usual) ? usual : workload_with(usual.ns, selector);
}

// The port of a container that a Service calls by name; 0 when no pod of the input has it.
std::uint32_t container_port(const model::Workspace& workspace, const model::TextMap& selector, std::string_view name) {
  for (const model::Kind kind : kWorkloadKinds) {
    for (const model::Resource* resource : workspace.all(kind)) {
      const auto* pods = std::get_if<model::Workload>(&resource->spec);
      if (pods == nullptr || !selects(selector, workload_with(workspace.ns_of(*resource), pods->labels))) continue;
      for (const model::Container& container : pods->containers)
        for (const model::ContainerPort& port : container.ports)
          if (*port.name == name) return *port.container_port;
    }
  }
  return 0;
}

std::uint32_t target_of(const model::Workspace& workspace, const model::Service& service,
                        const model::K8sServicePort& port) {
  if (!port.target_port) return *port.port;
  if (port.target_port->number != 0) return port.target_port->number;
  const std::uint32_t found = container_port(workspace, service.selector, port.target_port->name);
  return found != 0 ? found : *port.port;
}

}  // namespace

bool selects(const model::TextMap& selector, const Workload& workload) {
  return std::ranges::all_of(selector, [&workload](const auto& wanted) {
    return std::ranges::any_of(workload.labels, [&wanted](const auto& label) {
      return label.first == wanted.key && label.second == *wanted.value;
    });
  });
}

Workload choose_workload(const model::Workspace& workspace, const LowerOptions& options) {
  if (options.workload) return *options.workload;
  const std::vector<SelectedGateway> gateways = all_gateways(workspace, options);
  if (gateways.empty()) return {};

  auto chosen = std::ranges::find_if(gateways, [](const auto& g) { return selects(g.spec->selector, Workload()); });
  if (chosen == gateways.end()) chosen = gateways.begin();
  return workload_for(workspace, chosen->spec->selector);
}

std::vector<SelectedGateway> select_gateways(const model::Workspace& workspace, const Workload& workload,
                                             const LowerOptions& options, std::vector<Problem>& problems) {
  std::vector<SelectedGateway> gateways = all_gateways(workspace, options);
  std::erase_if(gateways, [&](const SelectedGateway& gateway) {
    const bool is_elsewhere = options.mesh.scope_gateways_to_namespace && gateway.ns != workload.ns;  // R-GW-2
    if (!is_elsewhere && selects(gateway.spec->selector, workload)) return false;
    Problem& problem = problems.emplace_back();
    problem.kind = ProblemKind::kNoGatewayForWorkload;
    problem.span =
        gateway.resource->span(gateway.spec->selector.present() ? gateway.spec->selector.node : gateway.spec->node);
    problem.resource = gateway.name;
    for (const model::Server& server : gateway.spec->servers)
      for (const model::Text& host : server.hosts) problem.hosts.push_back(server_host(*host, gateway.ns).name);
    return true;
  });
  return gateways;
}

// Only Services in the pods' own namespace count. Of two ports of one Service with the same target the second is not
// translated; two Services may well lead two ports to one target.
PortTranslation::PortTranslation(const model::Workspace& workspace, const Workload& workload) {
  const auto leads_here = [&](const model::Resource* resource) {
    const auto* service = std::get_if<model::Service>(&resource->spec);
    return service != nullptr && workspace.ns_of(*resource) == workload.ns && !service->selector.empty() &&
           selects(service->selector, workload);
  };
  if (std::ranges::none_of(workspace.all(model::Kind::kService), leads_here)) return;  // nothing to put in order
  for (const model::Resource* resource : in_creation_order(workspace, model::Kind::kService)) {
    if (!leads_here(resource)) continue;
    const auto* service = std::get_if<model::Service>(&resource->spec);
    if (resource->metadata.labels.find(kNoTranslationLabel) != nullptr) continue;
    std::vector<std::uint32_t> targets;
    for (const model::K8sServicePort& port : service->ports) {
      const std::uint32_t target = target_of(workspace, *service, port);
      if (std::ranges::find(targets, target) != targets.end()) continue;
      targets.push_back(target);
      mapped_.push_back({*port.port, target});
    }
  }
}

std::uint32_t PortTranslation::operator()(std::uint32_t number) const {
  const auto found = std::ranges::find(mapped_, number, &Mapped::port);
  return found == mapped_.end() ? number : found->target;
}

}  // namespace wicket::rules
