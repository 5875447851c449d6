// Rules that the servers of the bound Gateways cannot use: WK521 to WK524, WK526, WK528; and WK525, redirects to a
// server that is not there. Gateways that are not in the input are taken for able to do everything.
// Source: Istio pilot/pkg/networking/core/gateway.go: http rules go to HTTP and terminated HTTPS, tls rules to TLS that
// is passed through, tcp rules to plaintext bytes and to TLS that ends without HTTPS inside.
#include <algorithm>
#include <optional>
#include <variant>

#include "check/gateway_checks.h"
#include "check/routing.h"
#include "check/words.h"
#include "model/protocol.h"
#include "rules/host_names.h"
#include "rules/merge.h"

namespace wicket::check::routing {
namespace {

using model::Gateway;
using model::Resource;
using model::Server;
using model::Text;
using rules::ChainKind;

/// A Gateway that a VirtualService names.
struct Bound {
  const Text* written = nullptr;
  std::string name;                    // namespace/name
  const Resource* resource = nullptr;  // null: not in the input
  const Gateway* spec = nullptr;
};

/// A server that serves a host of the VirtualService.
struct Meeting {
  const Bound* gateway = nullptr;
  const Server* server = nullptr;
  std::optional<ChainKind> kind;  // nothing where that cannot be told
};

/// What kind of server it is; nothing where its protocol or its TLS mode is unsound.
std::optional<ChainKind> kind_of(const Server& server) {
  if (server.port == nullptr || !server.port->protocol.valid) return std::nullopt;
  if (server.tls != nullptr && server.tls->mode.present() && !server.tls->mode.valid) return std::nullopt;
  return rules::chain_kind(server);
}

bool speaks_http(ChainKind kind) { return kind == ChainKind::kHttp || kind == ChainKind::kHttps; }
bool carries_bytes(ChainKind kind) { return kind == ChainKind::kTcp || kind == ChainKind::kTerminatedTls; }

std::string_view kind_word(ChainKind kind) {
  switch (kind) {
    case ChainKind::kHttp:
      return "plaintext HTTP";
    case ChainKind::kHttps:
      return "HTTPS that ends here";
    case ChainKind::kTcp:
      return "plaintext TCP";
    case ChainKind::kTerminatedTls:
      return "TLS that ends here, without HTTP";
    case ChainKind::kPassthrough:
    case ChainKind::kAutoPassthrough:
      return "TLS that is passed through";
  }
  return "";
}

class Servers {
 public:
  Servers(const Subject& subject, const model::Workspace& workspace) : subject_(subject), workspace_(workspace) {
    bound_.reserve(subject.spec.gateways.size());
    for (const Text& written : subject.spec.gateways) {
      const std::optional<std::string> name =
          written ? rules::gateway_name(*written, subject.ns) : std::optional<std::string>(std::string());
      if (!name) continue;  // mesh
      Bound& gateway = bound_.emplace_back(Bound{.written = &written, .name = *name});
      const std::size_t slash = name->find('/');
      if (slash == std::string::npos) continue;
      gateway.resource = workspace.find(model::Kind::kGateway, std::string_view(*name).substr(0, slash),
                                        std::string_view(*name).substr(slash + 1));
      if (gateway.resource != nullptr) gateway.spec = std::get_if<Gateway>(&gateway.resource->spec);
    }
    for (const Bound& gateway : bound_) meet(gateway);
  }

  void check() {
    check_redirect_only();
    if (subject_.applies_to_mesh || bound_.empty() || has_unknown_gateway()) return;
    check_kinds();
    for (const auto& route : subject_.spec.http) {
      for (const auto& match : route.match) {
        check_port(match.port, match.gateways);
        check_scheme(match);
      }
    }
    for (const auto& route : subject_.spec.tls)
      for (const auto& match : route.match) check_port(match.port, match.gateways);
    for (const auto& route : subject_.spec.tcp)
      for (const auto& match : route.match) check_port(match.port, match.gateways);
  }

 private:
  [[nodiscard]] bool has_unknown_gateway() const {
    return std::ranges::any_of(bound_, [](const Bound& gateway) { return gateway.spec == nullptr; });
  }

  void meet(const Bound& gateway) {
    if (gateway.spec == nullptr) return;
    const std::string_view gateway_ns = workspace_.ns_of(*gateway.resource);
    for (const Server& server : gateway.spec->servers)
      if (serves(server, gateway_ns)) meetings_.push_back({&gateway, &server, kind_of(server)});
  }

