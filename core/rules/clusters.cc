// A cluster exists for every port of every service that the workload sees, whether a route names it or not (R-DST-7).
// The input rarely holds all services, so three answers are possible: it is there, it is certainly not there (the
// service is in the input and lacks the port or the subset), or nothing is known. The last becomes "not there" when the
// input is all there is.

#include "rules/clusters.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <variant>

#include "rules/bindings.h"
#include "rules/gateways.h"
#include "rules/host_names.h"
#include "rules/order.h"
#include "rules/visibility.h"

namespace wicket::rules {
namespace {

constexpr std::string_view kRootNamespace = "istio-system";
constexpr std::string_view kExportAnnotation = "networking.istio.io/exportTo";
constexpr int kMaxAliases = 8;  // an ExternalName may name another; loops end here

std::vector<std::string_view> split_at_commas(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

bool is_udp(std::string_view protocol) { return lower_case(protocol) == "udp"; }

}  // namespace

Registry::Registry(const model::Workspace& workspace, const Workload& workload, const LowerOptions& options)
    : workspace_(workspace),
      workload_(workload),
      closed_world_(options.closed_world),
      domain_(workspace.options().cluster_domain) {
  add_services();
  add_service_entries();
  add_subsets();
}

void Registry::add_services() {
  for (const model::Resource* resource : in_creation_order(workspace_, model::Kind::kService)) {
    const auto* spec = std::get_if<model::Service>(&resource->spec);
    if (spec == nullptr) continue;
    const std::string_view ns = workspace_.ns_of(*resource);
    const auto* exported = resource->metadata.annotations.find(kExportAnnotation);
    if (exported != nullptr && visibility(split_at_commas(*exported->value), ns, workload_.ns) == Visibility::kHidden)
      continue;
    Service service{.ns = std::string(ns)};
    for (const model::K8sServicePort& port : spec->ports) {
      service.ports.push_back(*port.port);
      if (!is_udp(*port.protocol)) service.tcp.push_back(*port.port);
    }
    service.is_external = *spec->type == "ExternalName";
    if (service.is_external) service.external_name = *spec->external_name;
    services_[fully_qualified(resource->name(), ns, domain_)].push_back(std::move(service));
  }
}

void Registry::add_service_entries() {
  for (const model::Resource* resource : in_creation_order(workspace_, model::Kind::kServiceEntry)) {
    const auto* spec = std::get_if<model::ServiceEntry>(&resource->spec);
    if (spec == nullptr) continue;
    const std::string_view ns = workspace_.ns_of(*resource);
    if (visibility(texts(spec->export_to), ns, workload_.ns) == Visibility::kHidden) continue;
    Service service{.ns = std::string(ns)};
    for (const model::ServicePort& port : spec->ports) {
      service.ports.push_back(*port.number);
      if (!is_udp(*port.protocol)) service.tcp.push_back(*port.number);
    }
    service.is_external = *spec->location == model::Location::kMeshExternal;
    for (const model::Text& host : spec->hosts) services_[std::string(*host)].push_back(service);
  }
}

// Several rules for one host in one namespace: their subsets are united (R-DST-4).
void Registry::add_subsets() {
  for (const model::Resource* resource : in_creation_order(workspace_, model::Kind::kDestinationRule)) {
    const auto* spec = std::get_if<model::DestinationRule>(&resource->spec);
    if (spec == nullptr) continue;
    if (spec->workload_selector && !selects(spec->workload_selector->match_labels, workload_)) continue;
    const std::string_view ns = workspace_.ns_of(*resource);
    const std::vector<std::string_view> export_to = texts(spec->export_to);
    Subsets rule{.ns = std::string(ns), .host = fully_qualified(*spec->host, ns, domain_)};
    rule.is_visible = visibility(export_to, ns, workload_.ns) != Visibility::kHidden;
    rule.is_private = std::ranges::find(export_to, std::string_view(".")) != export_to.end();
    std::vector<std::size_t>& known = rule.host.starts_with('*') ? wildcards_ : exact_[rule.host];
    const auto same = std::ranges::find_if(known, [&](std::size_t i) {
      const Subsets& other = subsets_[i];
      return std::tie(other.ns, other.host, other.is_private, other.is_visible) ==
             std::tie(rule.ns, rule.host, rule.is_private, rule.is_visible);
    });
    const std::size_t target = same != known.end() ? *same : subsets_.size();
    if (same == known.end()) {
      known.push_back(target);
      subsets_.push_back(std::move(rule));
    }
    for (const model::Subset& subset : spec->subsets) subsets_[target].names.emplace_back(*subset.name);
  }
}

const Registry::Service* Registry::find(const std::string& host, std::string_view preferred_ns) const {
  const auto known = services_.find(host);
  if (known == services_.end()) return nullptr;
  const auto near = std::ranges::find(known->second, preferred_ns, &Service::ns);
  return near != known->second.end() ? &*near : &known->second.front();
}

std::vector<std::size_t> Registry::subsets_of(const std::string& host) const {
  std::vector<std::size_t> found;
  if (const auto exact = exact_.find(host); exact != exact_.end()) found = exact->second;
  const auto behind = static_cast<std::ptrdiff_t>(found.size());
  for (const std::size_t i : wildcards_)
    if (is_subset_of(host, subsets_[i].host)) found.push_back(i);
  std::ranges::stable_sort(found.begin() + behind, found.end(), std::greater(),
                           [this](std::size_t i) { return subsets_[i].host.size(); });
  return found;
}

ClusterRef Registry::cluster(const DestinationQuery& query) {
  Cluster cluster{.host = fully_qualified(query.host, query.ns, domain_), .subset = std::string(query.subset)};
  const Service* service = find(cluster.host, query.ns);
  cluster.port = query.port                                         ? *query.port
                 : service != nullptr && service->ports.size() == 1 ? service->ports.front()
                                                                    : query.server_port;
  for (int i = 0; i < kMaxAliases && service != nullptr && !service->external_name.empty(); ++i) {
    cluster.host = service->external_name;  // an alias has no cluster of its own (R-REG-4)
    service = find(cluster.host, query.ns);
  }
  cluster.name = fmt::format("outbound|{}|{}|{}", cluster.port, cluster.subset, cluster.host);

  const auto [entry, is_new] = clusters_.try_emplace(cluster.name);
  if (is_new) {
    judge(cluster);
    entry->second = std::make_shared<const Cluster>(std::move(cluster));
  }
  return entry->second;
}

std::vector<ClusterRef> Registry::mesh_clusters() {
  std::map<std::tuple<std::string_view, std::uint32_t, std::string_view>, std::string_view> wanted;
  for (const auto& [host, services] : services_) {
    for (const Service& service : services) {
      if (service.is_external) continue;
      for (const std::uint32_t port : service.tcp) {
        wanted[{host, port, ""}] = service.ns;
        for (const std::size_t i : subsets_of(host))
          for (const std::string& subset : subsets_[i].names) wanted[{host, port, subset}] = service.ns;
      }
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

void Registry::judge(Cluster& cluster) const {
  const auto known = services_.find(cluster.host);
  if (known == services_.end()) {
    cluster.existence = closed_world_ ? Existence::kMissing : Existence::kUnknown;
    if (closed_world_) cluster.reason = fmt::format("no Service or ServiceEntry has the host {}", cluster.host);
  } else if (std::ranges::none_of(known->second, [&cluster](const Service& service) {
               return std::ranges::find(service.tcp, cluster.port) != service.tcp.end();
             })) {
    cluster.existence = Existence::kMissing;
    cluster.reason = fmt::format("the service {} has no port {}", cluster.host, cluster.port);
    return;
  } else {
    cluster.existence = Existence::kFound;
  }
  if (!cluster.subset.empty() && cluster.existence != Existence::kMissing)
    judge_subset(cluster, known == services_.end() ? nullptr : &known->second);
}

// The rule that counts is the one in the gateway's own namespace, else in the service's, else in the root namespace.
// Source: Istio pilot/pkg/model/push_context.go, destinationRule (R-DST-4).
void Registry::judge_subset(Cluster& cluster, const std::vector<Service>* services) const {
  const std::vector<std::size_t> candidates = subsets_of(cluster.host);
  const Subsets* rule = nullptr;
  const auto look_in = [&](std::string_view ns, bool only_private) {
    for (const std::size_t i : candidates)
      if (rule == nullptr && subsets_[i].ns == ns && subsets_[i].is_visible &&
          (!only_private || subsets_[i].is_private))
        rule = &subsets_[i];
  };
  look_in(workload_.ns, /*only_private=*/workload_.ns == kRootNamespace);
  if (services != nullptr) {
    for (const Service& service : *services) look_in(service.ns, /*only_private=*/false);
    look_in(kRootNamespace, /*only_private=*/false);
  } else if (rule == nullptr && !candidates.empty()) {
    rule = &subsets_[candidates.front()];  // the service's namespace is not known: any rule may be the one
  }
  if (rule == nullptr) {
    cluster.existence = closed_world_ ? Existence::kMissing : Existence::kUnknown;
    if (closed_world_) cluster.reason = fmt::format("no DestinationRule gives {} a subset", cluster.host);
  } else if (std::ranges::find(rule->names, cluster.subset) == rule->names.end()) {
    cluster.existence = Existence::kMissing;
    cluster.reason = fmt::format("the DestinationRule for {} has no subset \"{}\"", rule->host, cluster.subset);
  }
}

}  // namespace wicket::rules
