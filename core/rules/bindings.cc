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

VirtualServices::VirtualServices(const model::Workspace& workspace) {
  const std::vector<const model::Resource*> written = in_creation_order(workspace, model::Kind::kVirtualService);
  services_.reserve(written.size());
  for (const model::Resource* resource : written) {
    const auto* spec = std::get_if<model::VirtualService>(&resource->spec);
    if (spec == nullptr) continue;
    BoundService& service = services_.emplace_back();
    service.resource = resource;
    service.spec = spec;
    service.ns = workspace.ns_of(*resource);
    service.name = full_name(workspace, *resource);
    service.hosts.reserve(spec->hosts.size());
    for (const model::Text& host : spec->hosts)
      service.hosts.push_back(fully_qualified(*host, service.ns, workspace.options().cluster_domain));
    if (service.hosts.empty()) delegates_.emplace(service.name.view(), &service);
  }
}

const BoundService* VirtualServices::delegate(std::string_view name) const {
  const auto found = delegates_.find(name);
  return found == delegates_.end() ? nullptr : found->second;
}

namespace {

/// What is bound to one Gateway.
struct AtGateway {
  bool exists = false;
  std::array<std::vector<const BoundService*>, 3> groups;  // by Visibility

  void add(const BoundService& service, Visibility seen) {
    if (exists && seen != Visibility::kHidden) groups[static_cast<std::size_t>(seen)].push_back(&service);
  }
  [[nodiscard]] std::vector<const BoundService*> in_order() && {
    std::vector<const BoundService*> all;
    for (std::vector<const BoundService*>& group : groups) {
      if (all.empty()) {
        all = std::move(group);
      } else {
        all.insert(all.end(), group.begin(), group.end());
      }
    }
    return all;
  }
};

/// Binds VirtualServices to the Gateways that they name.
class Binder {
 public:
  Binder(const model::Workspace& workspace, const LowerOptions& options, std::vector<Problem>& problems)
      : workspace_(workspace), for_gateways_(options.viewpoint == Viewpoint::kGateway), problems_(problems) {
    mesh().exists = true;
  }

  void add(const BoundService& service, Visibility seen, const Workload& workload) {
    const model::VirtualService& spec = *service.spec;
    const bool names_mesh = spec.gateways.empty() || std::ranges::any_of(spec.gateways, is_mesh);
    const bool is_asked = for_gateways_ ? !spec.gateways.empty() : names_mesh;
    if (seen == Visibility::kHidden && is_asked)
      problems_.push_back({.kind = ProblemKind::kNotExported,
                           .span = service.resource->span(spec.export_to.present() ? spec.export_to.node : spec.node),
                           .resource = service.name,
                           .detail = workload.ns,
                           .hosts = service.hosts});
    if (names_mesh) mesh().add(service, seen);
    if (!for_gateways_) return;
    if (spec.gateways.empty())
      problems_.push_back({.kind = ProblemKind::kMeshOnly,
                           .span = service.resource->span(spec.node),
                           .resource = service.name,
                           .hosts = service.hosts});
    bind_to_gateways(service, seen);
  }

  [[nodiscard]] ByText<std::vector<const BoundService*>> finish() && {
    ByText<std::vector<const BoundService*>> all;
    for (auto& [name, gateway] : gateways_) all.emplace(name, std::move(gateway).in_order());
    return all;
  }

 private:
  AtGateway& mesh() { return gateways_[std::string(kMesh)]; }

  AtGateway& gateway(const std::string& name) {
    const auto [known, is_new] = gateways_.try_emplace(name);
    if (is_new) known->second.exists = gateway_exists(workspace_, name);
    return known->second;
  }

  void bind_to_gateways(const BoundService& service, Visibility seen) {
    bound_.clear();
    for (const model::Text& written : service.spec->gateways) {
      std::optional<std::string> name = gateway_name(*written, service.ns);
      if (!name) continue;
      AtGateway& named = gateway(*name);
      if (std::ranges::find(bound_, &named) != bound_.end()) continue;  // twice counts once
      bound_.push_back(&named);
      named.add(service, seen);
      if (!named.exists)
        problems_.push_back({.kind = ProblemKind::kGatewayNotFound,
                             .span = service.resource->span(written.node),
                             .resource = service.name,
                             .detail = *std::move(name),
                             .hosts = service.hosts});
    }
  }

  const model::Workspace& workspace_;
  bool for_gateways_;
  std::vector<Problem>& problems_;
  ByText<AtGateway> gateways_;           // addresses stay
  std::vector<const AtGateway*> bound_;  // of the VirtualService at hand
};

}  // namespace

Bindings::Bindings(const model::Workspace& workspace, const VirtualServices& services, const Workload& workload,
                   const LowerOptions& options, std::vector<Problem>& problems)
    : services_(services) {
  Binder binder(workspace, options, problems);
  for (const BoundService& service : services.all()) {
    if (service.hosts.empty()) continue;
    const Visibility seen = options.ignore_exports
                                ? Visibility::kPublic
                                : visibility(export_to_of(*service.spec, options.mesh), service.ns, workload.ns);
    binder.add(service, seen, workload);
  }
  at_gateway_ = std::move(binder).finish();
}

std::span<const BoundService* const> Bindings::at(std::string_view gateway) const {
  const auto found = at_gateway_.find(gateway);
  return found == at_gateway_.end() ? std::span<const BoundService* const>() : found->second;
}

}  // namespace wicket::rules
