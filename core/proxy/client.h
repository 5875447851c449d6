// The client's end of an exchange, whatever the protocol.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "proxy/host_mapping.h"
#include "proxy/message.h"
#include "proxy/net.h"

namespace wicket::proxy {

/// What the current request and its answer have moved, heads and framing included.
struct WireBytes {
  std::uint64_t received = 0;
  std::uint64_t sent = 0;  // or waiting to be
};

/// Takes the answer to one request. A whole answer is send_head(), any number of send_body(), send_end().
class ClientStream {
 public:
  virtual ~ClientStream() = default;
  /// 100 and its like; any number of them in front of the answer.
  virtual void send_provisional(const ResponseHead& head) = 0;
  virtual void send_head(const ResponseHead& head) = 0;
  virtual void send_body(std::string_view piece) = 0;
  virtual void send_end() = 0;
  /// The answer cannot be given, or not to its end.
  virtual void reset() = 0;
  /// After a 101: both directions are bytes without structure.
  virtual void become_tunnel() = 0;
  [[nodiscard]] virtual bool has_room() const = 0;
  [[nodiscard]] virtual WireBytes wire_bytes() const = 0;
  /// The exchange takes more of the request's body again.
  virtual void resume_request() = 0;
};

/// The connection that a request came on.
struct ConnectionFacts {
  std::shared_ptr<const ServedPort> port;
  std::string peer_address;  // without port
  std::string peer;          // with port
  std::string local;         // with port
  bool is_tls = false;
  std::string sni;  // as the real gateway would have got it
};

}  // namespace wicket::proxy
