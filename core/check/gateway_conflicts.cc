// WK215, WK235 to WK237: servers that get in each other's way.
// Source: Istio pkg/config/validation, ValidateGateway; pilot/pkg/model, mergeGateways and CheckDuplicates.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "check/gateway_checks.h"
#include "check/repair.h"
#include "check/selectors.h"
#include "check/words.h"
#include "rules/host_names.h"
#include "rules/order.h"

namespace wicket::check {
namespace {

using model::Protocol;
using model::Resource;
using model::Server;
using model::Text;

consteval const RuleInfo& wk(std::string_view id) { return gateway_rule(id); }

void check_port_names(const GatewayScope& scope) {
  std::unordered_map<std::string_view, std::size_t> first;
  const auto& servers = scope.gateway.servers;
  std::set<std::string, std::less<>> taken;
  for (const Server& server : servers)
    if (server.port != nullptr && server.port->name.valid) taken.emplace(*server.port->name);
  for (std::size_t i = 0; i < servers.size(); ++i) {
    if (servers[i].port == nullptr || !servers[i].port->name.valid) continue;
    const Text& name = servers[i].port->name;
    const auto [found, added] = first.try_emplace(*name, i);
    if (added) continue;
    auto finding = scope.out.report(wk("WK215"), scope.places.value(name.node), "port name {} is already used by {}",
                                    quoted(*name), server_word(found->second));
    finding.note(scope.resource.span(servers[found->second].port->name.node), "first used here")
        .help("port names are unique within a Gateway, also for servers on one port");
    // Nothing but EnvoyFilters refers to these names, and to one that is refused none can.
    const auto& number = servers[i].port->number;
    const std::string better = fmt::format("{}-{}", *name, number.valid ? *number : static_cast<std::uint32_t>(i));
    if (!name->empty() && taken.insert(better).second)
      finding.fix(fmt::format("call it {}", better), replace_scalar(scope.document(), name.node, better));
  }
}

void check_server_names(const GatewayScope& scope) {
  std::unordered_map<std::string_view, std::size_t> first;
  const auto& servers = scope.gateway.servers;
  for (std::size_t i = 0; i < servers.size(); ++i) {
    const Text& name = servers[i].name;
    if (!name.valid || name->empty()) continue;
    const auto [found, added] = first.try_emplace(*name, i);
    if (added) continue;
    scope.out
        .report(wk("WK235"), scope.places.value(name.node), "server name {} is already used by {}", quoted(*name),
                server_word(found->second))
        .note(scope.resource.span(servers[found->second].name.node), "first used here")
        .help("names tell the statistics of servers apart");
  }
}

/// Number and address of a server, where they and its protocol are sound.
struct Socket {
  std::uint32_t number = 0;
  std::string_view bind;

