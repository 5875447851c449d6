// Input and processing are apart: on_readable() fills a buffer, process() takes requests out of it one after the other.
// An exchange may answer while process() is still in the call that told it about its request; what follows then is done
// by the loop in process(), never twice at a time.

#include "proxy/client_side.h"

#include <algorithm>
#include <utility>

#include "proxy/body_writer.h"
#include "proxy/limits.h"
#include "proxy/recycling.h"
#include "proxy/served_hosts.h"
#include "proxy/worker.h"
#include "route/client_headers.h"

namespace wicket::proxy {

using std::chrono::steady_clock;

namespace {

// What follows such a head is of another protocol, or of none when that is refused: it is not read as a request.
// Source: Envoy http1/codec_impl.cc, onHeadersCompleteBase.
bool changes_protocol(const MessageHead& head) {
  route::RequestView request;
  request.headers = head.headers;
  request.version = head.version;
  return head.method == "CONNECT" || (head.is_upgrade && route::is_upgrade(request));
}

}  // namespace

ClientSide::ClientSide(Worker& worker, std::shared_ptr<const ServedPort> port, int descriptor,
                       std::shared_ptr<TlsContext> tls)
    : worker_(worker), socket_(worker.loop, descriptor, *this), tls_(std::move(tls)) {
  const Endpoint peer = socket_.remote();
  facts_ = {.port = std::move(port),
            .peer_address = peer.address,
            .peer = peer.text(),
            .local = socket_.local().text(),
            .is_tls = tls_ != nullptr,
            .sni = {}};
}

ClientSide::~ClientSide() = default;

void ClientSide::start() {
  if (tls_ == nullptr) return start_plain();
  if (!facts_.port->is_plain_too) return start_handshake();
  state_ = State::kLooking;
  set_deadline(limits::kHandshakeTimeout);
  socket_.wait_readable();
}

// Source: Envoy's TLS inspector, which a port with chains of both kinds gets (R-FC-2).
void ClientSide::look_for_tls() {
  constexpr char kHandshakeRecord = 0x16;
  char first = 0;
  const IoResult result = socket_.peek(first);
  if (result.status == IoStatus::kAgain) return socket_.wait_readable();
  if (result.status != IoStatus::kDone) return close();
  if (first == kHandshakeRecord) return start_handshake();
  ServedPort plain = *facts_.port;
  plain.is_tls = false;
  facts_.port = std::make_shared<const ServedPort>(std::move(plain));
  facts_.is_tls = false;
  start_plain();
}

void ClientSide::start_plain() {
  state_ = State::kOpen;
  set_deadline(limits::kIdleTimeout);
  socket_.wait_readable();
}

void ClientSide::start_handshake() {
  state_ = State::kHandshake;
  set_deadline(limits::kHandshakeTimeout);
  socket_.start_tls_server(*tls_);
  go_on_with_handshake();
}

// A connection that no filter chain is for leaves one line, other failures leave none.
// Source: Istio pilot/pkg/networking/core/accesslog.go: the listener's log has a filter for such flags (R-LOG-4).
void ClientSide::log_failed_handshake() {
  if (!worker_.services.log) return;
  const route::RouteTable& table = *worker_.table.current()->table;
  const std::string asked = socket_.sni();
  facts_.sni = worker_.settings.maps_headers ? gateway_server_name(table, asked) : asked;
  route::RequestView connection;
  connection.tls = true;
  connection.sni = facts_.sni;
  const route::Listener* listener = table.find(facts_.port->gateway_port, facts_.port->bind);
  if (listener != nullptr && listener->find(connection) != nullptr) return;
  worker_.services.log({.start = std::chrono::system_clock::now(),
                        .flags = "NR",
                        .details = "filter_chain_not_found",
                        .downstream_local = facts_.local,
                        .downstream_remote = facts_.peer,
                        .sni = facts_.sni});
}

void ClientSide::go_on_with_handshake() {
  switch (socket_.handshake()) {
    case IoStatus::kDone:
      state_ = State::kOpen;
      facts_.sni = worker_.settings.maps_headers ? gateway_server_name(*worker_.table.current()->table, socket_.sni())
                                                 : socket_.sni();
      set_deadline(limits::kIdleTimeout);
      socket_.wait_readable();
      return;
    case IoStatus::kAgain:
      return;
    case IoStatus::kEnd:
    case IoStatus::kError:
      log_failed_handshake();
      return close();
  }
}

// ---- time ----

void ClientSide::set_deadline(std::chrono::seconds from_now) {
  deadline_ = coarse_now() + from_now;
  is_in_head_ = false;
}

void ClientSide::check_deadline(steady_clock::time_point now) {
  if (state_ == State::kClosed || now < deadline_) return;
  if (exchange_ && state_ == State::kOpen) return;  // its own timeouts hold
  if (state_ == State::kOpen && is_in_head_) return refuse({408, "http1.request_head_timeout"});
  close();
}

void ClientSide::drain() {
  close_after_ = true;
  if (!exchange_ && out_.empty()) close();
}

// ---- receiving ----

void ClientSide::on_readable() {
  switch (state_) {
    case State::kLooking:
      return look_for_tls();
    case State::kHandshake:
      return go_on_with_handshake();
    case State::kClosed:
      return;
    case State::kOpen:
    case State::kLingering:
      break;
  }
  const bool is_in_body = exchange_ && !request_complete_;
  const IoResult result = socket_.read(in_.writable(is_in_body ? limits::kBodyReadBytes : limits::kReadBytes));
  switch (result.status) {
    case IoStatus::kDone:
      in_.commit(result.bytes);
      break;
    case IoStatus::kAgain:
      break;
    case IoStatus::kEnd:
      input_ended_ = true;
      break;
    case IoStatus::kError:
      return close();
  }
  if (state_ == State::kLingering) {
    discarded_ += in_.size();
    in_.clear();
    if (input_ended_ || discarded_ > limits::kDiscardBytes) return close();
    return socket_.wait_readable();
  }
  process();
}

void ClientSide::process() {
  if (processing_) return;
  const std::shared_ptr<ClientSide> keep = shared_from_this();
  processing_ = true;
  bool waits = false;
  while (!waits && state_ == State::kOpen) {
    if (exchange_ && request_complete_ && response_complete_) {
      end_exchange();
      continue;
    }
    if (exchange_ && (request_complete_ || !exchange_->wants_body())) break;
    if (!exchange_ && (close_after_ || !has_room())) break;

    const Http1Step step = reader_.next(in_.readable());
    if (exchange_) wire_.received += step.consumed;
    switch (step.event) {
      case Http1Event::kNeedMore:
        in_.consume(step.consumed);
        waits = true;
        break;
      case Http1Event::kHead:
        in_.consume(step.consumed);
        wire_ = {.received = step.consumed, .sent = 0};
        begin_exchange();
        break;
      case Http1Event::kBody:
        exchange_->on_request_body(step.body);
        if (state_ == State::kOpen) in_.consume(step.consumed);
        break;
      case Http1Event::kEnd:
        in_.consume(step.consumed);
        if (!std::exchange(request_complete_, true)) exchange_->on_request_end();
        break;
      case Http1Event::kFault:
        refuse(reader_.fault());
        break;
    }
  }
  processing_ = false;
  in_.release();
  if (state_ == State::kOpen) wait_for_input();
}

// Decides what is awaited from the client; its end may be the end of the connection.
void ClientSide::wait_for_input() {
  if (input_ended_) {
    if (!exchange_) return out_.empty() ? close() : void(close_after_ = true);
    if (request_complete_ || !exchange_->wants_body()) return;  // a half-closed client still gets its answer
    if (is_tunnel_ && reader_.end_of_input() == Http1Event::kEnd) {
      request_complete_ = true;
      return exchange_->on_request_end();
    }
    return close();
  }
  const bool is_full = in_.size() >= limits::kHighWater;
  if (is_full && (exchange_ || !has_room())) return;
  if (exchange_ && !request_complete_ && !exchange_->wants_body()) return;
  if (!exchange_ && !reader_.is_between_messages() && !is_in_head_) {
    set_deadline(limits::kHeadTimeout);
    is_in_head_ = true;
  }
  socket_.wait_readable();
}

void ClientSide::resume_request() { process(); }

// ---- exchanges ----

void ClientSide::begin_exchange() {
  MessageHead head = std::move(reader_.head());
  close_after_ = close_after_ || !head.keep_alive || worker_.is_draining() || changes_protocol(head);
  request_complete_ = head.body == BodyKind::kNone;
  response_begun_ = response_complete_ = false;
  if (request_complete_) (void)reader_.next({});  // its end
  set_deadline(limits::kIdleTimeout);
  exchange_ = std::allocate_shared<Exchange>(Recycling<Exchange>(), worker_, *this, facts_, std::move(head));
  exchange_->start();
}

void ClientSide::end_exchange() {
  worker_.loop.bury(std::exchange(exchange_, nullptr));
  set_deadline(limits::kIdleTimeout);
  if (close_after_) linger();
}

// What was sent is no request, and where the next one begins is not known.
// Source: Envoy http1/codec_impl.cc, sendProtocolError (R-PRE-3, R-PRE-8).
void ClientSide::refuse(const Fault& fault) {
  close_after_ = true;
  if (exchange_) {  // in the middle of a body
    if (response_begun_) return close();
  } else {
    wire_ = {.received = in_.size(), .sent = 0};
  }
  const std::string_view body = reason_phrase(fault.status);
  const route::HeaderList headers = {{"content-length", std::to_string(body.size())},
                                     {"content-type", "text/plain"},
                                     {"date", worker_.date()},
                                     {"server", "istio-envoy"}};
  const std::size_t before = out_.size();
  (void)write_response_head(
      {.status = fault.status, .headers = headers, .body = BodyKind::kLength, .length = body.size()},
      /*close=*/true, out_);
  out_.append(body);
  wire_.sent += out_.size() - before;
  if (exchange_) {
    exchange_->on_client_fault(fault, body.size());
    worker_.loop.bury(std::exchange(exchange_, nullptr));
    return linger();
  }
  // Envoy makes a stream of what it could not read (filter_manager.cc, sendLocalReply).
  worker_.metrics.count(
      {.status = fault.status, .flags = "DPE", .bytes_received = wire_.received, .bytes_sent = wire_.sent});
  if (worker_.services.log)
    worker_.services.log({.start = std::chrono::system_clock::now(),
                          .status = fault.status,
                          .flags = "DPE",
                          .details = fault.details,
                          .bytes_sent = body.size(),
                          .downstream_local = facts_.local,
                          .downstream_remote = facts_.peer,
                          .sni = facts_.sni});
  linger();
}

// ---- sending ----

void ClientSide::send_provisional(const ResponseHead& head) {
  const std::size_t before = out_.size();
  (void)write_response_head(head, /*close=*/false, out_);
  wire_.sent += out_.size() - before;
  if (!has_room()) wants_room_ = true;
  worker_.loop.flush_later(*this);
}

void ClientSide::send_head(const ResponseHead& head) {
  response_begun_ = true;
  const std::size_t before = out_.size();
  // A request that is still on its way cannot be skipped (Envoy conn_manager_impl.cc, encodeHeaders).
  if (!request_complete_ || head.is_last) close_after_ = true;
  sending_ = write_response_head(head, close_after_, out_);
  wire_.sent += out_.size() - before;
  worker_.loop.flush_later(*this);
}

void ClientSide::send_body(std::string_view piece) {
  if (state_ != State::kOpen) return;
  wire_.sent += send_piece(piece, sending_, socket_, out_);
  if (!has_room()) wants_room_ = true;
  worker_.loop.flush_later(*this);
}

void ClientSide::send_end() {
  if (state_ != State::kOpen) return;
  const std::size_t before = out_.size();
  write_end(sending_, out_);
  wire_.sent += out_.size() - before;
  response_complete_ = true;
  if (is_tunnel_) close_after_ = true;
  if (!request_complete_) {  // the rest of it is not wanted
    close_after_ = true;
    request_complete_ = true;
  }
  worker_.loop.flush_later(*this);
}

void ClientSide::reset() {
  response_complete_ = request_complete_ = true;
  worker_.loop.bury(std::exchange(exchange_, nullptr));
  if (!response_begun_ && out_.empty()) return close();
  close_after_ = true;  // what is written goes out first; its end is missing, which the client sees
  linger();
}

void ClientSide::become_tunnel() {
  is_tunnel_ = true;
  sending_ = BodyKind::kUntilClose;
  request_complete_ = false;
  reader_.become_tunnel();
  worker_.loop.post([client = shared_from_this()] { client->process(); });
}

bool ClientSide::has_room() const { return out_.size() < limits::kHighWater; }

void ClientSide::on_writable() {
  if (state_ == State::kHandshake) return go_on_with_handshake();
  flush();
}

void ClientSide::flush() {
  if (state_ == State::kClosed || state_ == State::kHandshake || state_ == State::kLooking) return;
  while (!out_.empty() && !socket_.is_waiting_to_write()) {
    const IoResult result = socket_.write(out_.readable());
    if (result.status == IoStatus::kAgain) {
      socket_.wait_writable();
      break;
    }
    if (result.status != IoStatus::kDone) return close();
    out_.consume(result.bytes);
    if (state_ == State::kLingering) set_deadline(limits::kFlushTimeout);
  }
  out_.release();
  if (out_.empty() && std::exchange(shuts_down_, false)) {
    set_deadline(limits::kLingerTimeout);
    socket_.shutdown_write();
    socket_.wait_readable();
  }
  if (wants_room_ && has_room() && exchange_) {
    wants_room_ = false;
    exchange_->on_client_room();
  }
  const bool is_between = exchange_ ? request_complete_ && response_complete_ : has_room() && !in_.empty();
  if (state_ == State::kOpen && is_between) process();
  if (!exchange_ && input_ended_ && out_.empty() && state_ != State::kClosed) close();
}

// ---- the end ----

// Closing with input unread would reset the connection, and the client would lose the answer with it.
// Source: RFC 9112 section 9.6.
void ClientSide::linger() {
  state_ = State::kLingering;
  set_deadline(limits::kFlushTimeout);
  in_.clear();
  shuts_down_ = true;
  worker_.loop.flush_later(*this);
}

void ClientSide::close() {
  if (state_ == State::kClosed) return;
  state_ = State::kClosed;
  if (exchange_) {
    exchange_->on_client_gone();
    worker_.loop.bury(std::exchange(exchange_, nullptr));
  }
  socket_.close();
  worker_.remove(shared_from_this());
}

}  // namespace wicket::proxy
