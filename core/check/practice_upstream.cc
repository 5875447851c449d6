// WK714 to WK716: TLS between the gateway and the services behind it.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include "check/estate.h"
#include "check/practice.h"
#include "check/words.h"
#include "model/protocol.h"
#include "rules/host_names.h"

namespace wicket::check::practice {
namespace {

using model::ClientTlsMode;
using model::ClientTLSSettings;
using model::DestinationRule;
using model::Resource;

constexpr std::uint32_t kHttps = 443;

bool originates(const ClientTLSSettings& tls) {
  return *tls.mode == ClientTlsMode::kSimple || *tls.mode == ClientTlsMode::kMutual;
}

/// Does something with every tls block of a rule, in the order of the source.
template <class Action>
void for_each_tls(const DestinationRule& rule, Action action) {
  const auto of_policy = [&](const model::TrafficPolicy* policy) {
    if (policy == nullptr) return;
    if (policy->tls != nullptr) action(*policy->tls);
    for (const auto& port : policy->port_level_settings)
      if (port.tls != nullptr) action(*port.tls);
  };
  of_policy(rule.traffic_policy.get());
  for (const auto& subset : rule.subsets) of_policy(subset.traffic_policy.get());
}

}  // namespace

class Upstream::Checker {
 public:
  explicit Checker(const Scope& scope) : scope_(scope) {
    for (const Resource* resource : scope.in.workspace.all(model::Kind::kDestinationRule)) {
      const auto* rule = std::get_if<DestinationRule>(&resource->spec);
      if (rule == nullptr || !rule->host) continue;
      for_each_tls(*rule, [&](const ClientTLSSettings& tls) {
        if (!tls.mode.present() || *tls.mode != ClientTlsMode::kDisable) secure(full_name(rule->host, *resource));
      });
    }
  }

  void check_rules() {
    for (const Resource* resource : scope_.in.workspace.all(model::Kind::kDestinationRule))
      if (const auto* rule = std::get_if<DestinationRule>(&resource->spec)) check_rule(*resource, *rule);
  }

  void check(const Routes& routes) {
    if (!routes.is_on_gateway()) return;
    const std::string_view ns = scope_.in.workspace.ns_of(*routes.resource);
    for (const auto& route : routes.spec->http)
      for (const auto& each : route.route)
        if (each.destination != nullptr) check_destination(routes, ns, *each.destination);
  }

 private:
  void secure(std::string host) {
    if (host.starts_with('*')) secured_wildcards_.push_back(host);
    secured_.insert(std::move(host));
  }

  [[nodiscard]] std::string full_name(const model::Text& host, const Resource& resource) const {
    return rules::lower_case(rules::fully_qualified(*host, scope_.in.workspace.ns_of(resource), domain()));
  }
  [[nodiscard]] std::string_view domain() const { return scope_.in.workspace.options().cluster_domain; }

  void check_rule(const Resource& resource, const DestinationRule& rule) {
    const Places places(resource);
    const std::string host = full_name(rule.host, resource);
    const bool internal = host.ends_with(fmt::format(".svc.{}", domain()));
    for_each_tls(rule, [&](const ClientTLSSettings& tls) {
      if (*tls.insecure_skip_verify) {
        scope_.out
            .report(wk7("WK714"), places.value(tls.insecure_skip_verify.node), "the peer certificate is not verified")
            .help("remove insecureSkipVerify, and name the authority in caCertificates");
        return;
      }
      if (!originates(tls) || tls.sni.present() || tls.subject_alt_names.present()) return;
      if (!rule.host || !is_used(host)) return;
      scope_.out.report(wk7("WK715"), places.key(tls.node), "TLS to {} without sni and subjectAltNames", host)
          .level(internal ? Severity::kWarning : Severity::kInfo)
          .help(internal ? "set sni and subjectAltNames to the name in the server's certificate"
                         : "the SNI is taken from the request; set sni and subjectAltNames to be sure of the name");
    });
  }

  /// A port for TLS: what says so.
  struct TlsPort {
    bool known = false;    // the service is in the input
    bool is_tls = false;   // its port is for TLS
    bool is_http = false;  // its port says that it is for plain HTTP
  };

