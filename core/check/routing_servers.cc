// Rules that the servers of the bound Gateways cannot use: WK521 to WK524, WK526, WK528; and WK525, redirects to a
// server that is not there. Gateways that are not in the input are taken for able to do everything.
// Source: Istio pilot/pkg/networking/core/gateway.go: http rules go to HTTP and terminated HTTPS, tls rules to TLS that
// is passed through, tcp rules to plaintext bytes and to TLS that ends without HTTPS inside.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "check/estate.h"
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

/// The sound hosts of a server, ready to be asked for many names.
struct Hosts {
  const Server* server = nullptr;
  std::unordered_set<std::string_view> plain;
  std::vector<std::string_view> others;  // wildcards, and hosts for one namespace
};

/// A Gateway as VirtualServices name it.
struct Named {
  const NamedGateway* gateway = nullptr;
  const Gateway* spec = nullptr;  // null: not in the input
  bool has_others = false;        // servers that are surely for something else than HTTP
  bool has_redirects = false;     // servers that redirect all to https
};

/// One that a VirtualService names.
struct Bound {
  const Text* written = nullptr;
  const Named* named = nullptr;

  [[nodiscard]] const std::string& name() const { return named->gateway->name; }
  [[nodiscard]] const Resource& resource() const { return *named->gateway->reference.found; }
  [[nodiscard]] const Gateway* spec() const { return named->spec; }
};

/// A server that serves a host of the VirtualService.
struct Meeting {
  const Bound* gateway = nullptr;
  const Hosts* hosts = nullptr;
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

bool redirects_all(const Server& server, std::optional<ChainKind> kind) {
  return kind == ChainKind::kHttp && server.tls != nullptr && *server.tls->https_redirect;
}

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

/// The Gateways that VirtualServices name, each looked at once.
class Gateways {
 public:
  explicit Gateways(const CheckInput& in) : in_(in) {}

  [[nodiscard]] const model::Workspace& workspace() const { return in_.workspace; }

  /// Null for mesh.
  const Named* find(std::string_view written, std::string_view ns) {
    const NamedGateway* gateway = in_.estate->gateway_of(written, ns);
    if (gateway == nullptr) return nullptr;
    const auto [known, is_new] = named_.try_emplace(gateway, Named{.gateway = gateway});
    if (is_new) look_at(known->second);
    return &known->second;
  }

  /// The hosts of its servers; the Gateway is in the input.
  const std::vector<Hosts>& hosts_of(const Named& gateway) {
    const auto [known, is_new] = hosts_.try_emplace(&gateway);
    if (!is_new) return known->second;
    for (const Server& server : gateway.spec->servers) {
      Hosts& hosts = known->second.emplace_back(Hosts{.server = &server, .plain = {}, .others = {}});
      for (const Text& host : server.hosts) {
        if (!host) continue;
        if (host->starts_with('*') || host->find('/') != std::string_view::npos) {
          hosts.others.push_back(*host);
        } else {
          hosts.plain.insert(*host);
        }
      }
    }
    return known->second;
  }

 private:
  static void look_at(Named& named) {
    if (named.gateway->reference.found != nullptr)
      named.spec = std::get_if<Gateway>(&named.gateway->reference.found->spec);
    if (named.spec == nullptr) return;
    for (const Server& server : named.spec->servers) {
      const std::optional<ChainKind> kind = kind_of(server);
      named.has_others = named.has_others || (kind && !speaks_http(*kind));
      named.has_redirects = named.has_redirects || redirects_all(server, kind);
    }
  }

  const CheckInput& in_;
  std::unordered_map<const NamedGateway*, Named> named_;  // addresses stay
  std::unordered_map<const Named*, std::vector<Hosts>> hosts_;
};

class Servers {
 public:
  Servers(const Subject& subject, Gateways& gateways)
      : subject_(subject), gateways_(gateways), workspace_(gateways.workspace()) {
    static const Named kUnsound;
    bound_.reserve(subject.spec.gateways.size());
    for (const Text& written : subject.spec.gateways) {
      const Named* named = written ? gateways.find(*written, subject.ns) : &kUnsound;
      if (named != nullptr) bound_.push_back({.written = &written, .named = named});
    }
  }

  void check() {
    if (subject_.applies_to_mesh || bound_.empty() || has_unknown_gateway()) return;
    check_redirect_only();
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
    return std::ranges::any_of(bound_, [](const Bound& gateway) { return gateway.spec() == nullptr; });
  }

  /// Few VirtualServices need to know: it takes a look at all hosts of their Gateways.
  const std::vector<Meeting>& meetings() {
    if (meetings_) return *meetings_;
    meetings_.emplace();
    for (const Bound& gateway : bound_) meet(gateway);
    return *meetings_;
  }

  void meet(const Bound& gateway) {
    if (gateway.spec() == nullptr) return;
    const std::string_view gateway_ns = workspace_.ns_of(gateway.resource());
    for (const Hosts& hosts : gateways_.hosts_of(*gateway.named))
      if (serves(hosts, gateway_ns)) meetings_->push_back({&gateway, &hosts, hosts.server, kind_of(*hosts.server)});
  }

