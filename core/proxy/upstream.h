// The two ends of one attempt to get an answer: what sends the request, and what takes the answer. Neither knows the
// protocol that carries them.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "proxy/message.h"

namespace wicket::proxy {

/// Why an attempt ended without a whole answer. Source: Envoy's StreamResetReason (R-LR-19).
enum class ResetReason : std::uint8_t {
  kConnectFailure,
  kConnectTimeout,
  kTermination,    // the connection ended
  kProtocolError,  // what came is no answer
};

/// Takes an answer. After on_response_end() or on_reset() nothing more comes.
class UpstreamEvents {
 public:
  virtual ~UpstreamEvents() = default;
  /// An answer's head; several when the first ones are provisional (1xx).
  virtual void on_response_head(MessageHead head) = 0;
  virtual void on_response_body(std::string_view piece) = 0;
  virtual void on_response_end() = 0;
  /// Units: `detail` is what the system or the TLS library says; empty when there is nothing to say.
  virtual void on_reset(ResetReason reason, const std::string& detail) = 0;
  /// has_room() is true again.
  virtual void on_upstream_room() = 0;
};

/// Sends a request. Made with the UpstreamEvents that the answer goes to.
class UpstreamStream {
 public:
  virtual ~UpstreamStream() = default;
  /// Nothing of the body follows when `head.body` is kNone; send_end() is called all the same.
  virtual void send_head(const UpstreamHead& head) = 0;
  virtual void send_body(std::string_view piece) = 0;
  virtual void send_end() = 0;
  /// Whether more of the body may come; what is sent without room is queued all the same.
  [[nodiscard]] virtual bool has_room() const = 0;
  /// Stops the answer, or lets it go on.
  virtual void pause(bool paused) = 0;
  /// The answer is no longer wanted: no event comes any more.
  virtual void cancel() = 0;
  /// After a 101: both directions are bytes without structure.
  virtual void become_tunnel() = 0;
  [[nodiscard]] virtual std::string upstream_address() const = 0;
  [[nodiscard]] virtual std::string local_address() const = 0;
};

}  // namespace wicket::proxy
