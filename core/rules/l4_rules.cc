#include "rules/l4_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/host_names.h"
#include "rules/http_action.h"

namespace wicket::rules {
namespace {

// A host only opens the door here; what is routed is decided by SNI hosts, or by nothing at all.
bool shares_host(const MergedServer& server, const BoundService& service) {
  return std::ranges::any_of(server.hosts, [&service](const ServerHost& host) {
    return host.is_for(service.ns) && std::ranges::any_of(service.hosts, [&host](const std::string& name) {
             return have_common_name(host.name, name);
           });
  });
}

// Subnets, labels and namespaces are not looked at by gateways (R-TLSR-2, R-TCP-2).
template <class Match>
bool fits(const Match& match, const BoundService& service, const MergedServer& server) {
  if (*match.port != 0 && *match.port != server.number()) return false;
  return match.gateways.empty() || std::ranges::any_of(match.gateways, [&](const model::Text& written) {
           return gateway_name(*written, service.ns) == server.gateway->name;
         });
}

std::vector<WeightedDestination> lower_destinations(const model::List<model::RouteDestination>& route,
                                                    const BoundService& service, const MergedServer& server,
                                                    const Lowering& lowering) {
  std::vector<WeightedDestination> lowered;
  for (const model::RouteDestination& entry : route) {
    if (!entry.destination || (route.size() > 1 && *entry.weight <= 0)) continue;
    lowered.push_back({.cluster = lower_destination(*entry.destination, service, server.number(), lowering),
                       .weight = route.size() > 1 ? static_cast<std::uint32_t>(*entry.weight) : 1,
                       .span = service.resource->span(entry.destination->node)});
  }
  return lowered;
}

/// A VirtualService, and whether it gets anywhere.
struct ServiceAt {
  const BoundService* service = nullptr;
  Reach* reach = nullptr;
};

// The VirtualServices that share a host with the server; notes that they do.
std::vector<ServiceAt> services_at(const MergedServer& server, Lowering& lowering) {
  const std::span<const BoundService* const> bound = lowering.bindings.at(server.gateway->name);
  std::vector<Reach>& reach = lowering.reach_at(server.gateway->name);
  std::vector<ServiceAt> services;
  for (std::size_t i = 0; i < bound.size(); ++i) {
    if (!shares_host(server, *bound[i])) continue;
    reach[i].has_host = true;
    services.push_back({bound[i], &reach[i]});
  }
  return services;
}

}  // namespace

std::vector<std::string> sni_condition(const model::List<model::Text>& hosts) {
  std::vector<std::string> names;
  for (const model::Text& host : hosts) {
    if (*host == "*") return {};
    names.emplace_back(*host);
  }
  return names;
}

std::vector<FilterChain> passthrough_chains(const MergedServer& server, TakenSni& taken, Lowering& lowering) {
  std::vector<FilterChain> chains;
  const auto add = [&](const BoundService& service, std::uint32_t index, const model::TLSRoute& rule, std::size_t m) {
    const model::TLSMatchAttributes& match = rule.match[m];
    const Span span = service.resource->span(match.node);
    const auto is_taken = [&](const model::Text& sni) {
      const auto known = taken.find(*sni);
      return known != taken.end() && known->second.bind == *server.spec->bind;
    };
    bool is_dropped = false;
    for (const model::Text& sni : match.sni_hosts) {
      if (!is_taken(sni)) continue;
      is_dropped = true;
      lowering.problems.push_back({.kind = ProblemKind::kSniTaken,
                                   .span = service.resource->span(sni.node),
                                   .other = taken.find(*sni)->second.span,
                                   .has_other = true,
                                   .resource = service.name,
                                   .detail = std::string(*sni),
                                   .port = server.number()});
    }
    if (is_dropped) return;
    for (const model::Text& sni : match.sni_hosts)
      taken[std::string(*sni)] = {.bind = std::string(*server.spec->bind), .span = service.resource->span(sni.node)};
    FilterChain chain{.kind = ChainKind::kPassthrough, .servers = {reference(server)}};
    chain.sni_hosts = sni_condition(match.sni_hosts);
    chain.tcp.destinations = lower_destinations(rule.route, service, server, lowering);
    chain.tcp.from = {.virtual_service = service.name,
                      .section = Section::kTls,
                      .index = index,
                      .match = static_cast<std::int32_t>(m),
                      .span = span};
    chains.push_back(std::move(chain));
  };
  for (const auto& [service, reach] : services_at(server, lowering)) {
    for (std::size_t i = 0; i < service->spec->tls.size(); ++i) {
      const model::TLSRoute& rule = service->spec->tls[i];
      if (rule.route.empty()) continue;
      for (std::size_t m = 0; m < rule.match.size(); ++m) {
        if (!fits(rule.match[m], *service, server)) continue;
        reach->has_rules = true;
        add(*service, static_cast<std::uint32_t>(i), rule, m);
      }
    }
  }
  return chains;
}

std::vector<FilterChain> auto_passthrough_chains(const MergedServer& server, Lowering& lowering) {
  std::vector<FilterChain> chains;
  for (const ClusterRef& cluster : lowering.registry.mesh_clusters()) {
    if (std::ranges::none_of(server.hosts,
                             [&](const ServerHost& host) { return is_subset_of(cluster->host, host.name); }))
      continue;
    FilterChain chain{.kind = ChainKind::kAutoPassthrough, .servers = {reference(server)}};
    chain.sni_hosts = {fmt::format("outbound_.{}_.{}_.{}", cluster->port, cluster->subset, cluster->host)};
    chain.tcp.destinations = {{.cluster = cluster, .span = chain.servers.front().span}};
    chain.tcp.from.span = chain.servers.front().span;
    chains.push_back(std::move(chain));
  }
  return chains;
}

std::optional<TcpForward> tcp_forward(const MergedServer& server, Lowering& lowering) {
  for (const auto& [service, reach] : services_at(server, lowering)) {
    for (std::size_t i = 0; i < service->spec->tcp.size(); ++i) {
      const model::TCPRoute& rule = service->spec->tcp[i];
      if (rule.route.empty()) continue;
      // clang 14 takes no structured binding into a lambda
      const auto fits_here = [&, &of = *service](const auto& m) { return fits(m, of, server); };
      const auto match = std::ranges::find_if(rule.match, fits_here);
      if (match == rule.match.end() && !rule.match.empty()) continue;
      reach->has_rules = true;
      TcpForward forward{.destinations = lower_destinations(rule.route, *service, server, lowering)};
      forward.from = {.virtual_service = service->name,
                      .section = Section::kTcp,
                      .index = static_cast<std::uint32_t>(i),
                      .span = service->resource->span(rule.node)};
      if (match != rule.match.end()) {
        forward.from.match = static_cast<std::int32_t>(match - rule.match.begin());
        forward.from.span = service->resource->span(match->node);
      }
      return forward;
    }
  }
  return std::nullopt;
}

}  // namespace wicket::rules