  [[nodiscard]] bool serves(const Server& server, std::string_view gateway_ns) const {
    return std::ranges::any_of(subject_.spec.hosts,
                               [&](const Text& own) { return own && serves(server, gateway_ns, *own); });
  }
  [[nodiscard]] bool has_host(const Meeting& meeting, std::string_view own) const {
    return serves(*meeting.server, workspace_.ns_of(*meeting.gateway->resource), own);
  }
  [[nodiscard]] bool serves(const Server& server, std::string_view gateway_ns, std::string_view own) const {
    const std::string name = rules::fully_qualified(own, subject_.ns, subject_.cluster_domain);
    return std::ranges::any_of(server.hosts, [&](const Text& host) { return host && takes(*host, gateway_ns, name); });
  }
  /// What rules::server_host says of one host, without a copy: each VirtualService looks at all hosts of its Gateways.
  [[nodiscard]] bool takes(std::string_view host, std::string_view gateway_ns, std::string_view name) const {
    if (const std::size_t slash = host.find('/'); slash != std::string_view::npos) {
      const std::string_view written = host.substr(0, slash);
      const std::string_view ns = written == "." ? gateway_ns : written;
      if (written != "*" && !ns.empty() && ns != subject_.ns) return false;
      host.remove_prefix(slash + 1);
    }
    return rules::have_common_name(host, name);
  }

  // ---- WK522, WK523, WK524 ----

  template <class Fits>
  void check_kind(const RuleInfo& rule, yaml::NodeId section, Fits fits, std::string_view message,
                  std::string_view help) {
    const bool is_used =
        std::ranges::any_of(meetings_, [&](const Meeting& meeting) { return !meeting.kind || fits(*meeting.kind); });
    if (is_used || meetings_.empty()) return;
    const Meeting& first = meetings_.front();
    auto finding = subject_.report(rule, subject_.places.key(section), "{}; Gateway {} serves {}", message,
                                   first.gateway->name, kind_word(*first.kind));
    for (const Meeting& meeting : meetings_)
      finding.note(meeting.gateway->resource->span(meeting.server->node),
                   fmt::format("this server is {}", kind_word(*meeting.kind)));
    finding.help(std::string(help));
  }

  void check_kinds() {
    const model::VirtualService& spec = subject_.spec;
    if (!spec.http.empty() && spec.tls.empty() && spec.tcp.empty())
      check_kind(wk("WK522"), spec.http.node, speaks_http, "http rules need an HTTP server, or HTTPS that ends here",
                 "route with tls and sniHosts, or let TLS end at the gateway (mode SIMPLE)");
    if (!spec.tls.empty())
      check_kind(
          wk("WK523"), spec.tls.node, [](ChainKind kind) { return kind == ChainKind::kPassthrough; },
          "tls rules need a server of mode PASSTHROUGH",
          "route with http, or set the server's tls.mode to PASSTHROUGH");
    if (!spec.tcp.empty())
      check_kind(wk("WK524"), spec.tcp.node, carries_bytes, "tcp rules need a TCP server, or TLS that ends here",
                 "route with http on an HTTP server and with tls on one of mode PASSTHROUGH");
  }

  // ---- WK526 ----

  static bool redirects_all(const Meeting& meeting) {
    const Server& server = *meeting.server;
    return meeting.kind == ChainKind::kHttp && server.tls != nullptr && *server.tls->https_redirect;
  }

  /// Whether http rules for a host may run on a server, as far as can be told. A server of the Gateway that redirects
  /// the host redirects it on its whole port, whatever the others say (R-REDIR-1).
  [[nodiscard]] bool may_run_http(const Meeting& meeting, std::string_view host) const {
    if (!meeting.kind || *meeting.kind == ChainKind::kHttps) return true;
    if (*meeting.kind != ChainKind::kHttp) return false;
    if (host.starts_with('*')) return true;  // may meet them in names of different width
    const auto& port = meeting.server->port->number;
    return std::ranges::none_of(meetings_, [&](const Meeting& other) {
      return other.gateway == meeting.gateway && redirects_all(other) && has_host(other, host) &&
             other.server->port->number.valid && port.valid && *other.server->port->number == *port &&
             *other.server->bind == *meeting.server->bind;
    });
  }

