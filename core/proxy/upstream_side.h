// One HTTP/1 connection to an upstream.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "proxy/buffer.h"
#include "proxy/http1_codec.h"
#include "proxy/net.h"
#include "proxy/upstream.h"
#include "proxy/upstream_pool.h"

namespace wicket::proxy {

/// Carries one exchange at a time. While idle it watches for the peer closing.
class UpstreamSide final : public UpstreamStream,
                           public SocketEvents,
                           public Flushable,
                           public std::enable_shared_from_this<UpstreamSide> {
 public:
  /// The group is there as long as the pool knows the connection.
  UpstreamSide(Loop& loop, UpstreamPool& pool, UpstreamPlace place, UpstreamGroup& group);
  ~UpstreamSide() override;

  /// Begins to connect. A failure is told by an event, later.
  void connect();
  /// The next exchange.
  void begin(UpstreamEvents& events);
  void check_deadline(std::chrono::steady_clock::time_point now);

  [[nodiscard]] const UpstreamPlace& place() const { return place_; }
  [[nodiscard]] UpstreamGroup& group() { return group_; }
  /// Where the pool keeps it.
  [[nodiscard]] std::size_t index() const { return index_; }
  void set_index(std::size_t index) { index_ = index; }

  void send_head(const UpstreamHead& head) override;
  void send_body(std::string_view piece) override;
  void send_end() override;
  [[nodiscard]] bool has_room() const override;
  void pause(bool paused) override;
  void cancel() override;
  void become_tunnel() override;
  [[nodiscard]] std::string upstream_address() const override { return place_.endpoint.text(); }
  [[nodiscard]] std::string local_address() const override { return local_; }

  void on_readable() override;
  void on_writable() override;
  void flush() override;

 private:
  enum class State : std::uint8_t { kConnecting, kHandshaking, kOpen, kClosed };

  void start_handshake();
  void go_on_with_handshake();
  void opened();
  void read_more();
  void process();
  void end_exchange();
  void fail(ResetReason reason, const std::string& detail);
  void close();

  Loop& loop_;
  UpstreamPool& pool_;
  UpstreamPlace place_;
  UpstreamGroup& group_;
  std::size_t index_ = 0;
  std::unique_ptr<Socket> socket_;
  std::string local_;
  State state_ = State::kConnecting;
  std::chrono::steady_clock::time_point deadline_;
  std::string connect_error_;
  Timer failure_;  // a connect that failed at once

  // of the current exchange
  UpstreamEvents* events_ = nullptr;  // nullptr: idle, or cancelled
  BodyKind sending_ = BodyKind::kNone;
  bool request_sent_ = false;
  bool response_done_ = false;
  bool keep_alive_ = true;
  bool paused_ = false;
  bool asks_for_upgrade_ = false;
  bool is_tunnel_ = false;
  bool shuts_down_ = false;  // once the output is written
  bool wants_room_ = false;

  Http1Reader reader_{Http1Role::kResponses};
  Buffer in_;
  Buffer out_;
  bool input_ended_ = false;
};

}  // namespace wicket::proxy