  [[nodiscard]] bool serves(const Hosts& hosts, std::string_view gateway_ns) {
    return std::ranges::any_of(subject_.spec.hosts,
                               [&](const Text& own) { return own && serves(hosts, gateway_ns, *own); });
  }
  [[nodiscard]] bool has_host(const Meeting& meeting, std::string_view own) {
    return serves(*meeting.hosts, workspace_.ns_of(meeting.gateway->resource()), own);
  }
  [[nodiscard]] bool serves(const Hosts& hosts, std::string_view gateway_ns, std::string_view own) {
    const std::string_view name = rules::fully_qualified(own, subject_.ns, subject_.cluster_domain, room_);
    const bool is_plain =
        name.starts_with('*')
            ? std::ranges::any_of(hosts.plain,
                                  [&](std::string_view host) { return rules::have_common_name(host, name); })
            : hosts.plain.contains(name);
    return is_plain ||
           std::ranges::any_of(hosts.others, [&](std::string_view host) { return takes(host, gateway_ns, name); });
  }
  /// What rules::server_host says of one host, without a copy.
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
    const std::vector<Meeting>& all = meetings();
    const bool is_used =
        std::ranges::any_of(all, [&](const Meeting& meeting) { return !meeting.kind || fits(*meeting.kind); });
    if (is_used || all.empty()) return;
    const Meeting& first = all.front();
    auto finding = subject_.report(rule, subject_.places.key(section), "{}; Gateway {} serves {}", message,
                                   first.gateway->name(), kind_word(*first.kind));
    for (const Meeting& meeting : all)
      finding.note(meeting.gateway->resource().span(meeting.server->node),
                   fmt::format("this server is {}", kind_word(*meeting.kind)));
    finding.help(std::string(help));
  }

  void check_kinds() {
    const model::VirtualService& spec = subject_.spec;
    if (!spec.http.empty() && spec.tls.empty() && spec.tcp.empty() && some(&Named::has_others))
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

  static bool redirects(const Meeting& meeting) { return redirects_all(*meeting.server, meeting.kind); }

  /// Whether http rules for a host may run on a server, as far as can be told. A server of the Gateway that redirects
  /// the host redirects it on its whole port, whatever the others say (R-REDIR-1).
  [[nodiscard]] bool may_run_http(const Meeting& meeting, std::string_view host) {
    if (!meeting.kind || *meeting.kind == ChainKind::kHttps) return true;
    if (*meeting.kind != ChainKind::kHttp) return false;
    if (host.starts_with('*')) return true;  // may meet them in names of different width
    const auto& port = meeting.server->port->number;
    return std::ranges::none_of(meetings(), [&](const Meeting& other) {
      return other.gateway == meeting.gateway && redirects(other) && has_host(other, host) &&
             other.server->port->number.valid && port.valid && *other.server->port->number == *port &&
             *other.server->bind == *meeting.server->bind;
    });
  }

  /// Told where http rules for some host are only served by servers that redirect, whatever Gateway they are of.
  void check_redirect_only() {
    if (subject_.spec.http.empty() || !some(&Named::has_redirects)) return;
    if (std::ranges::none_of(meetings(), redirects)) return;
    std::vector<const Bound*> told;
    for (const Text& host : subject_.spec.hosts) {
      std::vector<const Meeting*> redirecting;
      bool is_served = false;
      for (const Meeting& meeting : meetings()) {
        if (!host || !has_host(meeting, *host)) continue;
        if (redirects(meeting)) {
          redirecting.push_back(&meeting);
        } else {
          is_served = is_served || may_run_http(meeting, *host);
        }
      }
      if (is_served) continue;
      for (const Meeting* meeting : redirecting) {
        if (std::ranges::find(told, meeting->gateway) != told.end()) continue;
        told.push_back(meeting->gateway);
        subject_
            .report(wk("WK526"), subject_.places.value(meeting->gateway->written->node),
                    "Gateway {} redirects all requests for {} to https, so these rules never run for them",
                    meeting->gateway->name(), *host)
            .note(meeting->gateway->resource().span(meeting->server->tls->https_redirect.node), "redirected here")
            .help("bind the VirtualService to the Gateway that serves https");
      }
    }
  }

  // ---- conditions ----

  /// The Gateways that a match is for.
  [[nodiscard]] std::vector<const Bound*> gateways_of(const model::List<Text>& gateways) {
    std::vector<const Bound*> named;
    for (const Bound& gateway : bound_) {
      const bool is_named = gateways.empty() || std::ranges::any_of(gateways, [&](const Text& written) {
                              return written && gateways_.find(*written, subject_.ns) == gateway.named;
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
      for (const Server& server : gateway->spec()->servers) {
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
      finding.note(gateway->resource().span(gateway->spec()->servers.node),
                   fmt::format("the servers of Gateway {}", gateway->name()));
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
    for (const Meeting& meeting : meetings()) {
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
        .note(seen->gateway->resource().span(seen->server->node), "a server of the hosts")
        .help("the scheme is that of the connection, or x-forwarded-proto of a trusted load balancer");
  }

  /// Whether something holds for one of the Gateways.
  [[nodiscard]] bool some(bool Named::*what) const {
    return std::ranges::any_of(bound_, [&](const Bound& gateway) { return gateway.named->*what; });
  }

  const Subject& subject_;
  Gateways& gateways_;
  const model::Workspace& workspace_;
  std::vector<Bound> bound_;
  std::optional<std::vector<Meeting>> meetings_;
  std::string room_;  // for a name
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

class ServerChecks::Known : public Gateways {
 public:
  using Gateways::Gateways;
};

ServerChecks::ServerChecks(const CheckInput& in) : known_(std::make_unique<Known>(in)) {}
ServerChecks::~ServerChecks() = default;

void ServerChecks::check(const Subject& subject) {
  if (subject.is_delegate || subject.spec.gateways.empty()) return;
  Servers(subject, *known_).check();
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
