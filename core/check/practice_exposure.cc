// WK701, WK702, WK717, WK721: servers beside each other, and what is bound to them.
#include <algorithm>
#include <set>
#include <string>

#include "check/gateway_checks.h"
#include "check/practice.h"
#include "check/words.h"
#include "model/protocol.h"
#include "rules/host_names.h"

namespace wicket::check::practice {
namespace {

using model::HTTPMatchRequest;
using model::HTTPRoute;
using model::Server;
using model::Text;

constexpr std::string_view kChallenge = "/.well-known/acme-challenge";

std::uint32_t port_of(const Server& server) { return server.port == nullptr ? 0 : *server.port->number; }

/// A host of a server.
struct HostRef {
  const Door* door = nullptr;
  const Server* server = nullptr;
  const Text* text = nullptr;
  std::string name;
};

class Exposure {
 public:
  explicit Exposure(const Scope& scope) : scope_(scope) {
    for (const Door& door : scope.doors) {
      for (const Server& server : door.spec->servers) {
        const bool ends = terminates_tls(server);
        const bool passes = passes_tls_on(server);
        const bool plain = model::is_http(server_protocol(server)) &&
                           (server.tls == nullptr || !*server.tls->https_redirect) && port_of(server) != 0;
        for (const Text& text : server.hosts) {
          if (!text.valid) continue;
          const HostRef host{.door = &door, .server = &server, .text = &text, .name = host_name(text)};
          if (ends) ended_.push_back(host);
          if (passes) passed_.push_back(host);
          if (plain) plain_.push_back(host);
        }
      }
    }
  }

  void check() {
    for (const HostRef& host : ended_) check_any_host(host);
    for (const HostRef& host : plain_) check_plaintext(host);
    for (const HostRef& host : passed_) check_passed_on(host);
    if (scope_.out.wants(wk7("WK721")))
      for (const Door& door : scope_.doors) check_open_hosts(door);
  }

 private:
  [[nodiscard]] static Place place_of(const HostRef& host) {
    return Places(*host.door->resource).value(host.text->node);
  }
  [[nodiscard]] static Span span_of(const HostRef& host) { return host.door->resource->span(host.text->node); }

  void check_any_host(const HostRef& host) {
    const auto& tls = *host.server->tls;
    const bool has_certificate = tls.credential_name.present() || tls.credential_names.present() ||
                                 tls.server_certificate.present() || tls.tls_certificates.present();
    if (host.name != "*" || !has_certificate) return;
    const auto concrete = std::ranges::find_if(ended_, [&](const HostRef& other) {
      return other.door != host.door && other.name != "*" && port_of(*other.server) == port_of(*host.server) &&
             share_proxies(*other.door->spec, *host.door->spec);
    });
    auto finding = scope_.out.report(wk7("WK701"), place_of(host), "every name is answered with this certificate");
    finding.help("list the hosts that the certificate is for");
    if (concrete != ended_.end())
      finding.level(Severity::kWarning)
          .note(span_of(*concrete), fmt::format("{} has a server of its own on this port", concrete->name));
  }

  void check_plaintext(const HostRef& host) {
    const auto secured = [&](const HostRef& other) {
      return rules::is_subset_of(host.name, other.name) && share_proxies(*host.door->spec, *other.door->spec);
    };
    auto found = std::ranges::find_if(ended_, secured);
    if (found == ended_.end()) {
      found = std::ranges::find_if(passed_, secured);
      if (found == passed_.end()) return;
    }
    if (only_redirects(host)) return;
    scope_.out
        .report(wk7("WK702"), place_of(host), "{} is also served without TLS on port {}", host.name,
                port_of(*host.server))
        .note(span_of(*found), "served with TLS here")
        .help("set tls: {httpsRedirect: true} on the server without TLS");
  }

  /// Whether all that is served on a plain port sends clients on to https, or answers an authority's challenge.
  [[nodiscard]] bool only_redirects(const HostRef& host) const {
    bool is_bound = false;
    for (const Routes* routes : scope_.routes_at(*host.door)) {
      const bool meets = std::ranges::any_of(routes->spec->hosts, [&](const Text& text) {
        return text.valid && rules::have_common_name(rules::lower_case(*text), host.name);
      });
      if (!meets) continue;
      is_bound = true;
      for (const HTTPRoute& route : routes->spec->http) {
        if (!is_harmless(route, *routes, host)) return false;
        if (takes_everything(route, *routes, host)) break;
      }
    }
    return is_bound;
  }

