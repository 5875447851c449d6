// Addresses as the system has them. For the sources that call it.
#pragma once

#include <sys/socket.h>

#include <optional>
#include <string>

#include "proxy/net.h"

namespace wicket::proxy {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
  [[nodiscard]] sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

/// Nothing when the endpoint's address is none.
[[nodiscard]] std::optional<SocketAddress> address_of(const Endpoint& endpoint);
[[nodiscard]] Endpoint endpoint_of(const SocketAddress& address);
/// Where a socket is bound.
[[nodiscard]] Endpoint local_of(int descriptor);
/// Has small pieces sent at once.
void set_no_delay(int descriptor);
/// What the system calls an error.
[[nodiscard]] std::string error_text(int number);

}  // namespace wicket::proxy