  /// Whether the name of a port is that of a protocol, perhaps with more behind a dash.
  static bool names(std::string_view name, std::string_view protocol) {
    return name.starts_with(protocol) && (name.size() == protocol.size() || name[protocol.size()] == '-');
  }

  [[nodiscard]] TlsPort look_up(const std::string& host, std::uint32_t number) const {
    const Resource* resource = scope_.in.estate->services().service(host);
    const auto* service = resource == nullptr ? nullptr : std::get_if<model::Service>(&resource->spec);
    if (service == nullptr) return {};
    TlsPort found;
    for (const auto& port : service->ports) {
      if (number != 0 ? *port.port != number : service->ports.size() != 1) continue;
      found.known = true;
      const std::string name = rules::lower_case(port.app_protocol.present() ? *port.app_protocol : *port.name);
      found.is_tls = names(name, "https");
      found.is_http =
          names(name, "http") || names(name, "http2") || names(name, "grpc") || names(name, "kubernetes.io/h2c");
    }
    return found;
  }

  /// The hosts that gateways route to. Few rules ask, and there are many routes.
  const std::unordered_set<std::string>& used() {
    if (used_) return *used_;
    used_.emplace();
    for (const Routes& routes : scope_.routes()) {
      if (!routes.is_on_gateway()) continue;
      for (const auto& route : routes.spec->http)
        for (const auto& each : route.route)
          if (each.destination != nullptr) used_->insert(full_name(each.destination->host, *routes.resource));
    }
    return *used_;
  }

  /// Whether gateways route to a host that a rule for `host` is for.
  [[nodiscard]] bool is_used(const std::string& host) {
    if (!host.starts_with('*')) return used().contains(host);
    return std::ranges::any_of(used(), [&](const std::string& name) { return rules::is_subset_of(name, host); });
  }

  /// Whether a rule has the gateway speak TLS to a host, or may have.
  [[nodiscard]] bool is_secured(const std::string& host) const {
    return secured_.contains(host) || std::ranges::any_of(secured_wildcards_, [&](const std::string& name) {
             return rules::is_subset_of(host, name);
           });
  }

  /// A destination as a route names it.
  struct Named {
    std::string_view host;
    std::string_view ns;
    std::uint32_t port = 0;

    friend bool operator==(const Named&, const Named&) = default;
  };

  void check_destination(const Routes& routes, std::string_view ns, const model::Destination& destination) {
    if (!destination.host) return;
    const bool has_number = destination.port != nullptr && destination.port->number.valid;
    const std::uint32_t number = has_number ? *destination.port->number : 0;
    // Routes name few destinations many times, most of them one after the other.
    const Named named{.host = *destination.host, .ns = ns, .port = number};
    if (std::ranges::find(fine_, named) != fine_.end()) return;
    const std::string host = full_name(destination.host, *routes.resource);
    const TlsPort port = look_up(host, number);
    if (port.is_http || (!port.is_tls && number != kHttps) || is_secured(host)) {
      fine_[next_fine_++ % fine_.size()] = named;
      return;
    }
    const Places places(*routes.resource);
    scope_.out
        .report(wk7("WK716"), places.value(has_number ? destination.port->number.node : destination.host.node),
                "the gateway sends plain HTTP to {}{}", host, has_number ? fmt::format(":{}", number) : "")
        .level(port.is_tls ? Severity::kWarning : Severity::kInfo)
        .help("originate TLS with a DestinationRule (tls: {mode: SIMPLE, sni: …}), or use the plain port");
  }

  const Scope& scope_;
  std::optional<std::unordered_set<std::string>> used_;
  std::array<Named, 8> fine_;  // the last ones with which nothing was wrong
  std::size_t next_fine_ = 0;
  std::unordered_set<std::string> secured_;  // hosts of rules that speak TLS to them
  std::vector<std::string> secured_wildcards_;
};

Upstream::Upstream(const Scope& scope) : checker_(std::make_unique<Checker>(scope)) {}
Upstream::~Upstream() = default;

void Upstream::check_rules() { checker_->check_rules(); }
void Upstream::check(const Routes& routes) { checker_->check(routes); }

}  // namespace wicket::check::practice
