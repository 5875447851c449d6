// WK5xx: routing logic. The rules of one VirtualService in their order; the rest is in routing_*.cc.
// Source: Istio pkg/config/validation, analyzeUnreachableHTTPRules and its kin for tls and tcp.
#include "check/routing.h"

#include <memory>
#include <unordered_map>

#include "check/registry.h"
#include "check/routing_merge.h"
#include "check/run.h"
#include "check/words.h"

namespace wicket::check {
namespace routing {
namespace {

/// A rule that delegates takes what the rules of its delegate take, which may be less than everything.
bool delegates(const model::HTTPRoute& route) { return route.delegate != nullptr; }
bool delegates(const auto& /*route*/) { return false; }

template <class Route>
void check_behind_open_rule(const Subject& subject, const model::List<Route>& routes) {
  const Route* open = nullptr;
  for (const Route& route : routes) {
    const bool is_open = subject.surely_empty(route.match, route.node, "match");
    if (open != nullptr && is_open) {
      subject
          .report(wk("WK501"), subject.places.value(route.node),
                  "never used: an earlier rule without match takes everything")
          .note(subject.resource.span(open->node), "this rule takes everything")
          .help("give one of the two a match, or remove this rule");
    } else if (open != nullptr && !route.match.empty()) {
      subject
          .report(wk("WK502"), subject.places.value(route.node),
                  "never used: an earlier rule without match takes everything")
          .note(subject.resource.span(open->node), "this rule takes everything")
          .help("move the rule without match to the end");
    }
    if (open == nullptr && is_open && !delegates(route)) open = &route;
  }
}

using Names = std::unordered_map<std::string_view, const model::Text*>;

void tell_name(const Subject& subject, Names& names, const model::Text& name) {
  if (!name || name->empty()) return;
  const auto [found, is_new] = names.try_emplace(*name, &name);
  if (is_new) return;
  subject.report(wk("WK544"), subject.places.value(name.node), "name {} is used twice", quoted(*name))
      .note(subject.resource.span(found->second->node), "first used here")
      .help("access logs and statistics tell routes apart by their names");
}

}  // namespace

void check_order(const Subject& subject) {
  check_behind_open_rule(subject, subject.spec.http);
  check_behind_open_rule(subject, subject.spec.tcp);
  Names names;
  Names of_matches;
  for (const model::HTTPRoute& route : subject.spec.http) {
    tell_name(subject, names, route.name);
    if (route.match.size() < 2) continue;
    of_matches.clear();
    for (const model::HTTPMatchRequest& match : route.match) tell_name(subject, of_matches, match.name);
  }
}

}  // namespace routing

namespace {

class Routing : public Visitor {
 public:
  Routing(const CheckInput& in, Reporter& out) : in_(in), out_(out), servers_(in) {}

  void visit(const Visit& visit) override {
    const routing::Subject subject = virtual_service::subject_of(in_, visit, patterns_, out_);
    if (subject.has_gateway_semantics) return;  // Istio's own: nobody can repair it here
    routing::check_order(subject);
    routing::check_shares(subject);
    servers_.check(subject);
    const model::List<model::HTTPRoute>& http = visit.spec.http;
    for (std::size_t i = 0; i < http.size(); ++i) {
      routing::check_conditions(subject, http[i]);
      routing::check_rewrites(subject, i);
      routing::check_patterns(subject, http[i]);
      routing::check_prefixes(subject, http[i]);
      routing::check_policies(subject, i);
    }
  }

  void finish() override {
    routing::check_https_redirects(in_, out_);
    const routing::Meeting meeting{.in = in_, .proxies = in_.estate->proxies(), .out = out_};
    routing::check_catch_alls(meeting);
    routing::check_shared_hosts(meeting);
    routing::check_hidden_wildcards(meeting);
    routing::check_taken_sni(meeting);
    routing::check_taken_connections(meeting);
    routing::check_redirect_loops(meeting);
  }

 private:
  const CheckInput& in_;
  Reporter& out_;
  Patterns patterns_;
  routing::ServerChecks servers_;
};

std::unique_ptr<Visitor> make_visitor(const CheckInput& in, Reporter& out) {
  return std::make_unique<Routing>(in, out);
}

}  // namespace

extern const Family kRouting;
constinit const Family kRouting{
    .prefix = "WK5", .title = "Routing logic", .rules = routing::kRoutingRules, .visitor = make_visitor};

}  // namespace wicket::check
