// WK519: redirects in a circle. Each redirect is followed as a client would, with the engine's own decisions, until
// something else answers, a request comes back, or a client would have given up.
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
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

bool has_redirects(const rules::RuleSet& rules) {
  return std::ranges::any_of(rules.tables, [](const rules::HostTable& table) {
    return std::ranges::any_of(table.hosts,
                               [](const auto& host) { return std::ranges::any_of(host.rules, is_redirect); });
  });
}

/// The same proxy, but for the rules of hosts that redirect nothing: nobody goes round in a circle there. No names.
std::shared_ptr<const rules::RuleSet> only_redirecting_hosts(const rules::RuleSet& rules) {
  auto few = std::make_shared<rules::RuleSet>();
  few->viewpoint = rules.viewpoint;
  few->workload = rules.workload;
  few->mesh = rules.mesh;
  few->listeners = rules.listeners;
  for (const rules::HostTable& table : rules.tables) {
    rules::HostTable& kept = few->tables.emplace_back(rules::HostTable{.name = table.name, .refused = table.refused});
    kept.hosts.reserve(table.hosts.size());
    for (const rules::VirtualHost& host : table.hosts) {
      rules::VirtualHost& same = kept.hosts.emplace_back(rules::VirtualHost{.domain = host.domain});
      same.require_tls = host.require_tls;
      same.blackhole = host.blackhole;
      if (std::ranges::any_of(host.rules, is_redirect)) same.rules = host.rules;
    }
  }
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
    if (has_redirects(rules)) Circles(meeting, only_redirecting_hosts(rules), is_real).check();
  };
  for (const Proxy& proxy : meeting.proxies.gateways()) check(proxy.rules(), proxy.is_real());
  check(meeting.proxies.sidecars().usual, false);
}

}  // namespace wicket::check::routing
