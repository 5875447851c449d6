// Sidecars differ from gateways in three ways. Listeners come from the services that there are, not from Gateways. A
// VirtualService says what happens to calls of services, under all names that a service has, and the first one that
// names a host has it whole: nothing is joined. And what nobody speaks of goes where the client wanted it.

#include "rules/mesh.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <set>
#include <utility>

#include "rules/host_names.h"
#include "rules/http_action.h"
#include "rules/http_rules.h"
#include "rules/mesh_hosts.h"
#include "rules/retries.h"

namespace wicket::rules {
namespace {

constexpr IstioVersion kFirstWithoutRetriesOf503{.major = 1, .minor = 24};  // R-RT-2
constexpr std::uint32_t kHttpPort = 80;                                     // hosts without a service are served here

bool speaks_http(Protocol protocol) { return model::is_http(protocol) || protocol == Protocol::kUnsupported; }

std::string_view protocol_name(ChainKind kind) {
  switch (kind) {
    case ChainKind::kHttp:
    case ChainKind::kHttps:
      return "HTTP";
    case ChainKind::kPassthrough:
    case ChainKind::kAutoPassthrough:
    case ChainKind::kTerminatedTls:
      return "TLS";
    case ChainKind::kTcp:
      break;
  }
  return "TCP";
}

ServerRef sidecar(std::uint32_t port, ChainKind kind, Span span = {}) {
  return {.gateway = std::string(kMesh), .port = port, .protocol = std::string(protocol_name(kind)), .span = span};
}

ClusterRef named_cluster(std::string_view name) {
  Cluster cluster{.name = std::string(name)};
  cluster.existence = Existence::kFound;
  cluster.policy = std::make_shared<const ClusterPolicy>(
      ClusterPolicy{.load_balancing = {.balancer = Balancer::kOriginalDestination}});
  return std::make_shared<const Cluster>(std::move(cluster));
}

/// The virtual hosts of one port.
class MeshTable {
 public:
  MeshTable(Lowering& lowering, std::uint32_t port, const ClosestVirtualService& closest)
      : lowering_(lowering), port_(port), closest_(closest) {
    for (const Service& service : lowering.registry.services())
      if (service.port(port) != nullptr) on_port_.push_back(&service);
    table_.name = std::to_string(port);
  }

  [[nodiscard]] HostTable make() && {
    for (const BoundService* service : lowering_.bindings.at(kMesh)) add(*service);
    for (const Service* service : on_port_)
      if (!routed_.contains(service) && service->external_name.empty() && speaks_http(service->port(port_)->protocol))
        add_host(service->host, service_names(*service), {default_rule(*service)}, nullptr);
    add_unknown_hosts();
    return std::move(table_);
  }

 private:
  void add(const BoundService& service) {
    const std::vector<RuleRef> rules =
        lower_http(service, {.gateway = kMesh, .port = port_, .has_tls = false}, lowering_);
    if (rules.empty()) return;
    const MeshHosts hosts = separate_hosts(service, on_port_, closest_);
    std::vector<const Service*> http;
    std::ranges::copy_if(hosts.services, std::back_inserter(http),
                         [this](const Service* s) { return speaks_http(s->port(port_)->protocol); });
    // Hosts without a service go along with the services of the VirtualService, and else are there on port 80 only.
    if (http.empty() && port_ != kHttpPort) return;
    for (const std::string_view host : hosts.others) add_host(std::string(host), {std::string(host)}, rules, &service);
    for (const Service* named : http) {
      routed_.insert(named);
      add_host(named->host, service_names(*named), rules, &service);
    }
    table_.refused |= std::ranges::any_of(rules, [](const RuleRef& rule) { return rule->refused; });
  }

  // All names of a service: its own and those of its aliases; where the pods are called by name, all below these too.
  std::vector<std::string> service_names(const Service& service) const {
    const std::string_view domain = lowering_.mesh.cluster_domain;
    std::vector<std::string> names = service_domains(service, lowering_.workload.ns, domain);
    for (const Service& alias : lowering_.registry.services()) {
      if (alias.external_name != service.host) continue;
      for (std::string& name : service_domains(alias, lowering_.workload.ns, domain)) names.push_back(std::move(name));
    }
    if (service.is_headless)
      for (std::size_t i = 0, count = names.size(); i < count; ++i) names.push_back("*." + names[i]);
    return names;
  }

