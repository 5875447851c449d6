// WK519: redirects in a circle. Each redirect is followed as a client would, with the engine's own decisions, until
// something else answers, a request comes back, or a client would have given up.
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "check/routing_merge.h"
#include "check/words.h"
#include "route/compile.h"
#include "route/url.h"

namespace wicket::check::routing {
namespace {

using route::Decision;
using route::Outcome;
using route::Request;
using rules::Rule;

constexpr std::size_t kMostRedirects = 20;  // that browsers follow
constexpr std::uint32_t kFound = 302;
constexpr std::uint32_t kSeeOther = 303;

bool is_redirect(const rules::RuleRef& rule) { return std::holds_alternative<rules::Redirect>(rule->action); }

/// The hosts of a table that redirect something.
std::vector<const rules::VirtualHost*> redirecting_hosts(const rules::HostTable& table) {
  std::vector<const rules::VirtualHost*> hosts;
  for (const rules::VirtualHost& host : table.hosts)
    if (std::ranges::any_of(host.rules, is_redirect)) hosts.push_back(&host);
  return hosts;
}

/// A table without the rules of hosts that redirect nothing: nobody goes round in a circle there. Such hosts stay only
/// where requests for them would else get to a wildcard around them. No names.
rules::HostTable only_redirecting(const rules::HostTable& table, std::span<const rules::VirtualHost* const> hosts) {
  rules::HostTable kept{.name = table.name, .refused = table.refused};
  const auto is_wildcard = [](std::string_view domain) { return domain.starts_with('*') || domain.ends_with('*'); };
  const bool has_wildcard =
      std::ranges::any_of(hosts, [&](const rules::VirtualHost* host) { return is_wildcard(host->domain); }) ||
      std::ranges::any_of(table.hosts, [&](const auto& host) { return host.require_tls && is_wildcard(host.domain); });
  auto next = hosts.begin();
  for (const rules::VirtualHost& host : table.hosts) {
    const bool is_redirecting = next != hosts.end() && *next == &host;
    if (is_redirecting) ++next;
    if (!is_redirecting && !host.require_tls && !has_wildcard) continue;
    rules::VirtualHost& same = kept.hosts.emplace_back(rules::VirtualHost{.domain = host.domain});
    same.require_tls = host.require_tls;
    same.blackhole = host.blackhole;
    if (is_redirecting) same.rules = host.rules;
  }
  return kept;
}

/// A listener without the servers that made it: no decision asks for them.
rules::Listener without_servers(const rules::Listener& listener) {
  rules::Listener same{.name = listener.name, .bind = listener.bind, .port = listener.port};
  same.server_ports = listener.server_ports;
  same.chains.reserve(listener.chains.size());
  for (const rules::FilterChain& chain : listener.chains)
    same.chains.push_back({.kind = chain.kind, .sni_hosts = chain.sni_hosts, .table = chain.table, .tcp = chain.tcp});
  same.refused = listener.refused;
  same.any_port = listener.any_port;
  return same;
}

/// The same proxy with what can lead in circles alone; null where nothing redirects.
std::shared_ptr<const rules::RuleSet> only_redirecting(const rules::RuleSet& rules) {
  auto few = std::make_shared<rules::RuleSet>();
  bool has_redirects = false;
  for (const rules::HostTable& table : rules.tables) {
    const std::vector<const rules::VirtualHost*> hosts = redirecting_hosts(table);
    has_redirects = has_redirects || !hosts.empty();
    few->tables.push_back(only_redirecting(table, hosts));
  }
  if (!has_redirects) return nullptr;
  few->viewpoint = rules.viewpoint;
  few->workload = rules.workload;
  few->mesh = rules.mesh;
  for (const rules::Listener& listener : rules.listeners) few->listeners.push_back(without_servers(listener));
  return few;
}

/// What a client sends next; nothing where it would not.
std::optional<Request> next_request(const Request& request, const Decision& decision) {
  const auto url = route::parse_url(decision.location);
  if (!url || decision.location.find("://") == std::string::npos) return std::nullopt;
  Request next = request;
  next.authority = url->authority;
  next.target = url->target;
  next.tls = url->scheme == "https";
  next.port = url->port;
  next.sni = next.tls ? url->host : "";
  const bool becomes_get = decision.status == kSeeOther || (decision.status <= kFound && request.method == "POST");
  if (becomes_get && request.method != "HEAD") next.method = "GET";
  return next;
}

/// The places of one proxy's rules that lead in circles.
class Circles {
 public:
  Circles(const Meeting& meeting, std::shared_ptr<const rules::RuleSet> rules, bool is_real)
      : meeting_(meeting), table_(route::compile(rules)), rules_(std::move(rules)), is_real_(is_real) {}

