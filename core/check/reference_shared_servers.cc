// WK417 and WK418: servers of several Gateways that the same pods open.
//
// A server with a tls block is dropped as a whole where an older one has one of its hosts on the same port and address.
// Plaintext servers are joined. Two HTTPS servers with one certificate look alike to a browser, which then sends
// requests for the hosts of the one over its connection to the other.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/text_hash.h"
#include "check/gateway_checks.h"
#include "check/references.h"
#include "check/selectors.h"
#include "check/words.h"
#include "rules/bindings.h"
#include "rules/host_names.h"
#include "rules/merge.h"
#include "rules/order.h"

namespace wicket::check::references {
namespace {

using model::Resource;
using model::Server;
using model::Text;

/// A Gateway with its selector; those with the same one share a number.
struct Selecting {
  const Resource* resource = nullptr;
  const model::Gateway* spec = nullptr;
  std::size_t selector = 0;
};

/// A host of a server, as it counts: with the namespace that it is for.
struct Host {
  std::string_view ns;    // empty: for all
  std::string_view name;  // without the namespace
  const Text* text = nullptr;
};

/// What rules::server_host says, in views of the text: there are many hosts.
Host host_of(const Text& text, std::string_view gateway_ns) {
  const rules::ServerHost host = rules::server_host(*text, gateway_ns);
  const std::string_view ns = host.ns == gateway_ns ? gateway_ns : text->substr(0, host.ns.size());
  return {.ns = ns, .name = text->substr(text->size() - host.name.size()), .text = &text};
}

std::vector<Host> hosts_of(const Server& server, std::string_view ns) {
  std::vector<Host> hosts;
  hosts.reserve(server.hosts.size());
  for (const Text& text : server.hosts) {
    if (!text) continue;
    if (*text == "*/*") hosts.clear();  // stands for the whole list
    hosts.push_back(host_of(text, ns));
    if (*text == "*/*") break;
  }
  return hosts;
}

/// What a server shows to those who call it: a credential, or two files.
struct Certificate {
  std::string key;
  const Text* text = nullptr;  // null: none
};

Certificate certificate_of(const Server& server) {
  const model::ServerTLSSettings& tls = *server.tls;
  if (tls.credential_name && !tls.credential_name->empty())
    return {.key = "c|" + std::string(*tls.credential_name), .text = &tls.credential_name};
  if (tls.server_certificate && !tls.server_certificate->empty() && !tls.private_key->empty())
    return {.key = fmt::format("f|{}|{}", *tls.server_certificate, *tls.private_key), .text = &tls.server_certificate};
  return {};
}

class SharedServers {
 public:
  SharedServers(const CheckInput& in, Reporter& out) : in_(in), out_(out), selectors_(in) {}

  void add(const Resource& resource, const model::Gateway& gateway) {
    const Selecting& selecting = gateways_.emplace_back(
        Selecting{.resource = &resource, .spec = &gateway, .selector = selectors_.number(gateway.selector)});
    for (const Server& server : gateway.servers) {
      if (!server.port || !server.port->number || (server.bind.present() && !server.bind)) continue;
      if (has_unsound_mode(server)) continue;
      const auto kind = rules::chain_kind(server);
      if (!kind || (!server.tls && *kind != rules::ChainKind::kHttp)) continue;  // WK237 speaks of bytes
      const std::vector<Host> hosts = hosts_of(server, in_.workspace.ns_of(resource));
      add_hosts(selecting, server, *kind, hosts);
      if (*kind == rules::ChainKind::kHttps && server.tls) add_certificate(selecting, server);
    }
  }

 private:
  /// Who has a host.
  struct Holder {
    const Selecting* gateway = nullptr;
    const Server* server = nullptr;
    Host host;
  };
  /// Who has a certificate.
  struct Owner {
    const Selecting* gateway = nullptr;
    const Server* server = nullptr;
    const Text* text = nullptr;
    std::set<std::string> names{};  // of the server's hosts in lower case; once another one has the certificate
  };
  /// A host on a port and an address.
  struct Key {
    std::uint32_t port = 0;
    bool has_tls = false;
    std::string_view bind;
    std::string_view ns;
    std::string_view name;
    bool is_sni = false;  // whatever namespace it is for

    friend bool operator==(const Key&, const Key&) = default;
  };
  struct HashOfKey {
    std::size_t operator()(const Key& key) const {
      return hash_of(key.port, key.has_tls, key.bind, key.ns, key.name, key.is_sni);
    }
  };

  [[nodiscard]] bool may_share(const Selecting& a, const Selecting& b) {
    if (in_.estate->mesh().scope_gateways_to_namespace &&
        in_.workspace.ns_of(*a.resource) != in_.workspace.ns_of(*b.resource))
      return false;
    return selectors_.meet(a.selector, b.selector);
  }

  // ---- WK417 ----

  void add_hosts(const Selecting& gateway, const Server& server, rules::ChainKind kind,
                 const std::vector<Host>& hosts) {
    const bool has_sni = kind == rules::ChainKind::kHttps || kind == rules::ChainKind::kTerminatedTls;
    for (const Host& host : hosts) {
      const Holder holder{.gateway = &gateway, .server = &server, .host = host};
      Key key{.port = *server.port->number,
              .has_tls = server.tls != nullptr,
              .bind = *server.bind,
              .ns = host.ns,
              .name = host.name};
      if (const Holder* other = take(key, holder)) {
        tell_host(server, *host.text, *other, gateway);
        continue;
      }
      if (!has_sni) continue;
      key.ns = {};
      key.is_sni = true;
      if (const Holder* other = take(key, holder)) tell_sni(server, host, *other, gateway);
    }
  }