  // A host that is there already stays whose it is (R-MESH-3), and so does each single name.
  void add_host(const std::string& host, const std::vector<std::string>& domains, const std::vector<RuleRef>& rules,
                const BoundService* owner) {
    if (!hosts_.insert(host).second) {
      if (owner != nullptr)
        lowering_.problems.push_back({.kind = ProblemKind::kHostTaken,
                                      .span = owner->resource->span(owner->spec->hosts.node),
                                      .resource = owner->name,
                                      .detail = host,
                                      .port = port_,
                                      .hosts = {host}});
      return;
    }
    for (const std::string& domain : domains) {
      const std::string lower = lower_case(domain);
      if (!domains_.insert(lower).second) continue;
      table_.hosts.push_back(
          {.domain = lower, .name = fmt::format("{}:{}", host, port_), .gateway = std::string(kMesh), .rules = rules});
    }
  }

  RuleRef forwarding_rule(std::string name, WeightedDestination destination, Provenance from) const {
    Forward forward;
    forward.destinations.push_back(std::move(destination));
    Rule rule{.name = std::move(name), .gateway = std::string(kMesh)};
    rule.action = std::move(forward);
    rule.catch_all = true;
    rule.from = std::move(from);
    return std::make_shared<const Rule>(std::move(rule));
  }

  // What calls of a service get that no VirtualService speaks of (R-MESH-5).
  RuleRef default_rule(const Service& service) const {
    const DestinationQuery query{.host = service.host, .ns = service.ns, .port = port_, .server_port = port_};
    Forward forward;
    forward.destinations.push_back({.cluster = lowering_.registry.cluster(query), .span = service.span});
    if (std::optional<HashKey> key = lowering_.registry.hash_key(query)) forward.hash_keys.push_back(*std::move(key));
    forward.retries = lowering_.retries.lower(
        nullptr, {.status_503 = lowering_.mesh.version < kFirstWithoutRetriesOf503, .is_hashed_to_one = false});
    Rule rule{.name = "default", .gateway = std::string(kMesh)};
    rule.action = std::move(forward);
    rule.catch_all = true;
    rule.from.span = service.span;
    return std::make_shared<const Rule>(std::move(rule));
  }

  // Source: Istio core/httproute.go, buildCatchAllVirtualHost (R-MESH-6).
  void add_unknown_hosts() {
    if (domains_.contains("*")) return;
    const bool allow = lowering_.mesh.outbound == OutboundPolicy::kAllowAny;
    VirtualHost& host = table_.hosts.emplace_back();
    host.domain = "*";
    host.name = allow ? "allow_any" : "block_all";
    host.gateway = kMesh;
    if (allow) {
      host.rules.push_back(
          forwarding_rule("allow_any", {.cluster = named_cluster("PassthroughCluster")}, Provenance{}));
      return;
    }
    Rule rule{.name = "block_all", .gateway = std::string(kMesh)};
    rule.action = DirectResponse{.status = 502};
    rule.catch_all = true;
    host.rules.push_back(std::make_shared<const Rule>(std::move(rule)));
  }

