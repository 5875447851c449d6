// VirtualServices as the checks of references see them.
#include <algorithm>
#include <variant>

#include "check/references.h"
#include "check/words.h"
#include "rules/bindings.h"
#include "rules/order.h"
#include "rules/visibility.h"

namespace wicket::check::references {

using model::Kind;
using model::Resource;

BoundServices bound_services(const CheckInput& in) {
  BoundServices all;
  const auto written = in.workspace.all(Kind::kVirtualService);
  all.is_order_known = !written.empty() && std::ranges::all_of(written, [](const Resource* resource) {
    const model::Text& created = resource->metadata.creation_timestamp;
    return created && rules::parse_time(*created);
  });
  const auto add = [&](const Resource* resource) {
    const auto* spec = std::get_if<model::VirtualService>(&resource->spec);
    if (spec == nullptr) return;
    BoundService service{.resource = resource, .spec = spec, .ns = in.workspace.ns_of(*resource), .gateways = {}};
    service.applies_to_mesh = !spec->gateways.present();
    for (const model::Text& gateway : spec->gateways) {
      if (!gateway || is_generated_gateway(*gateway)) continue;
      if (const NamedGateway* named = in.estate->gateway_of(*gateway, service.ns)) {
        service.gateways.push_back(named);
      } else {
        service.applies_to_mesh = true;
      }
    }
    if (spec->gateways.present() && resource->document->size(spec->gateways.node) == 0) service.applies_to_mesh = true;
    service.is_delegate = !spec->hosts.present() || resource->document->size(spec->hosts.node) == 0;
    all.services.push_back(std::move(service));
  };
  all.services.reserve(written.size());
  if (all.is_order_known) {
    for (const Resource* resource : rules::in_creation_order(in.workspace, Kind::kVirtualService)) add(resource);
  } else {
    for (const Resource* resource : written) {
      const bool is_last =
          in.workspace.find(Kind::kVirtualService, in.workspace.ns_of(*resource), resource->name()) == resource;
      if (is_last || resource->name().empty()) add(resource);
    }
  }
  return all;
}

std::string name_of(const CheckInput& in, const Resource& resource) { return rules::full_name(in.workspace, resource); }

bool is_visible(const CheckInput& in, const BoundService& service, std::string_view viewer) {
  return rules::visibility(rules::export_to_of(*service.spec, in.estate->mesh()), service.ns, viewer) !=
         rules::Visibility::kHidden;
}

// Where the default ingress gateway is only assumed, it may well run in a namespace that exportTo names.
std::vector<std::string_view> blind_gateways(const CheckInput& in, const BoundService& service,
                                             const Resource& gateway) {
  std::vector<std::string_view> blind;
  const bool names_others = std::ranges::any_of(service.spec->export_to, [&](const model::Text& entry) {
    return !entry || (*entry != "." && *entry != service.ns);
  });
  for (const GatewayPods& pods : in.estate->pods_of(gateway)) {
    if (is_visible(in, service, pods.ns)) return {};
    if (!pods.is_certain && names_others && in.workspace.ns_of(gateway) != pods.ns) return {};
    if (std::ranges::find(blind, pods.ns) == blind.end()) blind.push_back(pods.ns);
  }
  return blind;
}

}  // namespace wicket::check::references
