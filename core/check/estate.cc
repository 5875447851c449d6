#include "check/estate.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "base/edit_distance.h"
#include "rules/host_names.h"

namespace wicket::check {

using model::Kind;

bool Known::has_service(std::string_view host) const {
  return std::ranges::any_of(services, [&](std::string_view known) {
    return known == host ||
           (known.starts_with("*.") && host.size() > known.size() - 1 && host.ends_with(known.substr(1)));
  });
}

Estate::Estate(const model::Workspace& workspace, rules::MeshSettings mesh, const Known& known, bool closed_world)
    : workspace_(workspace), mesh_(std::move(mesh)), known_(known), closed_world_(closed_world) {
  mesh_.cluster_domain = workspace.options().cluster_domain;
}

std::span<const rules::GatewayWorkload> Estate::workloads() const {
  if (!workloads_) {
    workloads_ = rules::gateway_workloads(workspace_, mesh_, known_.gateway_workloads);
  }
  return *workloads_;
}

std::span<const GatewayPods> Estate::pods_of(const model::Resource& gateway) const {
  if (pods_of_.empty()) {
    const rules::Workload usual;
    for (std::size_t i = 0; i < workloads().size(); ++i) {
      const rules::GatewayWorkload& workload = workloads()[i];
      const bool is_certain = workload.pods != nullptr || workload.is_known;
      const bool is_usual = workload.workload.ns == usual.ns && workload.workload.labels == usual.labels;
      if (!is_certain && !is_usual) continue;
      for (const model::Resource* of : workload.gateways)
        pods_of_[of].push_back({.workload = i, .ns = workload.workload.ns, .is_certain = is_certain});
    }
  }
  const auto found = pods_of_.find(&gateway);
  return found == pods_of_.end() ? std::span<const GatewayPods>() : found->second;
}

const ServiceIndex& Estate::services() const {
  if (!services_) services_.emplace(workspace_);
  return *services_;
}

const PodIndex& Estate::pods() const {
  if (!pods_) pods_.emplace(workspace_);
  return *pods_;
}

const Proxies& Estate::proxies() const {
  if (!proxies_) proxies_.emplace(workspace_, mesh_);
  return *proxies_;
}

void Estate::Directory::add(std::string_view ns, std::string_view name, const model::Resource& resource) {
  if (name.empty()) return;
  // The first kind that has the name, and of its objects the last one (R-RES-4).
  const auto [known, is_new] = objects.try_emplace(fmt::format("{}/{}", ns, name), &resource);
  if (!is_new && known->second->kind == resource.kind) known->second = &resource;
  by_namespace[ns].push_back(name);
  by_name[name].push_back(ns);
}

const Estate::Directory& Estate::directory(Shelf shelf) const {
  std::optional<Directory>& made = directories_[static_cast<std::size_t>(shelf)];
  if (made) return *made;
  Directory& all = made.emplace();
  const auto add = [&](Kind kind) {
    for (const model::Resource* resource : workspace_.all(kind)) {
      const auto* source = std::get_if<model::SecretSource>(&resource->spec);
      all.add(workspace_.ns_of(*resource), source != nullptr ? source->secret : resource->name(), *resource);
    }
  };
  switch (shelf) {
    case Shelf::kGateways:
      add(Kind::kGateway);
      add(Kind::kKubernetesGateway);
      break;
    case Shelf::kDelegates:
      for (const model::Resource* resource : workspace_.all(Kind::kVirtualService)) {
        const auto* spec = std::get_if<model::VirtualService>(&resource->spec);
        const bool has_hosts =
            spec != nullptr && spec->hosts.present() && resource->document->size(spec->hosts.node) > 0;
        if (spec != nullptr && !has_hosts) all.add(workspace_.ns_of(*resource), resource->name(), *resource);
      }
      break;
    case Shelf::kSecrets:
      for (const Kind kind : {Kind::kSecret, Kind::kCertificate, Kind::kExternalSecret, Kind::kSealedSecret}) add(kind);
      break;
  }
  return all;
}

// What somebody may have meant is looked for in long lists too, but not over and over.
std::optional<std::string_view> Estate::nearest_of(std::string_view name,
                                                   const std::vector<std::string_view>& candidates) const {
  constexpr std::size_t kMostCompared = 20'000'000;
  compared_ += candidates.size();
  return compared_ > kMostCompared ? std::nullopt : nearest(name, candidates);
}

Reference Estate::object(Shelf shelf, std::string_view ns, std::string_view name) const {
  const Directory& all = directory(shelf);
  Reference reference;
  const auto find = [&](std::string_view in, std::string_view of) {
    const auto found = all.objects.find(fmt::format("{}/{}", in, of));
    return found == all.objects.end() ? nullptr : found->second;
  };
  reference.found = find(ns, name);
  if (reference.found != nullptr) {
    reference.answer = Answer::kFound;
    return reference;
  }
  const auto meant = [&](std::string_view near_ns, std::string_view near_name) {
    reference.answer = Answer::kMissing;
    reference.near = find(near_ns, near_name);
    reference.help = fmt::format("did you mean {}/{}?", near_ns, near_name);
  };
  if (closed_world_) reference.answer = Answer::kMissing;
  if (const auto here = all.by_namespace.find(ns); here != all.by_namespace.end()) {
    reference.answer = Answer::kMissing;
    if (const auto near = nearest_of(name, here->second)) {
      meant(ns, *near);
      return reference;
    }
  }
  if (const auto elsewhere = all.by_name.find(name); elsewhere != all.by_name.end())
    meant(elsewhere->second.front(), name);
  return reference;
}

const NamedGateway& Estate::gateway(std::string_view full_name) const {
  if (const auto known = gateways_.find(full_name); known != gateways_.end()) return known->second;
  NamedGateway& named = gateways_[std::string(full_name)];
  named.name = full_name;
  const std::size_t slash = full_name.find('/');
  named.reference = object(Shelf::kGateways, full_name.substr(0, slash), full_name.substr(slash + 1));
  const bool is_known = std::ranges::find(known_.gateways, full_name) != known_.gateways.end();
  if (is_known && named.reference.answer != Answer::kFound) named.reference = {.answer = Answer::kFound};
  return named;
}

const NamedGateway* Estate::gateway_of(std::string_view written, std::string_view ns) const {
  const auto name = rules::gateway_name(written, ns, room_);
  return name ? &gateway(*name) : nullptr;
}

Reference Estate::delegate(std::string_view ns, std::string_view name) const {
  return object(Shelf::kDelegates, ns, name);
}

Reference Estate::secret(std::string_view ns, std::string_view name) const {
  Reference reference = object(Shelf::kSecrets, ns, name);
  const bool is_known = std::ranges::find(known_.secrets, fmt::format("{}/{}", ns, name)) != known_.secrets.end();
  return is_known && reference.answer != Answer::kFound ? Reference{.answer = Answer::kFound} : reference;
}

Reference Estate::ns(std::string_view name) const {
  if (!namespaces_) {
    std::vector<std::string_view>& all = namespaces_.emplace(known_.namespaces.begin(), known_.namespaces.end());
    for (const auto& file : workspace_.files())
      for (const model::Resource& resource : file->resources)
        all.push_back(resource.kind == Kind::kNamespace ? resource.name() : workspace_.ns_of(resource));
    all.emplace_back(mesh_.root_namespace);
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
  }
  Reference reference;
  if (std::ranges::binary_search(*namespaces_, name)) {
    reference.answer = Answer::kFound;
    return reference;
  }
  const bool are_listed = !workspace_.all(Kind::kNamespace).empty() || !known_.namespaces.empty();
  if (!are_listed) return reference;
  if (closed_world_) reference.answer = Answer::kMissing;
  if (const auto near = nearest_of(name, *namespaces_)) {
    reference.answer = Answer::kMissing;
    reference.near = workspace_.find(Kind::kNamespace, {}, *near);
    reference.help = fmt::format("did you mean {}?", *near);
  }
  return reference;
}

Reference Estate::service(std::string_view host, std::string_view ns) const {
  const ServiceIndex& all = services();
  Reference reference{.found = all.service(host)};
  if (reference.found == nullptr) reference.found = all.entry(host);
  const std::string& domain = workspace_.options().cluster_domain;
  const bool is_api_server = host == fmt::format("kubernetes.default.svc.{}", domain);  // every cluster has it
  if (reference.found != nullptr || known_.has_service(host) || is_api_server) {
    reference.answer = Answer::kFound;
    return reference;
  }
  const auto meant = [&](std::string_view name) {
    reference.answer = Answer::kMissing;
    reference.near = all.service(name);
    if (reference.near == nullptr) reference.near = all.entry(name);
    reference.help = fmt::format("did you mean {}?", name);
  };
  const auto full = [&domain](std::string_view name, std::string_view of) {
    return fmt::format("{}.{}.svc.{}", name, of, domain);
  };
  if (closed_world_) reference.answer = Answer::kMissing;
  if (const auto [name, service_ns] = all.in_cluster(host); !name.empty()) {
    const auto& others = all.services_of(service_ns);
    if (!others.empty()) reference.answer = Answer::kMissing;
    if (const auto near = nearest_of(name, others)) {
      meant(full(*near, service_ns));
      if (service_ns == ns) reference.help = fmt::format("did you mean {}?", *near);
    } else if (const auto& elsewhere = all.namespaces_with(name); !elsewhere.empty()) {
      meant(full(name, elsewhere.front()));
    }
    return reference;
  }
  // name.namespace is no short form: it is taken as it is.
  const std::size_t dot = host.find('.');
  const std::string_view first = host.substr(0, dot);
  const std::string_view rest = dot == std::string_view::npos ? std::string_view() : host.substr(dot + 1);
  const std::string_view wanted = rest.substr(0, rest.find('.'));
  if ((rest == wanted || rest == fmt::format("{}.svc", wanted)) &&
      std::ranges::count(all.namespaces_with(first), wanted) > 0) {
    meant(full(first, wanted));
    return reference;
  }
  const auto& hosts = all.entry_hosts_of(ns);
  if (!hosts.empty()) reference.answer = Answer::kMissing;
  if (const auto near = nearest_of(host, hosts)) meant(*near);
  return reference;
}

}  // namespace wicket::check