  Lowering& lowering_;
  std::uint32_t port_;
  const ClosestVirtualService& closest_;
  std::vector<const Service*> on_port_;
  std::set<const Service*> routed_;  // by some VirtualService
  std::set<std::string> hosts_;
  std::set<std::string> domains_;
  HostTable table_;
};

// ---- bytes ----

template <class Match>
bool fits(const Match& match, const Workload& caller, std::uint32_t port) {
  if (*match.port != 0 && *match.port != port) return false;
  if (!match.gateways.empty())
    return std::ranges::any_of(match.gateways, [](const model::Text& name) { return *name == kMesh; });
  if (!match.source_namespace->empty() && *match.source_namespace != caller.ns) return false;
  return std::ranges::all_of(match.source_labels, [&](const auto& wanted) {
    return std::ranges::find(caller.labels, std::pair(std::string(wanted.key), std::string(*wanted.value))) !=
           caller.labels.end();
  });
}

bool has_host(const BoundService& service, const std::string& host) {
  return std::ranges::any_of(service.hosts, [&host](const std::string& own) { return have_common_name(host, own); });
}

std::vector<WeightedDestination> destinations_of(const model::List<model::RouteDestination>& route,
                                                 const BoundService& service, std::uint32_t port,
                                                 const Lowering& lowering) {
  std::vector<WeightedDestination> lowered;
  for (const model::RouteDestination& entry : route) {
    if (!entry.destination || (route.size() > 1 && *entry.weight <= 0)) continue;
    const model::Destination& destination = *entry.destination;
    DestinationQuery query{.host = *destination.host, .ns = service.ns, .subset = *destination.subset};
    if (destination.port && destination.port->number) query.port = *destination.port->number;
    query.server_port = port;
    query.for_bytes = true;
    lowered.push_back({.cluster = lowering.registry.cluster(query),
                       .weight = route.size() > 1 ? static_cast<std::uint32_t>(*entry.weight) : 1,
                       .span = service.resource->span(entry.destination->node)});
  }
  return lowered;
}

/// The chains of a service's port that does not speak HTTP.
class ByteChains {
 public:
  ByteChains(Lowering& lowering, const Service& service, const Service::Port& port)
      : lowering_(lowering), service_(service), port_(port) {}

  // For ciphertext the SNI hosts of tls rules, for plaintext the first tcp rule; then the service's own cluster.
  void add_to(Listener& listener) {
    const bool is_tls = model::is_tls(port_.protocol);
    for (const BoundService* bound : lowering_.bindings.at(kMesh)) {
      if (!has_host(*bound, service_.host)) continue;
      if (is_tls) add_tls(*bound, listener);
      if (!is_tls && add_tcp(*bound, listener)) return;
    }
    const ChainKind kind = is_tls ? ChainKind::kPassthrough : ChainKind::kTcp;
    FilterChain chain{.kind = kind, .servers = {sidecar(port_.number, kind, service_.span)}};
    if (is_tls && taken_.contains(service_.host)) return;
    if (is_tls) chain.sni_hosts = {service_.host};
    chain.tcp.destinations = {
        {.cluster = lowering_.registry.cluster(
             {.host = service_.host, .ns = service_.ns, .port = port_.number, .server_port = port_.number}),
         .span = service_.span}};
    chain.tcp.from = {.section = is_tls ? Section::kTls : Section::kTcp, .span = service_.span};
    listener.chains.push_back(std::move(chain));
  }

 private:
  void add_tls(const BoundService& bound, Listener& listener) {
    for (std::size_t i = 0; i < bound.spec->tls.size(); ++i) {
      const model::TLSRoute& rule = bound.spec->tls[i];
      for (std::size_t m = 0; m < rule.match.size(); ++m) {
        const model::TLSMatchAttributes& match = rule.match[m];
        if (!fits(match, lowering_.workload, port_.number)) continue;
        FilterChain chain{.kind = ChainKind::kPassthrough,
                          .servers = {sidecar(port_.number, ChainKind::kPassthrough, service_.span)}};
        for (const model::Text& sni : match.sni_hosts)
          if (taken_.insert(std::string(*sni)).second) chain.sni_hosts.emplace_back(*sni);
        if (chain.sni_hosts.empty()) continue;
        if (std::ranges::find(chain.sni_hosts, "*") != chain.sni_hosts.end()) chain.sni_hosts.clear();  // R-FC-1
        chain.tcp.destinations = destinations_of(rule.route, bound, port_.number, lowering_);
        chain.tcp.from = provenance(bound, Section::kTls, i, m, match.node);
        listener.chains.push_back(std::move(chain));
      }
    }
  }

