// The protocol of a Kubernetes Service's port, which its names tell.
#pragma once

#include <cstdint>
#include <string_view>

#include "model/protocol.h"

namespace wicket::rules {

using model::Protocol;

/// What a port of a Service is named after. Views of the Service.
struct PortNames {
  std::string_view protocol{};      // TCP, UDP
  std::string_view app_protocol{};  // empty: none
  std::string_view name{};
  std::uint32_t number = 0;
};

/// kUnsupported where nothing tells: the port is then sniffed.
/// Source: Istio pkg/config/kube/conversion.go, ConvertProtocol (R-REG-1).
[[nodiscard]] Protocol port_protocol(const PortNames& port);

/// HTTP2, GRPC and GRPC-WEB. Source: Istio pkg/config/protocol, IsHTTP2.
[[nodiscard]] bool is_http2(Protocol protocol);

}  // namespace wicket::rules
