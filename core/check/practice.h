// The parts of WK7xx: what is accepted and works, but is unsafe, or hardly what was meant.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "check/estate.h"
#include "check/places.h"
#include "check/practice_rules.h"
#include "check/reporter.h"
#include "check/run.h"
#include "model/resource.h"

namespace wicket::check::practice {

/// A VirtualService and what holds for all of it.
struct Routes {
  const model::Resource* resource = nullptr;
  const model::VirtualService* spec = nullptr;
  std::vector<const NamedGateway*> gateways;  // those it names, `mesh` left out
  bool names_mesh = false;                    // `mesh` among the gateways, or none at all

  /// Whether requests from outside reach it.
  [[nodiscard]] bool is_on_gateway() const { return !gateways.empty(); }
};

/// A Gateway.
struct Door {
  const model::Resource* resource = nullptr;
  const model::Gateway* spec = nullptr;
  const NamedGateway* named = nullptr;  // as VirtualServices name it
};

/// The input, looked through once for all checks.
class Scope {
 public:
  const CheckInput& in;
  Reporter& out;
  std::vector<Door> doors;

  Scope(const CheckInput& input, Reporter& reporter);

  [[nodiscard]] Routes routes_of(const model::Resource& resource, const model::VirtualService& spec) const;
  /// All of them, for the few checks that need them at once: made when one asks.
  [[nodiscard]] const std::vector<Routes>& routes() const;
  /// Those that are bound to a Gateway.
  [[nodiscard]] const std::vector<const Routes*>& routes_at(const Door& door) const;

 private:
  mutable std::optional<std::vector<Routes>> routes_;
  mutable std::unordered_map<const NamedGateway*, std::vector<const Routes*>> bound_;
};

/// Whether every proxy that one Gateway selects is surely selected by the other one too, or the other way round. An
/// empty selector takes all.
[[nodiscard]] bool share_proxies(const model::Gateway& a, const model::Gateway& b);
/// The name in a server's host, behind the namespace, in lower case.
[[nodiscard]] std::string host_name(const model::Text& host);
/// Whether a server ends TLS: SIMPLE, MUTUAL, OPTIONAL_MUTUAL or ISTIO_MUTUAL of HTTPS or TLS.
[[nodiscard]] bool terminates_tls(const model::Server& server);
/// Whether a server passes TLS on because its mode says so.
[[nodiscard]] bool passes_tls_on(const model::Server& server);

/// Servers one by one: WK703 to WK705, WK714, WK718 to WK720.
void check_servers(const Scope& scope);
/// Servers beside each other, and what is bound to them: WK701, WK702, WK717, WK721.
void check_exposure(const Scope& scope);
/// Private keys in manifests: WK726.
void check_secrets(const Scope& scope);

/// Faults, retries, timeouts, paths and headers of routes: WK709, WK712, WK713, WK722, WK723.
void check_routes(const Scope& scope, const Routes& routes);
/// Redirects and rewrites: WK724, WK725, WK727.
void check_redirects(const Scope& scope, const Routes& routes);
/// Whose pages may read answers: WK706 to WK708.
void check_origins(const Scope& scope, const Routes& routes);

/// TLS to the services behind: WK714 to WK716.
class Upstream {
 public:
  explicit Upstream(const Scope& scope);
  Upstream(const Upstream&) = delete;
  Upstream& operator=(const Upstream&) = delete;
  ~Upstream();

  /// DestinationRules.
  void check_rules();
  void check(const Routes& routes);

 private:
  class Checker;
  std::unique_ptr<Checker> checker_;
};

}  // namespace wicket::check::practice
