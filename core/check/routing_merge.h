// The parts of WK5xx about what becomes of rules where all of them come together: at the proxies of the input. They
// read the lowered rules alone, and find in the VirtualServices only the place to point at.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "check/places.h"
#include "check/proxies.h"
#include "check/routing_rules.h"
#include "check/run.h"
#include "check/witness.h"
#include "route/decide.h"

namespace wicket::check::routing {

/// The input and all proxies.
struct Meeting {
  const CheckInput& in;
  const Proxies& proxies;
  Reporter& out;

  template <class... Args>
  Finding report(const RuleInfo& rule, const Place& place, fmt::format_string<Args...> format, Args&&... args) const {
    return out.report(rule, place, format, std::forward<Args>(args)...);
  }
};

/// A VirtualService of the input.
struct WrittenService {
  const model::Resource* resource = nullptr;
  const model::VirtualService* spec = nullptr;
};

/// The VirtualService that binds a rule to its host: the rule's own, or the root of its delegate. "namespace/name"
[[nodiscard]] inline std::string_view owner_of(const rules::Rule& rule) {
  return rule.from.root.empty() ? rule.from.virtual_service : rule.from.root;
}
/// Nothing where there is none of this name whose rules anybody can repair.
[[nodiscard]] std::optional<WrittenService> find_service(const Meeting& meeting, std::string_view full_name);
/// The match block of a rule, or the whole entry where it has none; nothing where it is not in the input.
[[nodiscard]] std::optional<Place> place_of_match(const Meeting& meeting, const rules::Rule& rule);
/// The entry of a rule in http.
[[nodiscard]] std::optional<Place> place_of_rule(const Meeting& meeting, const rules::Rule& rule);

/// Calls `visit(chain, table, host, entrance)` for each virtual host of a proxy.
template <class Visit>
void for_each_host(const rules::RuleSet& rules, Visit visit) {
  for (const rules::Listener& listener : rules.listeners) {
    const std::uint32_t port = listener.server_ports.empty() ? listener.port : listener.server_ports.front();
    for (const rules::FilterChain& chain : listener.chains) {
      if (chain.kind != rules::ChainKind::kHttp && chain.kind != rules::ChainKind::kHttps) continue;
      for (const rules::VirtualHost& host : rules.tables[chain.table].hosts)
        visit(rules.tables[chain.table], host,
              Entrance{.domain = host.domain, .port = port, .tls = chain.kind == rules::ChainKind::kHttps});
    }
  }
}

/// Adds a request to a finding if it reaches what it is said to reach: `is_right` judges the decision about it.
template <class IsRight>
void show_request(const Proxy& proxy, const std::optional<route::Request>& request, IsRight is_right,
                  Finding& finding) {
  if (!proxy.is_real() || !request) return;
  std::vector<route::HeaderView> lines;
  if (is_right(route::decide(proxy.table(), request->view(lines), {}))) finding.witness(witness_of(*request));
}

/// Rules behind one that takes everything: WK507.
void check_catch_alls(const Meeting& meeting);
/// VirtualServices that share a host: WK511, WK512, and of WK516 what one takes from another.
void check_shared_hosts(const Meeting& meeting);
/// VirtualServices for narrower hosts: WK513.
void check_hidden_wildcards(const Meeting& meeting);
/// SNI hosts that are taken: WK550.
void check_taken_sni(const Meeting& meeting);
/// Servers whose connections two VirtualServices take: WK512 of tcp rules.
void check_taken_connections(const Meeting& meeting);
/// Redirects in a circle: WK519.
void check_redirect_loops(const Meeting& meeting);

}  // namespace wicket::check::routing
