// WK2xx: what Istio's webhook, and the control plane after it, object to in a Gateway.
//
// Checks read typed resources. What decoding objected to is not there (a leaf that is not `valid`, a list or message
// that is absent): WK1xx spoke about it, so no check here does. An empty list is told from one whose items were all
// unsound by the number of nodes.
#include <fmt/format.h>

#include <string>
#include <variant>

#include "check/gateway_checks.h"
#include "check/registry.h"
#include "check/words.h"
#include "model/host_name.h"
#include "model/object_name.h"

namespace wicket::check {

std::string server_word(std::size_t index) { return fmt::format("servers[{}]", index); }

model::Protocol server_protocol(const model::Server& server) {
  if (server.port == nullptr || !server.port->protocol.valid) return model::Protocol::kUnsupported;
  return model::protocol_of(*server.port->protocol);
}

bool has_unsound_mode(const model::Server& server) {
  return server.tls != nullptr && server.tls->mode.present() && !server.tls->mode.valid;
}

namespace {

using model::Resource;

consteval const RuleInfo& wk(std::string_view id) { return gateway_rule(id); }

/// Istio's own objects, made from those of the Kubernetes Gateway API, may have any name.
bool is_generated(const Resource& resource) {
  const auto* semantics = resource.metadata.annotations.find("internal.istio.io/gateway-semantics");
  return semantics != nullptr && *semantics->value == "gateway";
}

void check_name(const GatewayScope& scope) {
  const model::Text& name = scope.resource.metadata.name;
  // What is no object name at all is WK130.
  if (!name.valid || model::is_istio_label(*name) || !model::is_dns_subdomain(*name)) return;
  if (scope.generated) return;
  const Place place = scope.places.value(name.node);
  if (name->find('.') != std::string_view::npos) {
    std::string better(*name);
    for (char& c : better) c = c == '.' ? '-' : c;
    scope.out.report(wk("WK201"), place, "{} has a dot; the name of a Gateway is a single label", quoted(*name))
        .help(fmt::format("call it {}, and change `gateways` of its VirtualServices with it", better));
  } else {
    scope.out
        .report(wk("WK201"), place, "{} has {} characters; the name of a Gateway has at most 63", quoted(*name),
                name->size())
        .help("shorten it, and change `gateways` of its VirtualServices with it");
  }
}

void check_no_server(const GatewayScope& scope) {
  const yaml::NodeId spec = scope.gateway.node;
  if (scope.places.lacks(spec, "servers")) {
    const yaml::NodeId written = scope.document().find(spec, "servers");  // perhaps null
    scope.out
        .report(wk("WK202"), scope.places.key(written == yaml::NodeId::kNone ? spec : written),
                "this Gateway has no servers")
        .help("add `servers`, each with a port and its hosts");
  } else if (scope.places.is_empty(scope.gateway.servers.node)) {
    scope.out
        .report(wk("WK202"), scope.places.key(scope.gateway.servers.node),
                "servers is empty; a Gateway needs at least one")
        .help("add a server with a port and its hosts");
  }
}

void run_gateways(const CheckInput& in, Reporter& out) {
  for (const Resource* resource : in.workspace.all(model::Kind::kGateway)) {
    const auto* gateway = std::get_if<model::Gateway>(&resource->spec);
    if (gateway == nullptr) continue;
    const GatewayScope scope{.resource = *resource,
                             .gateway = *gateway,
                             .places = Places(*resource),
                             .out = out,
                             .generated = is_generated(*resource)};
    check_name(scope);
    check_no_server(scope);
    check_gateway_hosts(scope);
    check_gateway_ports(scope);
    check_gateway_tls(scope);
    check_gateway_servers(scope, in.workspace.ns_of(*resource));
  }
  check_shared_ports(in, out);
}

}  // namespace

extern const Family kGateways;
constinit const Family kGateways{.prefix = "WK2", .title = "Gateway", .rules = kGatewayRules, .run = run_gateways};

}  // namespace wicket::check
