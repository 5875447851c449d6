// Names and ports as a browser on this machine has to spell them, and as they are in production.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wicket::proxy {

/// A port of the gateway, and where it is served.
struct ServedPort {
  std::uint32_t gateway_port = 0;
  std::uint16_t bound_port = 0;
  bool is_tls = false;
  bool is_plain_too = false;  // beside TLS: the first byte tells
  std::string bind{};         // address that the Gateway's server names; empty: any
};

/// Whether both are the same port of the gateway.
[[nodiscard]] inline bool is_same(const ServedPort& a, const ServedPort& b) {
  return a.gateway_port == b.gateway_port && a.bind == b.bind;
}

/// Tells whether a host, in lower case and without port, is one that is served under its own name.
using KnownHost = std::function<bool(std::string_view)>;

/// The authority that the client would have sent to the real gateway: the moved port is taken back, and ".localhost" is
/// cut off a host that is only known without it. Nothing when it stays as it is.
[[nodiscard]] std::optional<std::string> gateway_authority(std::string_view authority, const ServedPort& port,
                                                           const KnownHost& is_known);

/// The URL under which the client reaches here what `location` names at the real gateway: the moved port is put in, and
/// ".localhost" when the client came by such a name. Nothing when it stays as it is: a relative one, or another host.
[[nodiscard]] std::optional<std::string> local_location(std::string_view location, bool came_by_localhost,
                                                        std::span<const ServedPort> ports, const KnownHost& is_known);

}  // namespace wicket::proxy
