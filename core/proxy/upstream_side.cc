// Input and processing are apart: on_readable() fills a buffer, process() takes events out of it as long as the other
// side takes them. Each call to `events_` may end the exchange; what follows looks again at where it stands.

#include "proxy/upstream_side.h"

#include <utility>

#include "proxy/body_writer.h"
#include "proxy/limits.h"

namespace wicket::proxy {

UpstreamSide::UpstreamSide(Loop& loop, UpstreamPool& pool, UpstreamPlace place, UpstreamGroup& group)
    : loop_(loop), pool_(pool), place_(std::move(place)), group_(group) {}

UpstreamSide::~UpstreamSide() = default;

// ---- connecting ----

void UpstreamSide::connect() {
  deadline_ = std::chrono::steady_clock::now() + limits::kConnectTimeout;
  Result<std::unique_ptr<Socket>> socket = Socket::connect(loop_, place_.endpoint, *this);
  if (socket) {
    socket_ = *std::move(socket);
    return;
  }
  connect_error_ = socket.error().message;
  failure_.start(loop_, std::chrono::milliseconds(0), [this] { fail(ResetReason::kConnectFailure, connect_error_); });
}

// Source: Envoy source/common/upstream/upstream_impl.cc and router.cc: auto_sni and auto_san_validation take the host
// of the request; an address is no server name. source/common/tls/ssl_socket.cc, NotReadySslSocket.
void UpstreamSide::start_handshake() {
  const UpstreamTls& tls = *place_.tls;
  if (tls.context == nullptr) return fail(ResetReason::kConnectFailure, "TLS error: Secret is not supplied by SDS");
  Socket::PeerNames names{.sni = tls.sni, .expected = tls.name_is_authority ? place_.host : std::string()};
  if (tls.sni_is_authority && !is_address(place_.host)) names.sni = place_.host;
  state_ = State::kHandshaking;
  socket_->start_tls_client(*tls.context, std::move(names));
  go_on_with_handshake();
}

void UpstreamSide::go_on_with_handshake() {
  switch (socket_->handshake()) {
    case IoStatus::kDone:
      return opened();
    case IoStatus::kAgain:
      return;
    case IoStatus::kEnd:
    case IoStatus::kError:
      return fail(ResetReason::kConnectFailure, "TLS_error: " + socket_->tls_error());
  }
}

void UpstreamSide::opened() {
  state_ = State::kOpen;
  local_ = socket_->local().text();
  socket_->wait_readable();
  loop_.flush_later(*this);
}

void UpstreamSide::on_writable() {
  switch (state_) {
    case State::kConnecting:
      if (const std::string error = socket_->error(); !error.empty())
        return fail(ResetReason::kConnectFailure, "delayed connect error: " + error);
      return place_.tls ? start_handshake() : opened();
    case State::kHandshaking:
      return go_on_with_handshake();
    case State::kOpen:
      return flush();
    case State::kClosed:
      return;
  }
}

void UpstreamSide::check_deadline(std::chrono::steady_clock::time_point now) {
  if ((state_ == State::kConnecting || state_ == State::kHandshaking) && now >= deadline_)
    return fail(ResetReason::kConnectTimeout, "");
  if (state_ == State::kOpen && events_ == nullptr && now >= deadline_) close();
}

// ---- sending ----

void UpstreamSide::begin(UpstreamEvents& events) {
  events_ = &events;
  request_sent_ = response_done_ = paused_ = wants_room_ = false;
  keep_alive_ = true;
}

void UpstreamSide::send_head(const UpstreamHead& head) {
  if (head.method == "HEAD") reader_.expect_no_body();
  asks_for_upgrade_ = !head.upgrade.empty();
  sending_ = write_request_head(head, out_);
  loop_.flush_later(*this);
}

void UpstreamSide::send_body(std::string_view piece) {
  if (state_ == State::kClosed) return;
  if (state_ == State::kOpen) {
    (void)send_piece(piece, sending_, *socket_, out_);
  } else {
    write_body(piece, sending_, out_);
  }
  if (!has_room()) wants_room_ = true;
  loop_.flush_later(*this);
}

void UpstreamSide::send_end() {
  if (state_ == State::kClosed) return;
  write_end(sending_, out_);
  request_sent_ = true;
  shuts_down_ = is_tunnel_;
  loop_.flush_later(*this);
  if (response_done_) end_exchange();
}

bool UpstreamSide::has_room() const { return out_.size() < limits::kHighWater; }

void UpstreamSide::flush() {
  if (state_ != State::kOpen) return;
  while (!out_.empty() && !socket_->is_waiting_to_write()) {
    const IoResult result = socket_->write(out_.readable());
    if (result.status == IoStatus::kAgain) {
      socket_->wait_writable();
      break;
    }
    if (result.status != IoStatus::kDone) {
      // what the peer said before it went may still be there: reading tells
      out_.clear();
      keep_alive_ = false;
      break;
    }
    out_.consume(result.bytes);
  }
  out_.release();
  if (out_.empty() && std::exchange(shuts_down_, false)) socket_->shutdown_write();
  if (wants_room_ && has_room() && events_ != nullptr) {
    wants_room_ = false;
    events_->on_upstream_room();
  }
}

// ---- receiving ----

void UpstreamSide::on_readable() {
  if (state_ == State::kHandshaking) return go_on_with_handshake();
  if (state_ != State::kOpen) return;
  read_more();
}

// A long answer is taken in several reads a turn, as long as each one is full: they go out in one piece.
void UpstreamSide::read_more() {
  const std::shared_ptr<UpstreamSide> keep = shared_from_this();
  for (std::size_t i = 0; i < limits::kReadBatch; ++i) {
    if (state_ != State::kOpen || input_ended_ || paused_) return;
    const IoResult result = socket_->read(in_.writable(limits::kBodyReadBytes));
    switch (result.status) {
      case IoStatus::kDone:
        in_.commit(result.bytes);
        if (events_ == nullptr) return close();  // nobody has asked for anything
        break;
      case IoStatus::kAgain:
        in_.release();
        socket_->wait_readable();
        return;
      case IoStatus::kEnd:
        input_ended_ = true;
        break;
      case IoStatus::kError:
        return events_ == nullptr ? close() : fail(ResetReason::kTermination, "");
    }
    process();
    if (result.bytes < limits::kReadBytes || events_ == nullptr) break;
  }
  if (state_ == State::kOpen && !input_ended_ && !paused_) socket_->wait_readable();
}

void UpstreamSide::process() {
  const std::shared_ptr<UpstreamSide> keep = shared_from_this();
  while (state_ == State::kOpen && events_ != nullptr && !paused_ && !response_done_) {
    const Http1Step step = reader_.next(in_.readable());
    switch (step.event) {
      case Http1Event::kNeedMore:
        in_.consume(step.consumed);
        in_.release();
        if (!input_ended_) return;
        switch (reader_.end_of_input()) {
          case Http1Event::kEnd:
            response_done_ = true;
            keep_alive_ = false;
            break;
          case Http1Event::kNeedMore:
          case Http1Event::kHead:
          case Http1Event::kBody:
          case Http1Event::kFault:
            return fail(ResetReason::kTermination, "");
        }
        break;
      case Http1Event::kHead: {
        in_.consume(step.consumed);
        MessageHead head = std::move(reader_.head());
        if (head.status == 101 && !asks_for_upgrade_) return fail(ResetReason::kProtocolError, "unexpected 101");
        const bool provisional = head.status < 200 && head.status != 101;
        if (!provisional) keep_alive_ = keep_alive_ && head.keep_alive;
        events_->on_response_head(std::move(head));
        if (provisional && events_ != nullptr) (void)reader_.next({});  // its end
        break;
      }
      case Http1Event::kBody:
        events_->on_response_body(step.body);
        in_.consume(step.consumed);
        break;
      case Http1Event::kEnd:
        in_.consume(step.consumed);
        response_done_ = true;
        break;
      case Http1Event::kFault:
        return fail(ResetReason::kProtocolError, std::string(reader_.fault().details));
    }
  }
  if (events_ == nullptr) {
    if (state_ == State::kOpen) close();
    return;
  }
  if (response_done_) end_exchange();
}

// The answer is complete. With the request still on its way the connection cannot be used again.
void UpstreamSide::end_exchange() {
  const std::shared_ptr<UpstreamSide> keep = shared_from_this();
  UpstreamEvents* events = std::exchange(events_, nullptr);
  const bool reusable = keep_alive_ && request_sent_ && !is_tunnel_ && !input_ended_ && in_.empty();
  in_.release();
  if (reusable) {
    deadline_ = coarse_now() + limits::kIdleTimeout;
    pool_.give_back(keep);
  } else {
    close();
  }
  if (events != nullptr) events->on_response_end();
}

void UpstreamSide::pause(bool paused) {
  if (paused_ == paused) return;
  paused_ = paused;
  if (paused || state_ != State::kOpen) return;
  process();
  if (state_ == State::kOpen && !input_ended_ && !paused_) socket_->wait_readable();
}

void UpstreamSide::become_tunnel() {
  is_tunnel_ = true;
  sending_ = BodyKind::kUntilClose;
  keep_alive_ = false;
  request_sent_ = false;
  reader_.become_tunnel();
}

void UpstreamSide::cancel() {
  events_ = nullptr;
  if (state_ != State::kClosed) close();
}

void UpstreamSide::fail(ResetReason reason, const std::string& detail) {
  const std::shared_ptr<UpstreamSide> keep = shared_from_this();
  UpstreamEvents* events = std::exchange(events_, nullptr);
  close();
  if (events != nullptr) events->on_reset(reason, detail);
}

void UpstreamSide::close() {
  state_ = State::kClosed;
  if (socket_) socket_->close();
  pool_.remove(shared_from_this());
}

}  // namespace wicket::proxy
