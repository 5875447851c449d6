// Gateways ▸ sockets ▸ filter chains; VirtualServices ▸ rules ▸ virtual hosts of the chains' tables.

#include "rules/lower.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "rules/bindings.h"
#include "rules/clusters.h"
#include "rules/gateway_workloads.h"
#include "rules/gateways.h"
#include "rules/l4_rules.h"
#include "rules/lowering.h"
#include "rules/merge.h"
#include "rules/mesh.h"
#include "rules/virtual_hosts.h"

namespace wicket::rules {
namespace {

// SNI conditions of a chain where TLS ends: the server's hosts, none at all when one of them is "*" (R-FC-1).
std::vector<std::string> sni_hosts(const MergedServer& server) {
  std::set<std::string> names;
  for (const ServerHost& host : server.hosts) names.insert(host.name);
  if (names.contains("*")) return {};
  return {names.begin(), names.end()};
}

void report_no_routes(const MergedServer& server, Lowering& lowering) {
  lowering.problems.push_back({.kind = ProblemKind::kServerWithoutRoutes,
                               .span = server.gateway->resource->span(server.spec->node),
                               .resource = server.gateway->name,
                               .port = server.number(),
                               .hosts = host_names(server)});
}

/// Makes the listeners of a RuleSet, port by port.
class ListenerBuilder {
 public:
  ListenerBuilder(Lowering& lowering, RuleSet& out) : lowering_(lowering), out_(out) {}

  void add(const MergedPort& port) {
    Listener listener{.name = fmt::format("{}_{}", port.bind.empty() ? "0.0.0.0" : port.bind, port.port),
                      .bind = port.bind,
                      .port = port.port};
    add_plaintext_http(port, listener);
    for (const MergedServer& server : port.servers) {
      if (std::ranges::find(listener.server_ports, server.number()) == listener.server_ports.end())
        listener.server_ports.push_back(server.number());
      add_server(server, listener);
    }
    if (listener.chains.empty()) return;  // nothing listens (R-MERGE-10)
    find_twins(listener);
    out_.listeners.push_back(std::move(listener));
  }

 private:
  // All plaintext HTTP servers of a socket share one chain and one table (R-RDS-1).
  void add_plaintext_http(const MergedPort& port, Listener& listener) {
    std::vector<const MergedServer*> servers;
    for (const MergedServer& server : port.servers)
      if (server.kind == ChainKind::kHttp) servers.push_back(&server);
    if (servers.empty()) return;
    FilterChain chain{.kind = ChainKind::kHttp, .table = out_.tables.size()};
    for (const MergedServer* server : servers) chain.servers.push_back(reference(*server));
    out_.tables.push_back(lower_table(servers, lowering_));
    listener.chains.push_back(std::move(chain));
  }

  void add_server(const MergedServer& server, Listener& listener) {
    const std::size_t before = listener.chains.size();
    switch (server.kind) {
      case ChainKind::kHttp:
        return;  // shares the chain that is there already
      case ChainKind::kHttps:
        add_https(server, listener);
        break;
      case ChainKind::kTcp:
      case ChainKind::kTerminatedTls:
        add_tcp(server, listener);
        break;
      case ChainKind::kPassthrough:
        append(passthrough_chains(server, taken_[listener.port], lowering_), listener);
        break;
      case ChainKind::kAutoPassthrough:
        append(auto_passthrough_chains(server, lowering_), listener);
        break;
    }
    if (listener.chains.size() == before) report_no_routes(server, lowering_);
  }

  void add_https(const MergedServer& server, Listener& listener) {
    const MergedServer* only = &server;
    listener.chains.push_back({.kind = ChainKind::kHttps,
                               .sni_hosts = sni_hosts(server),
                               .servers = {reference(server)},
                               .table = out_.tables.size()});
    out_.tables.push_back(lower_table({&only, 1}, lowering_));
  }

  void add_tcp(const MergedServer& server, Listener& listener) {
    std::optional<TcpForward> forward = tcp_forward(server, lowering_);
    if (!forward) return;
    FilterChain chain{.kind = server.kind, .servers = {reference(server)}, .tcp = *std::move(forward)};
    if (server.kind == ChainKind::kTerminatedTls) chain.sni_hosts = sni_hosts(server);
    listener.chains.push_back(std::move(chain));
  }

  static void append(std::vector<FilterChain> chains, Listener& listener) {
    for (FilterChain& chain : chains) listener.chains.push_back(std::move(chain));
  }

  // Two chains that one SNI leads to, or two without any condition: Envoy refuses the listener (R-FC-7).
  void find_twins(Listener& listener) {
    std::map<std::string_view, const FilterChain*> seen;
    const auto note = [&](std::string_view sni, const FilterChain& chain) {
      const auto [entry, is_new] = seen.try_emplace(sni, &chain);
      if (is_new || entry->second == &chain) return;
      listener.refused = true;
      lowering_.problems.push_back({.kind = ProblemKind::kSameChainTwice,
                                    .span = chain.servers.front().span,
                                    .other = entry->second->servers.front().span,
                                    .has_other = true,
                                    .resource = chain.servers.front().gateway,
                                    .detail = std::string(sni),
                                    .port = chain.servers.front().port});
    };
    for (const FilterChain& chain : listener.chains) {
      if (chain.sni_hosts.empty()) note("", chain);
      for (const std::string& sni : chain.sni_hosts) note(sni, chain);
    }
  }

