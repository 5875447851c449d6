// A cluster exists for every port of every service that the workload sees, whether a route names it or not (R-DST-7).
// The input rarely holds all services, so three answers are possible: it is there, it is certainly not there (the
// service is in the input and lacks the port or the subset), or nothing is known. The last becomes "not there" when the
// input is all there is.

#include "rules/clusters.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <variant>

#include "base/text_hash.h"
#include "rules/bindings.h"
#include "rules/host_names.h"
#include "rules/order.h"
#include "rules/visibility.h"

namespace wicket::rules {
namespace {

constexpr IstioVersion kFirstWithoutPanic{.major = 1, .minor = 31};  // R-OD-1

// A namespace that a host in the cluster's domain tells: name.namespace.svc.domain.
std::string_view namespace_in(std::string_view host, std::string_view domain) {
  const std::string suffix = fmt::format(".svc.{}", domain);
  if (!host.ends_with(suffix)) return {};
  host.remove_suffix(suffix.size());
  const std::size_t dot = host.find('.');
  return dot == std::string_view::npos ? std::string_view() : host.substr(dot + 1);
}

// exportTo of an object that has none.
std::vector<std::string_view> or_default(std::vector<std::string_view> written,
                                         const std::vector<std::string>& by_default) {
  if (written.empty()) written.assign(by_default.begin(), by_default.end());
  return written;
}

Labels labels_of(const model::TextMap& map) {
  Labels labels;
  for (const auto& entry : map) labels.emplace_back(entry.key, *entry.value);
  return labels;
}

bool carries_all(const Labels& labels, const Labels& wanted) {
  return std::ranges::all_of(wanted,
                             [&labels](const auto& label) { return std::ranges::find(labels, label) != labels.end(); });
}

}  // namespace

const Service::Port* Service::port(std::uint32_t number) const {
  const auto found = std::ranges::find(ports, number, &Port::number);
  return found == ports.end() ? nullptr : &*found;
}

Registry::Registry(const model::Workspace& workspace, const Workload& workload, const LowerOptions& options,
                   std::vector<Problem>& problems)
    : workspace_(workspace),
      workload_(workload),
      options_(options),
      domain_(workspace.options().cluster_domain),
      destination_rules_(workspace, workload, options, problems) {
  const std::size_t usual = workspace.all(model::Kind::kVirtualService).size();  // most have a service of their own
  asked_.reserve(usual);
  clusters_.reserve(usual);
  if (options.only_routes) return;
  add_services();
  add_service_entries();
}

void Registry::add(Service service) {
  by_host_[service.host].push_back(services_.size());
  services_.push_back(std::move(service));
}

void Registry::add_services() {
  for (const model::Resource* resource : in_creation_order(workspace_, model::Kind::kService)) {
    const auto* spec = std::get_if<model::Service>(&resource->spec);
    if (spec == nullptr) continue;
    const std::string_view ns = workspace_.ns_of(*resource);
    const std::vector<std::string_view> export_to =
        or_default(annotated_export_to(*resource), options_.mesh.service_export_to);
    if (visibility(export_to, ns, workload_.ns) == Visibility::kHidden) continue;
    Service service{.host = fully_qualified(resource->name(), ns, domain_), .ns = std::string(ns)};
    service.span = resource->span(spec->node);
    service.is_kubernetes = true;
    for (const model::K8sServicePort& port : spec->ports)
      service.ports.push_back({*port.port, port_protocol({.protocol = *port.protocol,
                                                          .app_protocol = *port.app_protocol,
                                                          .name = *port.name,
                                                          .number = *port.port})});
    service.is_external = *spec->type == "ExternalName";
    service.is_headless = *spec->cluster_ip == "None" && !service.is_external;
    if (!spec->cluster_ip->empty() && *spec->cluster_ip != "None") service.addresses.emplace_back(*spec->cluster_ip);
    if (service.is_external) service.external_name = *spec->external_name;
    add(std::move(service));
  }
}

void Registry::add_service_entries() {
  for (const model::Resource* resource : in_creation_order(workspace_, model::Kind::kServiceEntry)) {
    const auto* spec = std::get_if<model::ServiceEntry>(&resource->spec);
    if (spec == nullptr) continue;
    const std::string_view ns = workspace_.ns_of(*resource);
    const std::vector<std::string_view> export_to = or_default(texts(spec->export_to), options_.mesh.service_export_to);
    if (visibility(export_to, ns, workload_.ns) == Visibility::kHidden) continue;
    Service service{.ns = std::string(ns), .entry = spec};
    service.span = resource->span(spec->node);
    for (const model::ServicePort& port : spec->ports)
      service.ports.push_back({*port.number, model::protocol_of(*port.protocol), *port.target_port});
    for (const model::Text& address : spec->addresses) service.addresses.emplace_back(*address);
    service.is_external = *spec->location == model::Location::kMeshExternal;
    for (const model::Text& host : spec->hosts) {
      service.host = *host;
      add(service);
    }
  }
}

std::span<const std::size_t> Registry::services_of(const std::string& host) const {
  const auto known = by_host_.find(host);
  return known == by_host_.end() ? std::span<const std::size_t>() : known->second;
}

const Service* Registry::find(const std::string& host, std::string_view preferred_ns) const {
  const std::span<const std::size_t> known = services_of(host);
  for (const std::size_t i : known)
    if (services_[i].ns == preferred_ns) return &services_[i];
  return known.empty() ? nullptr : &services_[known.front()];
}

// A service that the input does not hold tells its namespace by its name, or not at all: then any rule may be the one.
const DestinationRuleView* Registry::rule_for(const std::string& host) const {
  std::vector<std::string_view> namespaces;
  for (const std::size_t i : services_of(host)) namespaces.push_back(services_[i].ns);
  const bool is_known = !namespaces.empty();
  const std::string_view told = namespace_in(host, domain_);
  if (!is_known && !told.empty()) namespaces.push_back(told);
  if (const DestinationRuleView* rule = destination_rules_.find(host, namespaces)) return rule;
  return is_known || !told.empty() || options_.closed_world ? nullptr : destination_rules_.find_any(host);
}

std::optional<HashKey> Registry::hash_key(const DestinationQuery& query) const {
  if (destination_rules_.empty()) return std::nullopt;
  const DestinationRuleView* rule = rule_for(fully_qualified(query.host, query.ns, domain_));
  return rule != nullptr ? rules::hash_key(*rule, query.subset, query.port) : std::nullopt;
}

std::size_t Registry::HashOfQuery::operator()(const DestinationQuery& query) const {
  return hash_of(query.host, query.ns, query.subset, query.port, query.server_port, query.for_bytes);
}

ClusterRef Registry::cluster(const DestinationQuery& query) {
  ClusterRef& known = asked_[query];
  if (known == nullptr) known = make_cluster(query);
  return known;
}

ClusterRef Registry::make_cluster(const DestinationQuery& query) {
  std::string host = fully_qualified(query.host, query.ns, domain_);
  const Service* service = find(host, query.ns);
  // A sidecar's routes of a port know only the services that have it; its chains for bytes know them all.
  if (options_.viewpoint == Viewpoint::kMesh && !query.for_bytes && service != nullptr &&
      service->port(query.server_port) == nullptr)
    service = nullptr;
  const bool is_only_port = service != nullptr && service->ports.size() == 1;
  const std::uint32_t port = query.port     ? *query.port
                             : is_only_port ? service->ports.front().number
                                            : query.server_port;
  // An alias has no cluster of its own, and an alias of an alias none at all (R-REG-4).
  if (service != nullptr && !service->external_name.empty()) host = service->external_name;

  std::string name = fmt::format("outbound|{}|{}|{}", port, query.subset, host);
  if (const auto known = clusters_.find(name); known != clusters_.end()) return known->second;
  Cluster cluster{.name = std::move(name), .host = std::move(host), .port = port, .subset = std::string(query.subset)};
  judge(cluster);
  auto made = std::make_shared<const Cluster>(std::move(cluster));
  clusters_.emplace(made->name, made);
  return made;
}

std::vector<ClusterRef> Registry::mesh_clusters() {
  std::map<std::tuple<std::string_view, std::uint32_t, std::string_view>, std::string_view> wanted;
  for (const Service& service : services_) {
    if (service.is_external) continue;
    const DestinationRuleView* rule = rule_for(service.host);
    for (const Service::Port& port : service.ports) {
      if (port.protocol == Protocol::kUdp) continue;
      wanted[{service.host, port.number, ""}] = service.ns;
      if (rule == nullptr) continue;
      for (const Written<model::Subset>& subset : rule->subsets)
        wanted[{service.host, port.number, *subset.value->name}] = service.ns;
    }
  }
  std::vector<ClusterRef> clusters;
  for (const auto& [key, ns] : wanted) {
    const auto& [host, port, subset] = key;
    ClusterRef made = cluster({.host = host, .ns = ns, .port = port, .subset = subset});
    if (made->existence == Existence::kFound) clusters.push_back(std::move(made));
  }
  return clusters;
}

void Registry::judge(Cluster& cluster) {
  const Service* service = nullptr;  // that makes the cluster
  bool is_known = false;
  for (const std::size_t i : services_of(cluster.host)) {
    is_known = true;
    const Service::Port* port = services_[i].port(cluster.port);
    if (service == nullptr && port != nullptr && port->protocol != Protocol::kUdp && services_[i].external_name.empty())
      service = &services_[i];
  }
  if (service != nullptr) {
    cluster.existence = Existence::kFound;
  } else if (is_known) {
    cluster.existence = Existence::kMissing;
    cluster.reason = fmt::format("the service {} has no port {}", cluster.host, cluster.port);
    return;
  } else if (options_.closed_world) {
    cluster.existence = Existence::kMissing;
    cluster.reason = fmt::format("no Service or ServiceEntry has the host {}", cluster.host);
    return;
  }

  const DestinationRuleView* rule = rule_for(cluster.host);
  if (!cluster.subset.empty()) judge_subset(cluster, rule);
  PolicyQuery query{.rule = rule, .port = cluster.port};
  query.always_without_panic = options_.mesh.version >= kFirstWithoutPanic;
  if (rule != nullptr) {
    cluster.destination_rule = full_name(workspace_, *rule->resource);
    query.subset = cluster.subset.empty() ? nullptr : rule->subset(cluster.subset);
  }
  if (query.subset != nullptr) cluster.subset_labels = labels_of(query.subset->value->labels);
  if (service != nullptr) query.protocol = service->port(cluster.port)->protocol;
  cluster.policy = policy_for(query);
  if (service != nullptr && service->entry != nullptr) add_endpoints(*service, cluster);
}

// Where no rule speaks of the host the protocol decides alone.
std::shared_ptr<const ClusterPolicy> Registry::policy_for(const PolicyQuery& query) {
  if (query.rule != nullptr) return std::make_shared<const ClusterPolicy>(cluster_policy(query));
  std::shared_ptr<const ClusterPolicy>& shared = without_rule_[query.protocol];
  if (shared == nullptr) shared = std::make_shared<const ClusterPolicy>(cluster_policy(query));
  return shared;
}

void Registry::judge_subset(Cluster& cluster, const DestinationRuleView* rule) const {
  if (rule == nullptr) {
    const bool is_certain = options_.closed_world;
    cluster.existence = is_certain ? Existence::kMissing : Existence::kUnknown;
    if (is_certain) cluster.reason = fmt::format("no DestinationRule gives {} a subset", cluster.host);
  } else if (rule->subset(cluster.subset) == nullptr) {
    cluster.existence = Existence::kMissing;
    cluster.reason = fmt::format("the DestinationRule for {} has no subset \"{}\"", rule->host, cluster.subset);
  }
}

// A ServiceEntry lists its endpoints, or takes pods and WorkloadEntries that the input need not hold, or has its host
// resolved. With resolution NONE a gateway, which has no original destination, is left without any (R-REG-2).
void Registry::add_endpoints(const Service& service, Cluster& cluster) const {
  const model::ServiceEntry& entry = *service.entry;
  const Service::Port& port = *service.port(cluster.port);
  for (const model::WorkloadEntry& written : entry.endpoints) {
    Endpoint endpoint{.address = std::string(*written.address), .labels = labels_of(written.labels)};
    if (!carries_all(endpoint.labels, cluster.subset_labels)) continue;
    endpoint.weight = *written.weight;
    endpoint.port = port.target != 0 ? port.target : port.number;
    for (const model::ServicePort& named : entry.ports)
      if (*named.number == port.number)
        if (const auto* mapped = written.ports.find(*named.name)) endpoint.port = *mapped->value;
    if (endpoint.address.starts_with("unix://")) endpoint.port = 0;
    cluster.endpoints.push_back(std::move(endpoint));
  }
  const model::Resolution resolution = *entry.resolution;
  const bool lists_its_own = resolution == model::Resolution::kNone || resolution == model::Resolution::kStatic;
  if (!cluster.endpoints.empty() || entry.workload_selector) return;
  if (entry.endpoints.empty() && !lists_its_own) return;  // the host itself is resolved
  if (resolution == model::Resolution::kNone && options_.viewpoint == Viewpoint::kMesh)
    return;  // where the client went
  cluster.has_no_endpoints = true;
  cluster.reason = fmt::format("the ServiceEntry of {} gives it no endpoint", cluster.host);
}

}  // namespace wicket::rules
