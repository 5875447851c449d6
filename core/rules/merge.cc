#include "rules/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "model/protocol.h"
#include "rules/bindings.h"

namespace wicket::rules {
namespace {

bool is_plaintext(ChainKind kind) { return kind == ChainKind::kHttp || kind == ChainKind::kTcp; }

// What is known of a socket while servers are added to it.
struct Socket {
  std::size_t merged = 0;              // index of its MergedPort
  std::optional<ChainKind> plaintext;  // of the first plaintext server
  std::set<std::string, std::less<>> tables;
};

class Merger {
 public:
  explicit Merger(std::vector<Problem>& problems) : problems_(problems) {}

  void add(MergedServer server, std::uint32_t port) {
    const std::string bind(*server.spec->bind);
    const auto [entry, is_new] = sockets_.try_emplace({port, bind});
    Socket& socket = entry->second;
    if (!take_hosts(port, server) || (!is_new && !can_share(socket, server))) {
      if (is_new) sockets_.erase(entry);
      problems_.push_back({.kind = ProblemKind::kServerDropped,
                           .span = server.gateway->resource->span(server.spec->node),
                           .resource = server.gateway->name,
                           .port = server.number(),
                           .hosts = host_names(server)});
      return;
    }
    if (is_new) {
      socket.merged = ports_.size();
      ports_.push_back({.bind = bind, .port = port, .servers = {}});
    }
    if (is_plaintext(server.kind) && !socket.plaintext) socket.plaintext = server.kind;
    if (server.kind == ChainKind::kHttps) socket.tables.insert(server.table);
    ports_[socket.merged].servers.push_back(std::move(server));
  }

  [[nodiscard]] std::vector<MergedPort> take() && {
    std::ranges::stable_sort(ports_, {}, [](const MergedPort& p) { return std::tie(p.port, p.bind); });
    return std::move(ports_);
  }

 private:
  // A host that another server with a tls block has on this address costs the whole server (R-MERGE-5). Istio remembers
  // one address for each host of a port, the last one: behind a server elsewhere the first address is free again.
  bool take_hosts(std::uint32_t port, const MergedServer& server) {
    if (!server.spec->tls) return true;
    std::map<std::string, std::string_view>& taken = tls_hosts_[port];
    std::vector<std::string> names;
    for (const ServerHost& host : server.hosts)
      names.push_back(host.ns.empty() ? host.name : host.ns + "/" + host.name);
    const std::string_view bind = *server.spec->bind;
    for (const std::string& name : names)
      if (const auto known = taken.find(name); known != taken.end() && known->second == bind) return false;
    for (const std::string& name : names) taken[name] = bind;
    return true;
  }

  // Plaintext HTTP shares with plaintext HTTP, TLS with TLS. A plaintext server that comes after TLS ones is let in,
  // and from then on the port counts as plaintext (R-MERGE-2, R-MERGE-4, R-MERGE-7).
  static bool can_share(const Socket& socket, const MergedServer& server) {
    if (socket.plaintext) return *socket.plaintext == ChainKind::kHttp && server.kind == ChainKind::kHttp;
    return server.kind != ChainKind::kHttps || !socket.tables.contains(server.table);
  }

  std::vector<Problem>& problems_;
  std::vector<MergedPort> ports_;
  std::map<std::pair<std::uint32_t, std::string>, Socket> sockets_;
  std::map<std::uint32_t, std::map<std::string, std::string_view>> tls_hosts_;  // port ▸ host ▸ address
};

std::string table_name(const MergedServer& server, std::uint32_t port) {
  std::string name;
  if (server.kind == ChainKind::kHttp) name = fmt::format("http.{}", port);
  if (server.kind == ChainKind::kHttps)
    name = fmt::format("https.{}.{}.{}.{}", server.number(), *server.spec->port->name, server.gateway->resource->name(),
                       server.gateway->ns);
  if (!name.empty() && !server.spec->bind->empty()) name.append(".").append(*server.spec->bind);
  return name;
}

}  // namespace

std::optional<ChainKind> chain_kind(const model::Server& server) {
  if (!server.port) return std::nullopt;
  const model::Protocol protocol = model::protocol_of(*server.port->protocol);
  if (model::is_http(protocol)) return ChainKind::kHttp;
  if (protocol == model::Protocol::kUnsupported) return std::nullopt;
  const bool is_bytes = !model::is_tls(protocol);  // UDP is built like TCP
  if (!server.tls) return is_bytes ? std::optional(ChainKind::kTcp) : std::nullopt;
  switch (*server.tls->mode) {  // absent: PASSTHROUGH, the first of the enum (R-TLS-2)
    case model::ServerTlsMode::kPassthrough:
      return ChainKind::kPassthrough;
    case model::ServerTlsMode::kAutoPassthrough:
      return ChainKind::kAutoPassthrough;
    case model::ServerTlsMode::kSimple:
    case model::ServerTlsMode::kMutual:
    case model::ServerTlsMode::kIstioMutual:
    case model::ServerTlsMode::kOptionalMutual:
      break;
  }
  return protocol == model::Protocol::kHttps ? ChainKind::kHttps : ChainKind::kTerminatedTls;
}

std::vector<MergedPort> merge_servers(std::span<const SelectedGateway> gateways, const PortTranslation& translate,
                                      std::vector<Problem>& problems) {
  Merger merger(problems);
  for (const SelectedGateway& gateway : gateways) {
    for (std::size_t i = 0; i < gateway.spec->servers.size(); ++i) {
      const model::Server& spec = gateway.spec->servers[i];
      const std::optional<ChainKind> kind = chain_kind(spec);
      if (!kind) {
        problems.push_back({.kind = ProblemKind::kUnknownProtocol,
                            .span = gateway.resource->span(spec.port ? spec.port->protocol.node : spec.node),
                            .resource = gateway.name,
                            .detail = spec.port ? std::string(*spec.port->protocol) : std::string(),
                            .port = spec.port ? *spec.port->number : 0});
        continue;
      }
      MergedServer server{
          &gateway, &spec, static_cast<std::uint32_t>(i), *kind, server_hosts(texts(spec.hosts), gateway.ns), ""};
      const std::uint32_t port = translate(server.number());
      server.table = table_name(server, port);
      merger.add(std::move(server), port);
    }
  }
  return std::move(merger).take();
}

std::vector<std::string> host_names(const MergedServer& server) {
  std::vector<std::string> names;
  for (const ServerHost& host : server.hosts) names.push_back(host.name);
  return names;
}

ServerRef reference(const MergedServer& server) {
  ServerRef ref{.gateway = server.gateway->name,
                .index = server.index,
                .port = server.number(),
                .protocol = std::string(*server.spec->port->protocol),
                .https_redirect = server.redirects_to_https()};
  for (const model::Text& host : server.spec->hosts) ref.hosts.emplace_back(*host);
  ref.span = server.gateway->resource->span(server.spec->node);
  return ref;
}

}  // namespace wicket::rules
