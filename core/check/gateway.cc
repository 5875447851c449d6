// WK2xx: what Istio's webhook, and the control plane after it, object to in a Gateway.
//
// Checks read typed resources. What decoding objected to is not there (a leaf that is not `valid`, a list or message
// that is absent): WK1xx spoke about it, so no check here does. An empty list is told from one whose items were all
// unsound by the number of nodes.
#include <variant>

#include "check/gateway_rules.h"
#include "check/places.h"
#include "check/registry.h"
#include "check/reporter.h"
#include "check/run.h"

namespace wicket::check {
namespace {

using model::Gateway;
using model::Resource;
using model::Server;

consteval const RuleInfo& wk(std::string_view id) { return rule(kGatewayRules, id); }

/// One Gateway.
class GatewayChecks {
 public:
  GatewayChecks(const Resource& resource, Reporter& out) : resource_(resource), places_(resource), out_(out) {}

  void run() {
    const auto* gateway = std::get_if<Gateway>(&resource_.spec);
    if (gateway == nullptr) return;
    check_servers(*gateway);
    for (const Server& server : gateway->servers) check_hosts(server);
  }

 private:
  void check_servers(const Gateway& gateway) {
    if (places_.lacks(gateway.node, "servers")) {
      const yaml::NodeId written = resource_.document->find(gateway.node, "servers");  // perhaps null
      out_.report(wk("WK202"), places_.key(written == yaml::NodeId::kNone ? gateway.node : written),
                  "this Gateway has no servers")
          .help("add `servers`, each with a port and its hosts");
    } else if (places_.is_empty(gateway.servers.node)) {
      out_.report(wk("WK202"), places_.key(gateway.servers.node), "servers is empty; a Gateway needs at least one")
          .help("add a server with a port and its hosts");
    }
  }

  void check_hosts(const Server& server) {
    if (places_.is_empty(server.hosts.node))
      out_.report(wk("WK204"), places_.key(server.hosts.node), "hosts is empty; a server needs at least one host")
          .help("name the hosts, or write [\"*\"] to serve all");
  }

  const Resource& resource_;
  Places places_;
  Reporter& out_;
};

void run_gateways(const CheckInput& in, Reporter& out) {
  for (const Resource* resource : in.workspace.all(model::Kind::kGateway)) GatewayChecks(*resource, out).run();
}

}  // namespace

extern const Family kGateways;
constinit const Family kGateways{.prefix = "WK2", .title = "Gateway", .rules = kGatewayRules, .run = run_gateways};

}  // namespace wicket::check
