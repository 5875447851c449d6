// WK512 of tcp rules: a server has one tcp rule for all its connections, and the first VirtualService that has one for
// it gives it (R-TCP-1). Hosts only decide who may ask.
// Source: Istio pilot/pkg/networking/core/gateway.go, buildGatewayNetworkFiltersFromTCPRoutes.
#include <algorithm>
#include <string_view>

#include "check/routing_merge.h"
#include "check/words.h"
#include "rules/host_names.h"

namespace wicket::check::routing {
namespace {

using model::TCPRoute;
using rules::FilterChain;
using rules::ServerRef;

bool is_taken_whole(const FilterChain& chain) {
  return (chain.kind == rules::ChainKind::kTcp || chain.kind == rules::ChainKind::kTerminatedTls) &&
         !chain.tcp.from.virtual_service.empty();
}

/// Whether a rule asks for the connections of a server.
bool asks_for(const TCPRoute& route, const ServerRef& server, std::string_view ns) {
  if (route.route.empty()) return false;
  return route.match.empty() || std::ranges::any_of(route.match, [&](const model::L4MatchAttributes& match) {
           if (match.port && *match.port != 0 && *match.port != server.port) return false;
           return match.gateways.empty() || std::ranges::any_of(match.gateways, [&](const model::Text& gateway) {
                    return gateway && rules::gateway_name(*gateway, ns) == server.gateway;
                  });
         });
}

/// Whether a server serves a host of a VirtualService, for its namespace.
bool serves(const ServerRef& server, const model::VirtualService& spec, std::string_view ns) {
  const std::string_view gateway_ns = server.gateway.view().substr(0, server.gateway.view().find('/'));
  return std::ranges::any_of(server.hosts, [&](const std::string& written) {
    const rules::ServerHost host = rules::server_host(written, gateway_ns);
    if (!host.ns.empty() && host.ns != "*" && host.ns != ns) return false;
    return std::ranges::any_of(
        spec.hosts, [&](const model::Text& text) { return text && rules::have_common_name(*text, host.name); });
  });
}

/// Tells of the rules of a VirtualService that get nothing at a Gateway, where somebody else's got it.
void tell_lost(const Meeting& meeting, const rules::RuleSet& rules, const rules::Problem& problem) {
  const auto service = find_service(meeting, problem.resource);
  if (!service) return;
  const std::string_view ns = meeting.in.workspace.ns_of(*service->resource);
  for (const rules::Listener& listener : rules.listeners) {
    for (const FilterChain& chain : listener.chains) {
      if (!is_taken_whole(chain) || chain.tcp.from.virtual_service == problem.resource) continue;
      for (const ServerRef& server : chain.servers) {
        if (server.gateway != problem.detail || !serves(server, *service->spec, ns)) continue;
        const auto lost = std::ranges::find_if(service->spec->tcp,
                                               [&](const TCPRoute& route) { return asks_for(route, server, ns); });
        if (lost == service->spec->tcp.end()) continue;
        meeting
            .report(wk("WK512"), Places(*service->resource).value(lost->node),
                    "VirtualService {} also takes the connections of port {}: only the rule of the older one is used",
                    chain.tcp.from.virtual_service, server.port)
            .note(chain.tcp.from.span, "the other rule")
            .help("a server has one tcp rule, whatever the hosts are: give each a port of its own, and match that");
        return;
      }
    }
  }
}

}  // namespace

void check_taken_connections(const Meeting& meeting) {
  if (!meeting.out.wants(wk("WK512"))) return;
  for (const Proxy& proxy : meeting.proxies.gateways()) {
    if (!proxy.is_real()) continue;  // nobody knows its servers
    for (const rules::Problem& problem : proxy.rules().problems)
      if (problem.kind == rules::ProblemKind::kNoRules) tell_lost(meeting, proxy.rules(), problem);
  }
}

}  // namespace wicket::check::routing