  Lowering& lowering_;
  RuleSet& out_;
  std::map<std::uint32_t, TakenSni> taken_;  // by port
};

// VirtualServices that are bound to a Gateway of the workload and get nothing from it.
void report_unreached(std::span<const SelectedGateway> gateways, Lowering& lowering) {
  for (const SelectedGateway& gateway : gateways) {
    const std::span<const BoundService* const> services = lowering.bindings.at(gateway.name);
    const std::vector<Reach>& reached = lowering.reach_at(gateway.name);
    for (std::size_t i = 0; i < services.size(); ++i) {
      const BoundService* service = services[i];
      const Reach& reach = reached[i];
      if (reach.has_rules) continue;
      lowering.problems.push_back(
          {.kind = reach.has_host ? ProblemKind::kNoRules : ProblemKind::kNoCommonHost,
           .span = service->resource->span(reach.has_host ? service->spec->node : service->spec->hosts.node),
           .resource = service->name,
           .detail = gateway.name.str(),
           .hosts = service->hosts});
    }
  }
}

// One VirtualService is lowered for several servers, and objects to the same thing each time.
void sort_and_unify(std::vector<Problem>& problems) {
  const auto key = [](const Problem& p) {
    return std::tie(p.span.file, p.span.begin, p.span.end, p.kind, p.other.file, p.other.begin, p.resource, p.detail,
                    p.port);
  };
  std::ranges::stable_sort(problems, {}, key);
  // not std::ranges::unique: clang 14 cannot read the subrange that it returns
  const auto same = [&key](const Problem& a, const Problem& b) { return key(a) == key(b); };
  problems.erase(std::unique(problems.begin(), problems.end(), same), problems.end());
}

}  // namespace

namespace {

void lower_gateway(const model::Workspace& workspace, const LowerOptions& options, Lowering& lowering, RuleSet& out) {
  const std::vector<SelectedGateway> gateways = select_gateways(workspace, out.workload, options, out.problems);
  const PortTranslation translate(workspace, out.workload);
  ListenerBuilder builder(lowering, out);
  for (const MergedPort& port : merge_servers(gateways, translate, out.problems)) builder.add(port);
  report_unreached(gateways, lowering);
}

// The options with the cluster domain of the input.
LowerOptions settled(const model::Workspace& workspace, LowerOptions options) {
  options.mesh.cluster_domain = workspace.options().cluster_domain;
  return options;
}

}  // namespace

RuleSet lower(const model::Workspace& workspace, const LowerOptions& written) {
  const LowerOptions options = settled(workspace, written);
  RuleSet out;
  out.viewpoint = options.viewpoint;
  out.workload = options.viewpoint == Viewpoint::kGateway
                     ? choose_workload(workspace, options)
                     : options.workload.value_or(Workload{.ns = "default", .labels = {}});
  out.mesh = options.mesh;

  const VirtualServices services(workspace);
  const Bindings bindings(workspace, services, out.workload, options, out.problems);
  Registry registry(workspace, out.workload, options, out.problems);
  RetryPolicies retries;
  Lowering lowering{workspace, out.workload, out.mesh, bindings, registry, out.problems, retries};
  if (options.viewpoint == Viewpoint::kMesh) {
    lower_mesh(lowering, out);
  } else {
    lower_gateway(workspace, options, lowering, out);
  }
  sort_and_unify(out.problems);
  return out;
}

std::vector<RuleSet> lower_all(const model::Workspace& workspace, const LowerOptions& options) {
  return lower_all(workspace, VirtualServices(workspace), options);
}

std::vector<RuleSet> lower_all(const model::Workspace& workspace, const VirtualServices& services,
                               const LowerOptions& written) {
  LowerOptions options = settled(workspace, written);
  options.viewpoint = Viewpoint::kGateway;
  // What a workload's namespace sees of the VirtualServices is the same for all workloads there.
  struct Seen {
    std::vector<Problem> problems;
    std::optional<Bindings> bindings;
  };
  std::map<std::string, Seen> by_namespace;
  std::vector<RuleSet> all;
  for (GatewayWorkload& pods : gateway_workloads(workspace, options.mesh)) {
    RuleSet& out = all.emplace_back();
    out.workload = std::move(pods.workload);
    out.mesh = options.mesh;
    Seen& seen = by_namespace[out.workload.ns];
    if (!seen.bindings) seen.bindings.emplace(workspace, services, out.workload, options, seen.problems);
    out.problems = seen.problems;
    Registry registry(workspace, out.workload, options, out.problems);
    RetryPolicies retries;
    Lowering lowering{workspace, out.workload, out.mesh, *seen.bindings, registry, out.problems, retries};
    lower_gateway(workspace, options, lowering, out);
    std::erase_if(out.problems, [](const Problem& p) { return p.kind == ProblemKind::kNoGatewayForWorkload; });
    sort_and_unify(out.problems);
  }
  return all;
}

}  // namespace wicket::rules