  void check() {
    for_each_host(*rules_, [&](const rules::HostTable&, const rules::VirtualHost& host, const Entrance& entrance) {
      for (const rules::RuleRef& rule : host.rules)
        if (is_redirect(rule)) follow(*rule, entrance);
    });
  }

 private:
  void follow(const Rule& rule, const Entrance& entrance) {
    const auto& redirect = std::get<rules::Redirect>(rule.action);
    std::optional<Request> request = sample_request(rule, entrance);
    if (!request && redirect.uri) request = sample_request(rule, entrance, &*redirect.uri);
    if (request) walk(*std::move(request));
  }

  void walk(Request request) {
    std::map<std::tuple<std::string, std::string, std::string, bool>, std::size_t> seen;
    std::vector<const Rule*> rules;  // of each step; null for a server that sends everything to https
    std::vector<Request> requests;
    std::size_t circle = 0;  // where it begins
    while (true) {
      const auto [known, is_new] =
          seen.try_emplace({request.method, request.authority, request.target, request.tls}, rules.size());
      if (!is_new) {
        circle = known->second;
        break;
      }
      if (rules.size() == kMostRedirects) {  // ever longer paths
        circle = kMostRedirects / 2;
        break;
      }
      std::vector<route::HeaderView> lines;
      const Decision decision = route::decide(table_, request.view(lines), {});
      if (decision.outcome != Outcome::kRedirect && decision.outcome != Outcome::kHttpsRedirect) return;
      rules.push_back(decision.outcome == Outcome::kRedirect ? decision.rule() : nullptr);
      requests.push_back(request);
      std::optional<Request> next = next_request(request, decision);
      if (!next) return;
      request = *std::move(next);
    }
    tell({rules.begin() + static_cast<std::ptrdiff_t>(circle), rules.end()}, requests[circle]);
  }

  void tell(const std::vector<const Rule*>& circle, const Request& request) {
    std::map<std::tuple<FileId, std::uint32_t>, const Rule*> by_place;
    for (const Rule* rule : circle)
      if (rule != nullptr) by_place.try_emplace({rule->from.span.file, rule->from.span.begin}, rule);
    if (by_place.empty() || !told_.insert(by_place.begin()->second).second) return;
    const Rule& first = *by_place.begin()->second;
    const std::optional<Place> place = redirect_place(first);  // nothing where another check speaks of the redirect
    if (!place) return;
    auto finding =
        by_place.size() == 1
            ? meeting_.report(wk("WK519"), *place, "this redirect leads back to itself, without end")
            : meeting_.report(wk("WK519"), *place, "this redirect leads in a circle of {} rules", by_place.size());
    for (const auto& [span, rule] : by_place)
      if (rule != &first) finding.note(rule->from.span, "the circle goes through here");
    finding.help("take the target out of the match, or put a rule for it in front");
    if (is_real_) finding.witness(witness_of(request));
  }

  [[nodiscard]] std::optional<Place> redirect_place(const Rule& rule) const {
    const auto service = find_service(meeting_, rule.from.virtual_service);
    if (!service || rule.from.index >= service->spec->http.size()) return std::nullopt;
    const model::HTTPRoute& route = service->spec->http[rule.from.index];
    const Places places(*service->resource);
    if (!route.redirect) return places.value(route.node);
    const model::HTTPRedirect& redirect = *route.redirect;
    const bool is_empty = !redirect.uri.present() && !redirect.prefix_rewrite.present() &&
                          !redirect.authority.present() && !redirect.scheme.present() && !redirect.port.present() &&
                          !redirect.derive_port.present();
    const bool is_torn = !route.route.empty() || route.direct_response || route.delegate ||
                         (redirect.uri.present() && redirect.prefix_rewrite.present());
    if (is_empty || is_torn) return std::nullopt;
    return places.key(redirect.node);
  }

  const Meeting& meeting_;
  route::RouteTable table_;
  std::shared_ptr<const rules::RuleSet> rules_;
  bool is_real_ = false;
  std::set<const Rule*> told_;
};

}  // namespace

void check_redirect_loops(const Meeting& meeting) {
  if (!meeting.out.wants(wk("WK519"))) return;
  const auto check = [&](const rules::RuleSet& rules, bool is_real) {
    if (std::shared_ptr<const rules::RuleSet> few = only_redirecting(rules))
      Circles(meeting, std::move(few), is_real).check();
  };
  for (const Proxy& proxy : meeting.proxies.gateways()) check(proxy.rules(), proxy.is_real());
  check(meeting.proxies.sidecars().usual, false);
}

}  // namespace wicket::check::routing
