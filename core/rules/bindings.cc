#include "rules/bindings.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "rules/host_names.h"
#include "rules/order.h"
#include "rules/visibility.h"

namespace wicket::rules {
namespace {

bool gateway_exists(const model::Workspace& workspace, const std::string& name) {
  const std::size_t slash = name.find('/');
  return workspace.find(model::Kind::kGateway, std::string_view(name).substr(0, slash),
                        std::string_view(name).substr(slash + 1)) != nullptr;
}

bool is_mesh(const model::Text& gateway) { return *gateway == kMesh; }

}  // namespace

std::vector<std::string_view> texts(const model::List<model::Text>& list) {
  std::vector<std::string_view> values;
  values.reserve(list.size());
  for (const model::Text& text : list) values.push_back(*text);
  return values;
}

std::vector<std::string_view> export_to_of(const model::VirtualService& service, const MeshSettings& mesh) {
  std::vector<std::string_view> export_to = texts(service.export_to);
  if (export_to.empty()) export_to.assign(mesh.virtual_service_export_to.begin(), mesh.virtual_service_export_to.end());
  return export_to;
}

Bindings::Bindings(const model::Workspace& workspace, const Workload& workload, const LowerOptions& options,
                   std::vector<Problem>& problems) {
  const bool for_gateways = options.viewpoint == Viewpoint::kGateway;
  std::array<std::vector<std::pair<std::string, const BoundService*>>, 3> groups;  // by Visibility
  for (const model::Resource* resource : in_creation_order(workspace, model::Kind::kVirtualService)) {
    const auto* spec = std::get_if<model::VirtualService>(&resource->spec);
    if (spec == nullptr) continue;
    BoundService& service = services_.emplace_back();
    service.resource = resource;
    service.spec = spec;
    service.ns = workspace.ns_of(*resource);
    service.name = full_name(workspace, *resource);
    for (const model::Text& host : spec->hosts)
      service.hosts.push_back(fully_qualified(*host, service.ns, workspace.options().cluster_domain));
    if (service.hosts.empty()) {
      delegates_.emplace(service.name.view(), &service);
      continue;
    }
    const Visibility seen = options.ignore_exports
                                ? Visibility::kPublic
                                : visibility(export_to_of(*spec, options.mesh), service.ns, workload.ns);
    const bool names_mesh = spec->gateways.empty() || std::ranges::any_of(spec->gateways, is_mesh);
    const bool is_asked = for_gateways ? !spec->gateways.empty() : names_mesh;
    if (seen == Visibility::kHidden && is_asked)
      problems.push_back({.kind = ProblemKind::kNotExported,
                          .span = resource->span(spec->export_to.present() ? spec->export_to.node : spec->node),
                          .resource = service.name,
                          .detail = workload.ns,
                          .hosts = service.hosts});
    if (names_mesh && seen != Visibility::kHidden)
      groups[static_cast<std::size_t>(seen)].emplace_back(std::string(kMesh), &service);
    if (!for_gateways) continue;
    if (spec->gateways.empty())
      problems.push_back({.kind = ProblemKind::kMeshOnly,
                          .span = resource->span(spec->node),
                          .resource = service.name,
                          .hosts = service.hosts});
    std::vector<std::string> bound;  // a Gateway that is named twice counts once
    for (const model::Text& written : spec->gateways) {
      std::optional<std::string> gateway = gateway_name(*written, service.ns);
      if (!gateway || std::ranges::find(bound, *gateway) != bound.end()) continue;
      bound.push_back(*gateway);
      if (!gateway_exists(workspace, *gateway)) {
        problems.push_back({.kind = ProblemKind::kGatewayNotFound,
                            .span = resource->span(written.node),
                            .resource = service.name,
                            .detail = *gateway,
                            .hosts = service.hosts});
      } else if (seen != Visibility::kHidden) {
        groups[static_cast<std::size_t>(seen)].emplace_back(*std::move(gateway), &service);
      }
    }
  }
  for (const auto& group : groups)
    for (const auto& [gateway, service] : group) at_gateway_[gateway].push_back(service);
}

std::span<const BoundService* const> Bindings::at(std::string_view gateway) const {
  const auto found = at_gateway_.find(gateway);
  return found == at_gateway_.end() ? std::span<const BoundService* const>() : found->second;
}

const BoundService* Bindings::delegate(std::string_view name) const {
  const auto found = delegates_.find(name);
  return found == delegates_.end() ? nullptr : found->second;
}

}  // namespace wicket::rules
