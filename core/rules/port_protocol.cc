#include "rules/port_protocol.h"

#include <algorithm>
#include <array>

#include "rules/host_names.h"

namespace wicket::rules {
namespace {

// SMTP, DNS, MySQL and MongoDB: servers that speak first, which cannot be sniffed.
constexpr std::array kServerFirstPorts = {25U, 53U, 3306U, 27017U};

}  // namespace

Protocol port_protocol(const PortNames& port) {
  if (port.protocol == "UDP") return Protocol::kUdp;
  std::string_view name = port.name;
  if (!port.app_protocol.empty()) {
    name = port.app_protocol;
    if (name == "kubernetes.io/h2c") return Protocol::kHttp2;
    if (name == "kubernetes.io/ws") return Protocol::kHttp;
    if (name == "kubernetes.io/wss") return Protocol::kHttps;
  }
  constexpr std::string_view kGrpcWeb = "grpc-web";
  if (lower_case(name.substr(0, kGrpcWeb.size())) == kGrpcWeb) return Protocol::kGrpcWeb;
  const Protocol protocol = model::protocol_of(name.substr(0, name.find('-')));
  const bool speaks_first = std::ranges::find(kServerFirstPorts, port.number) != kServerFirstPorts.end();
  return protocol == Protocol::kUnsupported && speaks_first ? Protocol::kTcp : protocol;
}

bool is_http2(Protocol protocol) {
  return protocol == Protocol::kHttp2 || protocol == Protocol::kGrpc || protocol == Protocol::kGrpcWeb;
}

}  // namespace wicket::rules
