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
}

Routes Scope::routes_of(const model::Resource& resource, const model::VirtualService& spec) const {
  Routes one{.resource = &resource, .spec = &spec, .gateways = {}, .names_mesh = spec.gateways.empty()};
  for (const model::Text& written : spec.gateways) {
    if (!written.valid) continue;
    if (const NamedGateway* named = in.estate->gateway_of(*written, in.workspace.ns_of(resource))) {
      one.gateways.push_back(named);
    } else {
      one.names_mesh = true;
    }
  }
  return one;
}

const std::vector<Routes>& Scope::routes() const {
  if (routes_) return *routes_;
  routes_.emplace();
  for (const model::Resource* resource : in.workspace.all(model::Kind::kVirtualService))
    if (const auto* spec = std::get_if<model::VirtualService>(&resource->spec))
      routes_->push_back(routes_of(*resource, *spec));
  for (const Routes& one : *routes_)
    for (const NamedGateway* gateway : one.gateways) bound_[gateway].push_back(&one);
  return *routes_;
}

const std::vector<const Routes*>& Scope::routes_at(const Door& door) const {
  static const std::vector<const Routes*> kNone;
  if (routes().empty()) return kNone;
  const auto found = bound_.find(door.named);
  return found == bound_.end() ? kNone : found->second;
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

class Practice : public Visitor {
 public:
  Practice(const CheckInput& in, Reporter& out) : scope_(in, out), upstream_(scope_) {}

  void visit(const Visit& visit) override {
    const practice::Routes routes = scope_.routes_of(visit.resource, visit.spec);
    practice::check_routes(scope_, routes);
    practice::check_redirects(scope_, routes);
    practice::check_origins(scope_, routes);
    upstream_.check(routes);
  }

  void finish() override {
    practice::check_servers(scope_);
    practice::check_exposure(scope_);
    upstream_.check_rules();
    practice::check_secrets(scope_);
  }

 private:
  practice::Scope scope_;
  practice::Upstream upstream_;
};

std::unique_ptr<Visitor> make_visitor(const CheckInput& in, Reporter& out) {
  return std::make_unique<Practice>(in, out);
}

}  // namespace

extern const Family kPractice;
constinit const Family kPractice{
    .prefix = "WK7", .title = "Security and good practice", .rules = practice::kPracticeRules, .visitor = make_visitor};

}  // namespace wicket::check