  /// Another Gateway of the same pods that has this, or of an SNI another server of the same one with another host; the
  /// new one has it as well from then on.
  const Holder* take(const Key& what, const Holder& holder) {
    std::vector<Holder>& holders = holders_[what];
    // One for each selector is enough to find the others.
    bool is_known = false;
    const Holder* other = nullptr;
    for (const Holder& earlier : holders) {
      is_known = is_known || earlier.gateway->selector == holder.gateway->selector;
      const bool is_same = earlier.gateway->resource == holder.gateway->resource;
      if (is_same && (!what.is_sni || earlier.server == holder.server || earlier.host.ns == holder.host.ns)) continue;
      if (other == nullptr && may_share(*earlier.gateway, *holder.gateway)) other = &earlier;
    }
    if (is_known || other != nullptr) return other;
    holders.push_back(holder);
    return nullptr;
  }

  void tell_host(const Server& server, const Text& host, const Holder& other, const Selecting& gateway) {
    const std::string name = name_of(in_, *other.gateway->resource);
    const Place place = Places(*gateway.resource).value(host.node);
    const auto tell = [&](std::string_view consequence) {
      return out_
          .report(wk("WK417"), place, "{} on port {} is also served by Gateway {}: {}", quoted(*host),
                  *server.port->number, name, consequence)
          .note(other.gateway->resource->span(other.host.text->node), "also served here");
    };
    if (!server.tls) {
      tell("the routes of both are joined").level(Severity::kInfo);
    } else if (only_redirects(server) && only_redirects(*other.server)) {
      tell("the younger server is dropped, and the older one redirects for both").level(Severity::kInfo);
    } else {
      tell("the younger server is dropped").help("serve the host in one of the two Gateways");
    }
  }

  static bool only_redirects(const Server& server) {
    return rules::chain_kind(server) == rules::ChainKind::kHttp && *server.tls->https_redirect;
  }

  /// Namespaces keep the control plane from dropping one of the two, but Envoy knows nothing of them (R-FC-7).
  void tell_sni(const Server& server, const Host& host, const Holder& other, const Selecting& gateway) {
    out_.report(wk("WK417"), Places(*gateway.resource).value(host.text->node),
                "SNI {} on port {} also leads to {}: the proxy refuses the whole port", quoted(host.name),
                *server.port->number, whose(*other.gateway, gateway))
        .note(other.gateway->resource->span(other.host.text->node), "also served here")
        .help("the namespace in front of a host does not tell connections apart: serve it in one of the two");
  }

  [[nodiscard]] std::string whose(const Selecting& other, const Selecting& gateway) const {
    if (other.resource == gateway.resource) return "another server of this Gateway";
    return fmt::format("Gateway {}", name_of(in_, *other.resource));
  }

  // ---- WK418 ----

  const std::set<std::string>& names_of(Owner& owner) const {
    if (owner.names.empty())
      for (const Host& host : hosts_of(*owner.server, in_.workspace.ns_of(*owner.gateway->resource)))
        owner.names.insert(rules::lower_case(host.name));
    return owner.names;
  }

  void add_certificate(const Selecting& gateway, const Server& server) {
    const Certificate certificate = certificate_of(server);
    if (certificate.text == nullptr) return;
    Owner owner{.gateway = &gateway, .server = &server, .text = certificate.text};
    std::vector<Owner>& owners =
        certificates_[fmt::format("{}|{}|{}", *server.port->number, *server.bind, certificate.key)];
    const auto other = std::ranges::find_if(owners, [&](Owner& earlier) {
      const std::set<std::string>& names = names_of(earlier);
      const bool shares_host =
          std::ranges::any_of(names_of(owner), [&](const std::string& name) { return names.contains(name); });
      return !shares_host && may_share(*earlier.gateway, gateway);
    });
    if (other != owners.end()) {
      const bool is_same = other->gateway->resource == gateway.resource;
      out_.report(wk("WK418"), Places(*gateway.resource).value(certificate.text->node),
                  "{} {} is also used by {}: browsers reuse their connections, and get 404",
                  certificate.key.starts_with("c|") ? "credential" : "certificate", quoted(**certificate.text),
                  whose(*other->gateway, gateway))
          .note(other->gateway->resource->span(other->text->node), "also used here")
          .help(is_same ? "put the hosts into one server, or give each a certificate of its own"
                        : "put the hosts into one server of one Gateway, or give each a certificate of its own");
    }
    if (owners.size() < kMostOwners) owners.push_back(std::move(owner));
  }

  static constexpr std::size_t kMostOwners = 64;  // servers with one certificate that are compared with each other

  const CheckInput& in_;
  Reporter& out_;
  Selectors selectors_;
  std::deque<Selecting> gateways_;  // addresses stay
  std::unordered_map<Key, std::vector<Holder>, HashOfKey> holders_;
  std::unordered_map<std::string, std::vector<Owner>> certificates_;  // port|address|certificate
};

}  // namespace

void check_shared_servers(const CheckInput& in, Reporter& out) {
  const auto gateways = in.workspace.all(model::Kind::kGateway);
  if (gateways.empty()) return;
  SharedServers servers(in, out);
  const auto add = [&](const Resource* resource) {
    if (const auto* gateway = std::get_if<model::Gateway>(&resource->spec)) servers.add(*resource, *gateway);
  };
  const bool is_order_known = std::ranges::all_of(gateways, [](const Resource* resource) {
    const Text& created = resource->metadata.creation_timestamp;
    return created && rules::parse_time(*created);
  });
  if (is_order_known) {
    for (const Resource* resource : rules::in_creation_order(in.workspace, model::Kind::kGateway)) add(resource);
    return;
  }
  for (const Resource* resource : gateways)
    if (in.workspace.find(model::Kind::kGateway, in.workspace.ns_of(*resource), resource->name()) == resource)
      add(resource);
}

}  // namespace wicket::check::references
