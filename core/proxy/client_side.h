// One HTTP/1 connection from a client.
#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "proxy/buffer.h"
#include "proxy/client.h"
#include "proxy/exchange.h"
#include "proxy/http1_codec.h"
#include "proxy/net.h"

namespace wicket::proxy {

class Worker;

/// Carries one exchange after the other; requests that come in early wait in the input buffer. While nothing is under
/// way it holds no memory but itself.
class ClientSide final : public ClientStream,
                         public SocketEvents,
                         public Flushable,
                         public std::enable_shared_from_this<ClientSide> {
 public:
  /// Takes the descriptor over. `tls`: nullptr on plaintext ports.
  ClientSide(Worker& worker, std::shared_ptr<const ServedPort> port, int descriptor, std::shared_ptr<TlsContext> tls);
  ~ClientSide() override;

  /// Begins to read.
  void start();
  void check_deadline(std::chrono::steady_clock::time_point now);
  /// Ends behind the current exchange; at once when there is none.
  void drain();

  void send_provisional(const ResponseHead& head) override;
  void send_head(const ResponseHead& head) override;
  void send_body(std::string_view piece) override;
  void send_end() override;
  void reset() override;
  void become_tunnel() override;
  [[nodiscard]] bool has_room() const override;
  [[nodiscard]] const ServedPort& port() const { return *facts_.port; }

  [[nodiscard]] WireBytes wire_bytes() const override { return wire_; }
  void resume_request() override;

  void on_readable() override;
  void on_writable() override;
  void flush() override;

 private:
  enum class State : std::uint8_t {
    kLooking,    // whether it is TLS
    kHandshake,  // of TLS
    kOpen,
    kLingering,  // the last answer is written; what the client still sends is dropped
    kClosed
  };

  void look_for_tls();
  void start_plain();
  void start_handshake();
  void go_on_with_handshake();
  void log_failed_handshake();
  void process();
  void begin_exchange();
  void end_exchange();
  void refuse(const Fault& fault);
  void wait_for_input();
  void set_deadline(std::chrono::seconds from_now);
  void linger();
  void close();

  Worker& worker_;
  ConnectionFacts facts_;
  Socket socket_;
  std::shared_ptr<TlsContext> tls_;
  State state_ = State::kOpen;
  std::chrono::steady_clock::time_point deadline_;
  bool is_in_head_ = false;  // the deadline is that of a request's head

  Http1Reader reader_{Http1Role::kRequests};
  Buffer in_;
  Buffer out_;
  bool input_ended_ = false;
  bool processing_ = false;
  std::size_t discarded_ = 0;

  std::shared_ptr<Exchange> exchange_;
  bool request_complete_ = true;
  bool response_begun_ = false;
  bool response_complete_ = true;
  bool close_after_ = false;  // the connection ends behind this answer
  bool is_tunnel_ = false;
  bool shuts_down_ = false;
  bool wants_room_ = false;
  BodyKind sending_ = BodyKind::kNone;  // how the body of the answer is framed
  WireBytes wire_;                      // of the exchange
};

}  // namespace wicket::proxy