  /// Told where http rules for some host are only served by servers that redirect, whatever Gateway they are of.
  void check_redirect_only() {
    if (subject_.spec.http.empty() || subject_.applies_to_mesh || bound_.empty() || has_unknown_gateway()) return;
    if (std::ranges::none_of(meetings_, redirects_all)) return;
    std::vector<const Bound*> told;
    for (const Text& host : subject_.spec.hosts) {
      std::vector<const Meeting*> redirecting;
      bool is_served = false;
      for (const Meeting& meeting : meetings_) {
        if (!host || !has_host(meeting, *host)) continue;
        const bool redirects = redirects_all(meeting);
        if (redirects) redirecting.push_back(&meeting);
        is_served = is_served || (!redirects && may_run_http(meeting, *host));
      }
      if (is_served) continue;
      for (const Meeting* meeting : redirecting) {
        if (std::ranges::find(told, meeting->gateway) != told.end()) continue;
        told.push_back(meeting->gateway);
        subject_
            .report(wk("WK526"), subject_.places.value(meeting->gateway->written->node),
                    "Gateway {} redirects all requests for {} to https, so these rules never run for them",
                    meeting->gateway->name, *host)
            .note(meeting->gateway->resource->span(meeting->server->tls->https_redirect.node), "redirected here")
            .help("bind the VirtualService to the Gateway that serves https");
      }
    }
  }

  // ---- conditions ----

  /// The Gateways that a match is for.
  [[nodiscard]] std::vector<const Bound*> gateways_of(const model::List<Text>& gateways) const {
    std::vector<const Bound*> named;
    for (const Bound& gateway : bound_) {
      const bool is_named = gateways.empty() || std::ranges::any_of(gateways, [&](const Text& written) {
                              return written && rules::gateway_name(*written, subject_.ns) == gateway.name;
                            });
      if (is_named) named.push_back(&gateway);
    }
    return named;
  }

  void check_port(const model::Spanned<std::uint32_t>& port, const model::List<Text>& match_gateways) {
    if (!port || *port == 0) return;
    const std::vector<const Bound*> gateways = gateways_of(match_gateways);
    if (gateways.empty()) return;  // WK402, WK403
    std::vector<std::string> numbers;
    for (const Bound* gateway : gateways) {
      for (const Server& server : gateway->spec->servers) {
        if (server.port == nullptr || !server.port->number.valid || *server.port->number == *port) return;
        numbers.push_back(std::to_string(*server.port->number));
      }
    }
    if (numbers.empty()) return;
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    auto finding = subject_.report(wk("WK521"), subject_.places.value(port.node),
                                   "no bound Gateway has a server with port {}, so the match never applies", *port);
    for (const Bound* gateway : gateways)
      finding.note(gateway->resource->span(gateway->spec->servers.node),
                   fmt::format("the servers of Gateway {}", gateway->name));
    finding.help(fmt::format("a match is for the number of a server ({}), not for a port of the Service or of its pods",
                             fmt::join(numbers, ", ")));
  }

  void check_scheme(const model::HTTPMatchRequest& match) {
    if (!match.scheme || !match.scheme->exact) return;
    const std::string_view scheme = *match.scheme->exact;
    if (scheme != "https" && scheme != "http") return;
    const ChainKind other = scheme == "https" ? ChainKind::kHttp : ChainKind::kHttps;
    const std::vector<const Bound*> gateways = gateways_of(match.gateways);
    const Meeting* seen = nullptr;
    for (const Meeting& meeting : meetings_) {
      const Server& server = *meeting.server;
      if (std::ranges::find(gateways, meeting.gateway) == gateways.end()) continue;
      if (match.port && *match.port != 0 && server.port != nullptr && *server.port->number != *match.port) continue;
      if (!meeting.kind) return;
      if (!speaks_http(*meeting.kind)) continue;
      if (*meeting.kind != other) return;
      if (seen == nullptr) seen = &meeting;
    }
    if (seen == nullptr) return;
    subject_
        .report(wk("WK528"), subject_.places.key(match.scheme->node), "requests with scheme {} do not come here: {}",
                scheme, other == ChainKind::kHttp ? "the servers are plaintext" : "all servers end TLS")
        .note(seen->gateway->resource->span(seen->server->node), "a server of the hosts")
        .help("the scheme is that of the connection, or x-forwarded-proto of a trusted load balancer");
  }

