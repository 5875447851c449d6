// The parts of WK2xx. Each speaks about one Gateway, but for the last.
#pragma once

#include <string>
#include <string_view>

#include "check/gateway_rules.h"
#include "check/places.h"
#include "check/reporter.h"
#include "check/run.h"
#include "model/gateway.h"
#include "model/protocol.h"
#include "model/resource.h"

namespace wicket::check {

/// One Gateway, and what is needed to speak about it.
struct GatewayScope {
  const model::Resource& resource;
  const model::Gateway& gateway;
  Places places;
  Reporter& out;
  bool generated = false;  // Istio's own, made from an object of the Kubernetes Gateway API

  [[nodiscard]] const yaml::Document& document() const { return *resource.document; }
};

/// The row of a Gateway rule. A wrong id does not compile.
consteval const RuleInfo& gateway_rule(std::string_view id) { return rule(kGatewayRules, id); }

/// "servers[2]"
[[nodiscard]] std::string server_word(std::size_t index);
/// The protocol of a server; kUnsupported where it is missing, unsound or unknown.
[[nodiscard]] model::Protocol server_protocol(const model::Server& server);
/// Whether decoding objected to what decides how a server treats TLS.
[[nodiscard]] bool has_unsound_mode(const model::Server& server);

/// Whether validation takes a host of a server, [namespace/]name: none of WK205 to WK209 speaks of it.
[[nodiscard]] bool is_server_host(std::string_view host);

/// Hosts of the servers: WK204 to WK209, WK238.
void check_gateway_hosts(const GatewayScope& scope);
/// Ports and addresses: WK210 to WK218.
void check_gateway_ports(const GatewayScope& scope);
/// TLS settings: WK219 to WK234.
void check_gateway_tls(const GatewayScope& scope);
/// Servers of one Gateway that get in each other's way: WK215, WK235, WK236.
void check_gateway_servers(const GatewayScope& scope, std::string_view ns);
/// Servers of all Gateways on one port: WK237.
void check_shared_ports(const CheckInput& in, Reporter& out);

}  // namespace wicket::check
