// WK7xx: security and good practice. What the checks share; they stand in practice_*.cc, by topic.
#include "check/practice.h"

#include <algorithm>
#include <variant>

#include "check/gateway_checks.h"
#include "check/registry.h"
#include "model/protocol.h"
#include "rules/host_names.h"

namespace wicket::check {
namespace practice {
namespace {

bool covers(const model::TextMap& wider, const model::TextMap& narrower) {
  return std::ranges::all_of(wider, [&](const auto& wanted) {
    const auto* label = narrower.find(wanted.key);
    return label != nullptr && *label->value == *wanted.value;
  });
}

}  // namespace

Scope::Scope(const CheckInput& input, Reporter& reporter) : in(input), out(reporter) {
  const model::Workspace& workspace = in.workspace;
  for (const model::Resource* resource : workspace.all(model::Kind::kGateway)) {
    if (const auto* spec = std::get_if<model::Gateway>(&resource->spec))
      doors.push_back(
          {.resource = resource,
           .spec = spec,
           .named = &in.estate->gateway(fmt::format("{}/{}", workspace.ns_of(*resource), resource->name()))});
  }
  routes.reserve(workspace.all(model::Kind::kVirtualService).size());
  for (const model::Resource* resource : workspace.all(model::Kind::kVirtualService)) {
    const auto* spec = std::get_if<model::VirtualService>(&resource->spec);
    if (spec == nullptr) continue;
    Routes one{.resource = resource, .spec = spec, .gateways = {}, .names_mesh = spec->gateways.empty()};
    for (const model::Text& written : spec->gateways) {
      if (!written.valid) continue;
      if (const NamedGateway* named = in.estate->gateway_of(*written, workspace.ns_of(*resource))) {
        one.gateways.push_back(named);
      } else {
        one.names_mesh = true;
      }
    }
    routes.push_back(std::move(one));
  }
  for (const Routes& one : routes)
    for (const NamedGateway* gateway : one.gateways) bound[gateway].push_back(&one);
}

const std::vector<const Routes*>& Scope::routes_of(const Door& door) const {
  static const std::vector<const Routes*> kNone;
  const auto found = bound.find(door.named);
  return found == bound.end() ? kNone : found->second;
}

bool share_proxies(const model::Gateway& a, const model::Gateway& b) {
  return covers(a.selector, b.selector) || covers(b.selector, a.selector);
}

std::string host_name(const model::Text& host) {
  const std::string_view written = *host;
  const std::size_t slash = written.find('/');
  return rules::lower_case(slash == std::string_view::npos ? written : written.substr(slash + 1));
}

bool terminates_tls(const model::Server& server) {
  if (server.tls == nullptr || !server.tls->mode.valid || !model::is_tls(server_protocol(server))) return false;
  return *server.tls->mode != model::ServerTlsMode::kPassthrough &&
         *server.tls->mode != model::ServerTlsMode::kAutoPassthrough;
}

bool passes_tls_on(const model::Server& server) {
  return server.tls != nullptr && server.tls->mode.valid && model::is_tls(server_protocol(server)) &&
         *server.tls->mode == model::ServerTlsMode::kPassthrough;
}

}  // namespace practice

namespace {

void run_practice(const CheckInput& in, Reporter& out) {
  const practice::Scope scope(in, out);
  practice::check_servers(scope);
  practice::check_exposure(scope);
  practice::check_secrets(scope);
  practice::Upstream upstream(scope);
  upstream.check_rules();
  // One after the other: of many routes each is looked at while it is at hand.
  for (const practice::Routes& routes : scope.routes) {
    practice::check_routes(scope, routes);
    practice::check_redirects(scope, routes);
    practice::check_origins(scope, routes);
    upstream.check(routes);
  }
}

}  // namespace

extern const Family kPractice;
constinit const Family kPractice{
    .prefix = "WK7", .title = "Security and good practice", .rules = practice::kPracticeRules, .run = run_practice};

}  // namespace wicket::check