  [[nodiscard]] bool applies(const HTTPMatchRequest& match, const Routes& routes, const HostRef& host) const {
    if (match.port && *match.port != port_of(*host.server)) return false;
    if (match.gateways.empty()) return true;
    const std::string_view ns = scope_.in.workspace.ns_of(*routes.resource);
    return std::ranges::any_of(
        match.gateways, [&](const Text& text) { return scope_.in.estate->gateway_of(*text, ns) == host.door->named; });
  }

  /// Whether nothing that comes in without TLS gets past a rule.
  [[nodiscard]] bool takes_everything(const HTTPRoute& route, const Routes& routes, const HostRef& host) const {
    if (route.delegate != nullptr) return false;
    if (route.match.empty()) return true;
    return std::ranges::any_of(route.match, [&](const HTTPMatchRequest& match) {
      const bool any_path = match.uri == nullptr || *match.uri->prefix == "/" || *match.uri->regex == ".*";
      const bool any_scheme = match.scheme == nullptr || *match.scheme->exact == "http";
      return applies(match, routes, host) && any_path && any_scheme && match.method == nullptr &&
             match.authority == nullptr && match.headers.empty() && match.without_headers.empty() &&
             match.query_params.empty() && match.source_labels.empty() && !match.source_namespace.present();
    });
  }

  [[nodiscard]] bool is_harmless(const HTTPRoute& route, const Routes& routes, const HostRef& host) const {
    if (route.redirect != nullptr && *route.redirect->scheme == "https") return true;
    if (route.delegate != nullptr) return true;  // told where its rules are known: not here
    if (route.match.empty()) return false;
    return std::ranges::all_of(route.match, [&](const HTTPMatchRequest& match) {
      if (!applies(match, routes, host)) return true;
      if (match.scheme != nullptr && *match.scheme->exact == "https") return true;
      return match.uri != nullptr &&
             (match.uri->exact->starts_with(kChallenge) || match.uri->prefix->starts_with(kChallenge));
    });
  }

  void check_passed_on(const HostRef& host) {
    for (const HostRef& other : ended_) {
      if (port_of(*other.server) != port_of(*host.server) || *other.server->bind != *host.server->bind ||
          !share_proxies(*host.door->spec, *other.door->spec))
        continue;
      const bool same = host.name == other.name;
      if (same && host.door == other.door) continue;  // WK236: one of the two servers is dropped
      if (!rules::is_subset_of(host.name, other.name) && !rules::is_subset_of(other.name, host.name)) continue;
      auto finding =
          scope_.out.report(wk7("WK717"), place_of(host), "{} is both passed through and terminated on port {}",
                            host.name, port_of(*host.server));
      finding.note(span_of(other), fmt::format("{} is terminated here", other.name));
      if (same) {
        finding.help("serve it in one of the two ways");
      } else {
        finding.level(Severity::kInfo).help("the narrower name wins; say so in a comment if it is meant");
      }
      return;
    }
  }

  /// Hosts that any namespace may claim, where several do.
  void check_open_hosts(const Door& door) {
    std::set<std::string_view> namespaces;
    for (const Routes* routes : scope_.routes_at(door)) namespaces.insert(scope_.in.workspace.ns_of(*routes->resource));
    if (namespaces.size() < 2) return;
    for (const Server& server : door.spec->servers) {
      for (const Text& text : server.hosts) {
        if (!text.valid || (text->find('/') != std::string_view::npos && !text->starts_with("*/"))) continue;
        const std::string name = host_name(text);
        scope_.out.report(wk7("WK721"), Places(*door.resource).value(text.node), "any namespace can claim {}", name)
            .help(fmt::format("put the namespace in front that it belongs to: shop/{}", name));
      }
    }
  }

  const Scope& scope_;
  std::vector<HostRef> ended_;
  std::vector<HostRef> passed_;
  std::vector<HostRef> plain_;
};

}  // namespace

void check_exposure(const Scope& scope) { Exposure(scope).check(); }

}  // namespace wicket::check::practice