  friend auto operator<=>(const Socket&, const Socket&) = default;
};

bool has_sound_socket(const Server& server) {
  return server.port != nullptr && server.port->number.valid && (!server.bind.present() || server.bind.valid) &&
         server_protocol(server) != Protocol::kUnsupported;
}
Socket socket_of(const Server& server) { return {.number = *server.port->number, .bind = *server.bind}; }

/// A host with its namespace as the control plane sees it, and where it is written.
using HostKey = std::tuple<Socket, std::string, std::string>;
struct HostPlace {
  const Text* text = nullptr;
  std::size_t server = 0;
};

std::vector<std::pair<HostKey, const Text*>> hosts_of(const Server& server, std::string_view ns) {
  std::vector<std::pair<HostKey, const Text*>> hosts;
  const Socket socket = socket_of(server);
  for (const Text& text : server.hosts) {
    if (!text.valid) continue;
    rules::ServerHost host = rules::server_host(*text, ns);
    if (*text == "*/*") hosts.clear();  // stands for the whole list
    hosts.emplace_back(HostKey{socket, std::move(host.ns), std::move(host.name)}, &text);
    if (*text == "*/*") break;
  }
  return hosts;
}

/// A server with a tls block, httpsRedirect included, is dropped as a whole when another one has one of its hosts.
void check_hosts(const GatewayScope& scope, std::string_view ns) {
  std::map<HostKey, HostPlace> known;
  const auto& servers = scope.gateway.servers;
  for (std::size_t i = 0; i < servers.size(); ++i) {
    const Server& server = servers[i];
    if (server.tls == nullptr || !has_sound_socket(server)) continue;
    bool dropped = false;
    const auto hosts = hosts_of(server, ns);
    std::set<HostKey> told;
    for (const auto& [key, text] : hosts) {
      const auto found = known.find(key);
      if (found == known.end() || !told.insert(key).second) continue;
      dropped = true;
      scope.out
          .report(wk("WK236"), scope.places.value(text->node),
                  "host {} is already served on port {} by {}; this whole server is dropped", quoted(**text),
                  *server.port->number, server_word(found->second.server))
          .note(scope.resource.span(found->second.text->node), "first served here")
          .help("list the host in one of the two servers");
    }
    if (dropped) continue;
    for (const auto& [key, text] : hosts) known.try_emplace(key, HostPlace{text, i});
  }
}

// ---- WK237 ----

enum class Use : std::uint8_t { kNone, kHttp, kTcp, kTls };

Use use_of(const Server& server) {
  const Protocol protocol = server_protocol(server);
  if (!has_sound_socket(server) || has_unsound_mode(server)) return Use::kNone;
  if (model::is_http(protocol)) return Use::kHttp;
  if (model::is_tls(protocol)) return server.tls == nullptr ? Use::kNone : Use::kTls;
  return server.tls == nullptr ? Use::kTcp : Use::kNone;
}

/// Plaintext HTTP goes with itself, TLS with itself. A TCP server lets nobody in behind it; it is let in behind TLS,
/// whose names the proxy looks at first.
bool can_share(Use earlier, Use later) {
  if (earlier == Use::kTcp) return false;
  return earlier == later || (earlier == Use::kTls && later == Use::kTcp);
}

/// A server that has a port, as seen from those that come later.
struct Holder {
  const Resource* resource = nullptr;
  const Server* server = nullptr;
  std::size_t index = 0;
};

/// Those on one socket for one selector: the first of each use is enough.
using Holders = std::map<Use, Holder>;

class SharedPorts {
 public:
  SharedPorts(const CheckInput& in, Reporter& out) : in_(in), out_(out), selectors_(in) {}

  void add(const Resource& resource, const model::Gateway& gateway) {
    const std::size_t selector = selectors_.number(gateway.selector);
    for (std::size_t i = 0; i < gateway.servers.size(); ++i) {
      const Server& server = gateway.servers[i];
      const Use use = use_of(server);
      if (use == Use::kNone) continue;
      const Holder holder{.resource = &resource, .server = &server, .index = i};
      auto& by_selector = sockets_[socket_of(server)];
      bool conflict = false;
      for (const auto& [other, holders] : by_selector) {
        conflict = selectors_.meet(selector, other) && tell(holders, use, holder);
        if (conflict) break;
      }
      if (!conflict) by_selector[selector].try_emplace(use, holder);
    }
  }

 private:
  bool tell(const Holders& holders, Use use, const Holder& later) {
    const auto found = std::ranges::find_if(holders, [use](const auto& held) { return !can_share(held.first, use); });
    if (found == holders.end()) return false;
    const Holder& earlier = found->second;
    const bool same = earlier.resource == later.resource;
    const Places places(*later.resource);
    const Text& protocol = later.server->port->protocol;
    const Text& other = earlier.server->port->protocol;
    const std::string whose = same ? server_word(earlier.index)
                                   : fmt::format("{} of Gateway {}/{}", server_word(earlier.index),
                                                 in_.workspace.ns_of(*earlier.resource), earlier.resource->name());
    out_.report(wk("WK237"), places.value(protocol.node), "{} and {} of {} cannot share port {}", *protocol, *other,
                whose, *later.server->port->number)
        .note(earlier.resource->span(other.node), "has the port as well")
        .help(same ? "give one of the two another port; this server is dropped or refused"
                   : "give one of the two another port; which one is dropped depends on their creation time");
    return true;
  }

  const CheckInput& in_;
  Reporter& out_;
  Selectors selectors_;
  std::map<Socket, std::map<std::size_t, Holders>> sockets_;
};

}  // namespace

void check_gateway_servers(const GatewayScope& scope, std::string_view ns) {
  check_port_names(scope);
  check_server_names(scope);
  check_hosts(scope, ns);
}

void check_shared_ports(const CheckInput& in, Reporter& out) {
  SharedPorts ports(in, out);
  for (const Resource* resource : rules::in_creation_order(in.workspace, model::Kind::kGateway)) {
    const auto* gateway = std::get_if<model::Gateway>(&resource->spec);
    if (gateway != nullptr) ports.add(*resource, *gateway);
  }
}

}  // namespace wicket::check
