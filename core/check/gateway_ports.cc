// WK210 to WK218: where a server listens, and in which protocol.
// Source: Istio pkg/config/validation, validateServerPort and validateServerBind.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/edit_distance.h"
#include "check/gateway_checks.h"
#include "check/repair.h"
#include "check/words.h"
#include "model/host_name.h"

namespace wicket::check {
namespace {

using model::Port;
using model::Server;

consteval const RuleInfo& wk(std::string_view id) { return gateway_rule(id); }

constexpr std::string_view kSocketScheme = "unix://";
constexpr std::uint32_t kMostPort = 65535;
constexpr std::string_view kUsefulProtocols[] = {"HTTP", "HTTPS", "HTTP2", "GRPC",  "GRPC-WEB",
                                                 "TLS",  "TCP",   "MONGO", "REDIS", "MYSQL"};

/// What people write, and what Istio calls it.
struct OtherName {
  std::string_view written;
  std::string_view meant;
};
constexpr OtherName kOtherNames[] = {
    {"HTTP/1.1", "HTTP"},    {"HTTP/1.0", "HTTP"},     {"HTTP/1", "HTTP"}, {"HTTP1", "HTTP"},     {"HTTP1.1", "HTTP"},
    {"HTTP/2", "HTTP2"},     {"H2", "HTTP2"},          {"H2C", "HTTP2"},   {"HTTP2.0", "HTTP2"},  {"HTTP/2.0", "HTTP2"},
    {"GRPCWEB", "GRPC-WEB"}, {"GRPC_WEB", "GRPC-WEB"}, {"WS", "HTTP"},     {"WEBSOCKET", "HTTP"}, {"WSS", "HTTPS"},
    {"SSL", "TLS"},          {"MONGODB", "MONGO"},
};

std::string upper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

void check_protocol(const GatewayScope& scope, const Port& port) {
  const model::Text& protocol = port.protocol;
  if (!protocol.valid || model::protocol_of(*protocol) != model::Protocol::kUnsupported) return;
  const Place place = scope.places.value(protocol.node);
  auto finding = protocol->empty() ? scope.out.report(wk("WK211"), place, "protocol is empty; use one of {}",
                                                      fmt::join(kUsefulProtocols, ", "))
                                   : scope.out.report(wk("WK211"), place, "{} is not a protocol; use one of {}",
                                                      quoted(*protocol), fmt::join(kUsefulProtocols, ", "));
  const std::string name = upper(*protocol);
  const auto* const other = std::ranges::find(kOtherNames, name, &OtherName::written);
  if (other != std::end(kOtherNames)) {
    finding.help(fmt::format("Istio calls it {}", other->meant))
        .fix(fmt::format("write {}", other->meant), replace_scalar(scope.document(), protocol.node, other->meant));
  } else if (const auto near = nearest(name, kUsefulProtocols)) {
    finding.help(fmt::format("did you mean {}?", *near));
  }
}

void check_number(const GatewayScope& scope, const Port& port, bool is_socket) {
  if (!port.number.valid) return;
  const std::uint32_t number = *port.number;
  const Place place = scope.places.value(port.number.node);
  if (is_socket) {
    if (number == 0) return;
    scope.out.report(wk("WK218"), place, "port number {} with a unix socket, which has none", number)
        .help("write 0")
        .fix("write 0", replace_scalar(scope.document(), port.number.node, "0"));
  } else if (number < 1 || number > kMostPort) {
    auto finding = scope.out.report(wk("WK212"), place, "port {} is not in 1..65535", number);
    if (number == 0) finding.help("0 is for servers whose bind is a unix socket");
  }
}

/// The address in front of a port: 10.0.0.1 of 10.0.0.1:8080, ::1 of [::1]:8080. Empty when there is none.
std::string_view bare_address(std::string_view bind) {
  std::string_view address = bind.substr(0, bind.rfind(':'));
  if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
  return model::is_ip_address(address) ? address : std::string_view();
}

void check_bind(const GatewayScope& scope, const model::Text& bind) {
  if (!bind.valid || bind->empty()) return;
  const Place place = scope.places.value(bind.node);
  if (!bind->starts_with(kSocketScheme)) {
    if (model::is_ip_address(*bind)) return;
    auto finding = scope.out.report(wk("WK216"), place, "{} is not an IP address", quoted(*bind));
    if (*bind == "localhost") {
      finding.help("write 127.0.0.1, or leave bind out to listen on all addresses");
    } else if (model::is_ip_prefix(*bind)) {
      finding.help("write one address, without a prefix length");
    } else if (!bare_address(*bind).empty()) {
      finding.help(fmt::format("write {}; the port is set by port.number", bare_address(*bind)));
    } else {
      finding.help("write an address of the gateway pod, or leave bind out to listen on all of them");
    }
    return;
  }
  const std::string_view path = bind->substr(kSocketScheme.size());
  if (path.starts_with('@') || (path.starts_with('/') && !path.ends_with('/'))) return;
  scope.out.report(wk("WK217"), place, "{} is not the absolute path of a socket", quoted(*bind))
      .help("write three slashes and a file: unix:///run/gateway.sock");
}

void check_port(const GatewayScope& scope, const Port& port, bool is_socket) {
  check_protocol(scope, port);
  check_number(scope, port, is_socket);
  if (port.target_port.valid && *port.target_port > 0)
    scope.out.report(wk("WK213"), scope.places.key(port.target_port.node), "targetPort has no place in a Gateway")
        .help("remove it; the Service in front of the gateway pods has the target ports")
        .fix("remove it", remove_field(scope.document(), port.target_port.node));
  if (port.name.valid && port.name->empty())
    scope.out.report(wk("WK214"), scope.places.value(port.name.node), "the name of this port is empty")
        .help("give it a name that no other server of this Gateway has");
}

}  // namespace

void check_gateway_ports(const GatewayScope& scope) {
  for (const Server& server : scope.gateway.servers) {
    const bool is_socket = server.bind.valid && server.bind->starts_with(kSocketScheme);
    if (server.port != nullptr) {
      check_port(scope, *server.port, is_socket);
    } else if (scope.places.lacks(server.node, "port")) {
      scope.out.report(wk("WK210"), scope.places.lack(server.node), "this server has no port")
          .help("add `port` with a number, a name and a protocol");
    }
    check_bind(scope, server.bind);
  }
}

}  // namespace wicket::check
