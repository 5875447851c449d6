#include "cli/serve_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>

#include "cli/route_input.h"
#include "rules/host_names.h"

namespace wicket::cli {
namespace {

using proxy::Backend;
using proxy::BackendKind;

// How well a backend fits a cluster; nothing: not at all. Names in full beat wildcards, then longer ones, ports,
// subsets.
std::optional<std::tuple<bool, std::size_t, bool, bool>> fit(const ResolvedBackend& backend,
                                                             const rules::Cluster& cluster) {
  const load::BackendName& argument = backend.argument.name;
  const bool is_wildcard = backend.host.starts_with('*');
  const bool names_it =
      is_wildcard ? cluster.host.ends_with(std::string_view(backend.host).substr(1)) : cluster.host == backend.host;
  if (!names_it || (argument.port && *argument.port != cluster.port) ||
      (argument.subset && *argument.subset != cluster.subset))
    return std::nullopt;
  return std::tuple(!is_wildcard, backend.host.size(), argument.port.has_value(), argument.subset.has_value());
}

Backend backend_of(const rules::Cluster& cluster, std::vector<ResolvedBackend>& backends, Unmapped unmapped) {
  decltype(fit(backends.front(), cluster)) best;
  for (const ResolvedBackend& backend : backends) best = std::max(best, fit(backend, cluster));
  Backend made;
  if (!best) {
    made.kind = unmapped == Unmapped::kEcho ? BackendKind::kEcho : BackendKind::kNone;
    return made;
  }
  made.kind = BackendKind::kEndpoints;
  for (ResolvedBackend& backend : backends) {
    if (fit(backend, cluster) != best) continue;
    backend.is_used = true;
    made.endpoints.push_back(backend.endpoint);
  }
  return made;
}

/// Services by the hosts that clusters have.
/// Source: Istio pilot/pkg/networking/core/cluster_builder.go, addIstioMetadata: what a cluster says of its service.
class ServiceNames {
 public:
  ServiceNames(const model::Workspace& workspace, std::string_view cluster_domain)
      : tail_(fmt::format(".svc.{}", cluster_domain)) {
    for (const model::Resource* resource : workspace.all(model::Kind::kServiceEntry))
      if (const auto* entry = std::get_if<model::ServiceEntry>(&resource->spec))
        for (const model::Text& host : entry->hosts)
          entries_.try_emplace(std::string(*host), workspace.ns_of(*resource));
  }

  [[nodiscard]] proxy::ServiceName of(const rules::Cluster& cluster) const {
    proxy::ServiceName service{.host = cluster.host, .name = cluster.host, .ns = {}};
    if (const auto entry = entries_.find(cluster.host); entry != entries_.end()) {
      service.ns = entry->second;
      return service;
    }
    if (!cluster.host.ends_with(tail_)) return service;
    const std::string front = cluster.host.substr(0, cluster.host.size() - tail_.size());
    const std::size_t dot = front.find('.');
    if (dot == std::string::npos || front.find('.', dot + 1) != std::string::npos) return service;
    service.name = front.substr(0, dot);
    service.ns = front.substr(dot + 1);
    return service;
  }