  bool add_tcp(const BoundService& bound, Listener& listener) {
    for (std::size_t i = 0; i < bound.spec->tcp.size(); ++i) {
      const model::TCPRoute& rule = bound.spec->tcp[i];
      const auto match =
          std::ranges::find_if(rule.match, [&](const auto& m) { return fits(m, lowering_.workload, port_.number); });
      const bool is_open = rule.match.empty();
      if (rule.route.empty() || (!is_open && match == rule.match.end())) continue;
      FilterChain chain{.kind = ChainKind::kTcp, .servers = {sidecar(port_.number, ChainKind::kTcp, service_.span)}};
      chain.tcp.destinations = destinations_of(rule.route, bound, port_.number, lowering_);
      chain.tcp.from = {.virtual_service = bound.name,
                        .section = Section::kTcp,
                        .index = static_cast<std::uint32_t>(i),
                        .match = is_open ? -1 : static_cast<std::int32_t>(match - rule.match.begin()),
                        .span = bound.resource->span(is_open ? rule.node : match->node)};
      listener.chains.push_back(std::move(chain));
      return true;
    }
    return false;
  }

  static Provenance provenance(const BoundService& bound, Section section, std::size_t index, std::size_t match,
                               model::NodeId node) {
    return {.virtual_service = bound.name,
            .section = section,
            .index = static_cast<std::uint32_t>(index),
            .match = static_cast<std::int32_t>(match),
            .span = bound.resource->span(node)};
  }

  Lowering& lowering_;
  const Service& service_;
  const Service::Port& port_;
  std::set<std::string> taken_;
};

// ---- listeners ----

void add_http_listeners(Lowering& lowering, RuleSet& out) {
  std::set<std::uint32_t> ports = {kHttpPort};
  for (const Service& service : lowering.registry.services())
    for (const Service::Port& port : service.ports)
      if (speaks_http(port.protocol)) ports.insert(port.number);
  const ClosestVirtualService closest(lowering.bindings.at(kMesh));
  for (const std::uint32_t port : ports) {
    Listener listener{.name = fmt::format("0.0.0.0_{}", port), .port = port, .server_ports = {port}};
    listener.chains.push_back(
        {.kind = ChainKind::kHttp, .servers = {sidecar(port, ChainKind::kHttp)}, .table = out.tables.size()});
    out.tables.push_back(MeshTable(lowering, port, closest).make());
    out.listeners.push_back(std::move(listener));
  }
}

// Services that do not speak HTTP are told apart by their address; without one they share the port.
void add_byte_listeners(Lowering& lowering, RuleSet& out) {
  for (const Service& service : lowering.registry.services()) {
    if (!service.external_name.empty()) continue;
    for (const Service::Port& port : service.ports) {
      if (speaks_http(port.protocol) || port.protocol == Protocol::kUdp) continue;
      const std::string bind = service.addresses.empty() ? "" : service.addresses.front();
      const auto same = std::ranges::find_if(
          out.listeners, [&](const Listener& l) { return l.port == port.number && l.bind == bind; });
      const bool is_new = same == out.listeners.end();
      if (!is_new && !model::is_tls(port.protocol)) continue;  // the first one has it
      Listener& listener = is_new ? out.listeners.emplace_back() : *same;
      if (is_new)
        listener = {.name = fmt::format("{}_{}", bind.empty() ? "0.0.0.0" : bind, port.number),
                    .bind = bind,
                    .port = port.number,
                    .server_ports = {port.number}};
      ByteChains(lowering, service, port).add_to(listener);
    }
  }
}

// Connections to ports that no service has (R-MESH-6).
void add_other_ports(Lowering& lowering, RuleSet& out) {
  const bool allow = lowering.mesh.outbound == OutboundPolicy::kAllowAny;
  Listener listener{.name = "virtualOutbound", .any_port = true};
  FilterChain chain{.kind = ChainKind::kTcp, .servers = {sidecar(0, ChainKind::kTcp)}};
  chain.tcp.destinations = {{.cluster = named_cluster(allow ? "PassthroughCluster" : "BlackHoleCluster")}};
  listener.chains.push_back(std::move(chain));
  out.listeners.push_back(std::move(listener));
}

}  // namespace

void lower_mesh(Lowering& lowering, RuleSet& out) {
  add_http_listeners(lowering, out);
  add_byte_listeners(lowering, out);
  add_other_ports(lowering, out);
}

}  // namespace wicket::rules