  const Subject& subject_;
  const model::Workspace& workspace_;
  std::vector<Bound> bound_;
  std::vector<Meeting> meetings_;
};

// ---- WK525 ----

/// Whether one proxy may obey both: no label is asked for with two values.
bool may_share_proxies(const Gateway& a, const Gateway& b) {
  return std::ranges::all_of(a.selector, [&b](const auto& label) {
    const auto* other = b.selector.find(label.key);
    return other == nullptr || *other->value == *label.value;
  });
}

std::string host_without_namespace(std::string_view host) {
  const std::size_t slash = host.find('/');
  return rules::lower_case(slash == std::string_view::npos ? host : host.substr(slash + 1));
}

/// The names that TLS servers take on proxies that may obey a Gateway too; `has_unsound` where one cannot be judged.
struct TlsHosts {
  std::vector<std::string> names;
  bool has_unsound = false;
};

std::vector<std::string> hosts_without_tls(const Server& server, const TlsHosts& tls) {
  std::vector<std::string> lost;
  for (const Text& host : server.hosts) {
    if (!host || !is_server_host(*host)) continue;  // WK205 to WK209 speak of it
    std::string name = host_without_namespace(*host);
    if (std::ranges::none_of(tls.names, [&](const std::string& n) { return rules::have_common_name(n, name); }))
      lost.push_back(std::move(name));
  }
  return lost;
}

TlsHosts tls_hosts_beside(const Gateway& gateway, std::span<const Resource* const> all) {
  TlsHosts hosts;
  for (const Resource* resource : all) {
    const auto* other = std::get_if<Gateway>(&resource->spec);
    if (other == nullptr || !may_share_proxies(gateway, *other)) continue;
    for (const Server& server : other->servers) {
      if (server.port == nullptr || !server.port->protocol.valid) {
        hosts.has_unsound = true;
        continue;
      }
      if (!model::is_tls(model::protocol_of(*server.port->protocol))) continue;
      for (const Text& host : server.hosts) {
        if (host && is_server_host(*host)) {
          hosts.names.push_back(host_without_namespace(*host));
        } else {
          hosts.has_unsound = true;  // nobody knows which one was meant
        }
      }
    }
  }
  return hosts;
}

void check_redirect_target(const Resource& resource, const Server& server, const TlsHosts& tls, bool closed_world,
                           Reporter& out) {
  if (tls.has_unsound || (tls.names.empty() && !closed_world)) return;
  const std::vector<std::string> lost = hosts_without_tls(server, tls);
  if (lost.empty()) return;
  constexpr std::size_t kMostNames = 3;
  const std::size_t shown = std::min(lost.size(), kMostNames);
  std::string names =
      fmt::format("{}", fmt::join(lost.begin(), lost.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < lost.size()) names += fmt::format(" and {} more", lost.size() - shown);
  out.report(wk("WK525"), Places(resource).value(server.tls->https_redirect.node),
             "requests for {} are redirected to https, where no server accepts them", names)
      .help("add a server with TLS for these hosts; where TLS ends in front of the gateway, the redirect never ends");
}

}  // namespace

void check_servers(const Subject& subject, const model::Workspace& workspace) {
  if (subject.is_delegate || subject.spec.gateways.empty()) return;
  Servers(subject, workspace).check();
}

void check_https_redirects(const CheckInput& in, Reporter& out) {
  const std::span<const Resource* const> all = in.workspace.all(model::Kind::kGateway);
  for (const Resource* resource : all) {
    const auto* gateway = std::get_if<Gateway>(&resource->spec);
    if (gateway == nullptr) continue;
    const TlsHosts own = tls_hosts_beside(*gateway, {&resource, 1});
    std::optional<TlsHosts> tls;
    for (const Server& server : gateway->servers) {
      if (server.tls == nullptr || !server.tls->https_redirect || !*server.tls->https_redirect) continue;
      if (kind_of(server) != ChainKind::kHttp) continue;
      if (!own.has_unsound && hosts_without_tls(server, own).empty()) continue;
      if (!tls) tls = tls_hosts_beside(*gateway, all);
      check_redirect_target(*resource, server, *tls, in.closed_world, out);
    }
  }
}

}  // namespace wicket::check::routing
