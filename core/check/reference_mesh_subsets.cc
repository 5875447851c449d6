// WK412: a VirtualService for the mesh splits a service into subsets, and another one sends what enters through a
// Gateway to the whole service: the gateway never asks the first one.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "check/references.h"
#include "check/words.h"
#include "model/host_name.h"
#include "rules/gateways.h"
#include "rules/host_names.h"

namespace wicket::check::references {
namespace {

using model::Destination;
using model::Resource;

/// A VirtualService that routes one of its own hosts with subsets.
struct Split {
  const BoundService* service = nullptr;
  const Destination* destination = nullptr;
};

bool is_unset(const model::Text& text) { return !text.present() || (text.valid && text->empty()); }

class MeshSubsets {
 public:
  MeshSubsets(const CheckInput& in, Reporter& out) : in_(in), out_(out) {}

  void add(const BoundService& service) {
    if (!service.applies_to_mesh || service.is_delegate) return;
    std::vector<std::string> hosts;
    for (const model::Text& host : service.spec->hosts)
      if (host) hosts.push_back(full(service, *host));
    for (const model::HTTPRoute& route : service.spec->http) {
      for (const model::HTTPRouteDestination& item : route.route) {
        if (!item.destination || !item.destination->host || item.destination->subset->empty()) continue;
        std::string host = full(service, *item.destination->host);
        if (std::ranges::find(hosts, host) == hosts.end()) continue;
        std::vector<Split>& known = splits_[std::move(host)];
        if (known.empty() || known.back().service != &service)
          known.push_back({.service = &service, .destination = item.destination.get()});
      }
    }
  }

  void check(const BoundService& service) {
    if (splits_.empty() || service.is_delegate) return;
    const NamedGateway* gateway = ingress_of(service);
    if (gateway == nullptr) return;
    for (const model::HTTPRoute& route : service.spec->http)
      for (const model::HTTPRouteDestination& item : route.route)
        if (item.destination && item.destination->host && is_unset(item.destination->subset))
          check(service, *gateway, *item.destination);
  }

 private:
  [[nodiscard]] std::string full(const BoundService& service, std::string_view host) const {
    return rules::fully_qualified(host, service.ns, in_.workspace.options().cluster_domain);
  }

  void check(const BoundService& service, const NamedGateway& gateway, const Destination& destination) {
    const auto splits = splits_.find(full(service, *destination.host));
    if (splits == splits_.end()) return;
    // One that is bound to the Gateway as well routes what enters there.
    const auto other = std::ranges::find_if(splits->second, [&](const Split& split) {
      return split.service != &service &&
             std::ranges::find(split.service->gateways, &gateway) == split.service->gateways.end();
    });
    if (other == splits->second.end() || is_gateway(splits->first)) return;
    out_.report(wk("WK412"), Places(*service.resource).value(destination.host.node),
                "the subsets that VirtualService {} has for {} do not apply to requests that enter through Gateway {}",
                name_of(in_, *other->service->resource), quoted(*destination.host), gateway.name)
        .note(other->service->resource->span(other->destination->node), "the subset routing")
        .help("name the subset here, or bind the rules of both to the Gateway");
  }

  /// The first Gateway of the input that lets requests in; nullptr when there is none.
  [[nodiscard]] static const NamedGateway* ingress_of(const BoundService& service) {
    for (const NamedGateway* gateway : service.gateways) {
      const Resource* found = gateway->reference.found;
      const auto* spec = found == nullptr ? nullptr : std::get_if<model::Gateway>(&found->spec);
      if (spec == nullptr) continue;
      const bool is_egress = std::ranges::any_of(
          spec->selector, [](const auto& label) { return label.value->find("egress") != std::string_view::npos; });
      if (!is_egress) return gateway;
    }
    return nullptr;
  }

  /// Whether a service is that of a gateway: requests go on from there by other rules.
  [[nodiscard]] bool is_gateway(std::string_view host) const {
    const Resource* found = in_.estate->services().service(host);
    const auto* service = found == nullptr ? nullptr : std::get_if<model::Service>(&found->spec);
    if (service == nullptr) return host.find("gateway.") != std::string_view::npos;
    if (service->selector.empty()) return false;
    const std::string_view ns = in_.workspace.ns_of(*found);
    return std::ranges::any_of(in_.estate->workloads(), [&](const rules::GatewayWorkload& workload) {
      return workload.workload.ns == ns && rules::selects(service->selector, workload.workload);
    });
  }

  const CheckInput& in_;
  Reporter& out_;
  std::unordered_map<std::string, std::vector<Split>> splits_;  // host
};

}  // namespace

void check_mesh_subsets(const CheckInput& in, const BoundServices& all, Reporter& out) {
  if (!out.wants(wk("WK412"))) return;
  MeshSubsets subsets(in, out);
  for (const BoundService& service : all.services) subsets.add(service);
  for (const BoundService& service : all.services) subsets.check(service);
}

}  // namespace wicket::check::references