 private:
  std::string tail_;                                      // of the names of the cluster's own services
  std::unordered_map<std::string, std::string> entries_;  // namespaces of ServiceEntries by host
};

bool has_chain(const rules::Listener& listener, rules::ChainKind kind) {
  return std::ranges::any_of(listener.chains, [kind](const auto& chain) { return chain.kind == kind; });
}

}  // namespace

std::string host_in_full(const load::BackendName& name, const RoutingOptions& options) {
  if (name.host.starts_with('*')) return name.host;
  return rules::fully_qualified(name.host, options.default_namespace, options.cluster_domain);
}

Result<std::vector<ResolvedBackend>> resolve_backends(const ServeOptions& options) {
  std::vector<ResolvedBackend> backends;
  for (const BackendArgument& argument : options.backends) {
    Result<proxy::Endpoint> endpoint = proxy::resolve(argument.address.host, argument.address.port);
    if (!endpoint) return tl::unexpected<Error>(std::move(endpoint.error()).during(argument.text));
    backends.push_back(
        {.argument = argument, .host = host_in_full(argument.name, options), .endpoint = *std::move(endpoint)});
  }
  return backends;
}

std::vector<const rules::Cluster*> clusters_of(const route::RouteTable& table) {
  std::map<std::string_view, const rules::Cluster*> found;
  const auto add = [&found](const rules::ClusterRef& cluster) { found.try_emplace(cluster->name, cluster.get()); };
  for (const rules::HostTable& hosts : table.rules().tables)
    for (const rules::VirtualHost& host : hosts.hosts)
      for (const rules::RuleRef& rule : host.rules)
        if (const auto* forward = std::get_if<rules::Forward>(&rule->action)) {
          for (const rules::WeightedDestination& destination : forward->destinations) add(destination.cluster);
          for (const rules::Mirror& mirror : forward->mirrors) add(mirror.cluster);
        }
  std::vector<const rules::Cluster*> clusters;
  for (const auto& [name, cluster] : found) clusters.push_back(cluster);
  return clusters;
}

ServingSet make_serving_set(load::Loaded loaded, const ServeOptions& options, ServeInputs& inputs) {
  ServingSet made;
  proxy::ServingSet& set = made.set;
  set.table = std::make_shared<const route::RouteTable>(make_table(options, *loaded.workspace));
  set.sources = std::make_shared<const SourceSet>(std::move(loaded.sources));
  set.generation = ++inputs.generation;
  const ServiceNames names(*loaded.workspace, options.cluster_domain);
  for (const rules::Cluster* cluster : clusters_of(*set.table)) {
    Backend backend = backend_of(*cluster, inputs.backends, options.unmapped);
    backend.state = inputs.states.find(cluster->name, names.of(*cluster));
    if (backend.kind == BackendKind::kEndpoints)
      backend.tls = upstream_tls(*loaded.workspace, set.table->rules(), *cluster, inputs.tls, made.notes);
    set.backends.emplace(cluster, std::move(backend));
  }
  ChainCertificates certificates =
      chain_certificates(*loaded.workspace, *set.table, inputs.tls, [&] { return inputs.open_ca(made.notes); });
  inputs.tls.forget_unused();
  set.tls = std::move(certificates.contexts);
  made.notes.insert(made.notes.end(), certificates.notes.begin(), certificates.notes.end());
  return made;
}

const proxy::LocalCa* ServeInputs::open_ca(std::vector<std::string>& notes) {
  if (ca || ca_failed) return ca ? &*ca : nullptr;
  const Result<std::string> folder = ca_folder();
  Result<proxy::LocalCa> opened = folder ? proxy::LocalCa::open(*folder) : tl::unexpected<Error>(folder.error());
  ca_failed = !opened;
  if (opened) {
    ca.emplace(*std::move(opened));
    return &*ca;
  }
  notes.push_back(opened.error().message);
  return nullptr;
}

std::vector<proxy::WantedPort> wanted_ports(const route::RouteTable& table, const ServeOptions& options) {
  std::vector<proxy::WantedPort> wanted;
  std::set<std::uint32_t> seen;
  for (const route::Listener& listener : table.listeners()) {
    const bool has_http = has_chain(*listener.source, rules::ChainKind::kHttp);
    if (!has_http && !has_chain(*listener.source, rules::ChainKind::kHttps)) continue;
    std::vector<std::uint32_t> numbers = listener.source->server_ports;
    if (numbers.empty()) numbers.push_back(listener.source->port);
    for (const std::uint32_t number : numbers) {
      if (!seen.insert(number).second) continue;  // another address of the same port
      const auto chosen = std::ranges::find(options.ports, number, &PortArgument::gateway_port);
      const bool is_chosen = chosen != options.ports.end();
      wanted.push_back({.gateway_port = number,
                        .bind = listener.source->bind,
                        .port = is_chosen ? chosen->port : static_cast<std::uint16_t>(number),
                        .may_move = !is_chosen,
                        .is_tls = has_chain(*listener.source, rules::ChainKind::kHttps),
                        .is_plain_too = has_http});
    }
  }
  return wanted;
}

}  // namespace wicket::cli
