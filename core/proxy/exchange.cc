#include "proxy/exchange.h"

#include <utility>

#include "proxy/hop_headers.h"
#include "proxy/http1_codec.h"
#include "proxy/limits.h"
#include "proxy/served_hosts.h"
#include "proxy/worker.h"
#include "route/timeouts.h"

namespace wicket::proxy {

using std::chrono::steady_clock;

Exchange::Exchange(Worker& worker, ClientStream& client, const ConnectionFacts& connection, MessageHead head)
    : worker_(worker),
      client_(client),
      connection_(connection),
      head_(std::move(head)),
      start_(std::chrono::system_clock::now()),
      started_(steady_clock::now()) {}

Exchange::~Exchange() { drop_attempt(); }

// ---- the request ----

void Exchange::understand_request() {
  drop_nominated(head_.headers);
  request_ = {.method = head_.method,
              .scheme = {},
              .authority = head_.authority,
              .target = head_.target,
              .headers = head_.headers,
              .version = head_.version,
              .port = connection_.port->gateway_port,
              .local_address = connection_.port->bind,
              .tls = connection_.is_tls,
              .sni = connection_.sni,
              .peer_address = connection_.peer_address,
              .request_id = {}};
  // Source: Envoy source/common/http/http1/codec_impl.cc, handlePath: the target of CONNECT is the authority, whatever
  // Host says.
  if (head_.method == "CONNECT") {
    request_.authority = head_.target;
  } else if (!head_.target.starts_with('/')) {
    route::Request absolute;
    absolute.authority = head_.authority;
    absolute.set_target(head_.target);
    scheme_ = std::move(absolute.scheme);
    authority_ = std::move(absolute.authority);
    target_ = std::move(absolute.target);
    request_.scheme = scheme_;
    request_.authority = authority_;
    request_.target = target_;
  }
  if (worker_.settings.maps_headers) {
    const KnownHost is_known = [this](std::string_view host) { return is_served(*set_->table, host); };
    if (auto mapped = gateway_authority(request_.authority, *connection_.port, is_known)) {
      came_by_localhost_ = request_.authority.find(".localhost") != std::string_view::npos &&
                           mapped->find(".localhost") == std::string::npos;
      authority_ = *std::move(mapped);
      request_.authority = authority_;
    }
  }
  request_id_ = worker_.random.uuid();
  request_.request_id = request_id_;
  request_complete_ = head_.body == BodyKind::kNone;
  completed_ = started_;
}

void Exchange::start() {
  set_ = worker_.table.current();
  understand_request();
  draw_ = worker_.random.draw();
  decision_ = route::decide(*set_->table, request_, draw_);
  timeouts_ = route::timeouts_of(request_, decision_);
  add_flag(decision_.response_flag);
  if (decision_.delay) {
    pause_.start(worker_.loop, *decision_.delay, [this] {
      proceed();
      client_.resume_request();
    });
  } else {
    proceed();
  }
}

bool Exchange::wants_body() const {
  if (state_ == State::kDone) return true;  // what comes is thrown away
  return attempt_ ? attempt_->has_room() : replay_.size() < limits::kHighWater;
}

void Exchange::on_request_body(std::string_view piece) {
  bytes_received_ += piece.size();
  if (state_ == State::kDone) return;
  const bool is_answered = state_ == State::kAnswering;
  if (can_replay_ && !is_answered) {
    can_replay_ = replay_.size() + piece.size() <= limits::kReplayBytes;
    if (can_replay_) {
      replay_.append(piece);
    } else {
      replay_ = {};
    }
  }
  if (attempt_) attempt_->send_body(piece);
}

void Exchange::on_request_end() {
  request_complete_ = true;
  completed_ = steady_clock::now();
  if (state_ == State::kDone) return;
  if (attempt_) {
    attempt_->send_end();
    if (state_ == State::kTrying) start_timeouts();
  }
  if (decision_.outcome == route::Outcome::kForward) send_mirrors();
}

// ---- what the decision says ----

void Exchange::proceed() {
  using enum route::Outcome;
  switch (decision_.outcome) {
    case kForward:
      return decision_.status == 0 ? forward() : answer();
    case kRedirect:
    case kDirectResponse:
    case kNotFound:
    case kHttpsRedirect:
    case kCorsPreflight:
    case kFaultAbort:
      return answer();
    case kRefused:
      if (decision_.status != 0) return refuse();
      break;
    case kTcpForward:
    case kReset:
      break;
  }
  details_ = decision_.details;
  client_.reset();
  finish();
}

// What Envoy's codec refuses has a body, and is the connection's last (R-PRE-3, R-PRE-4).
void Exchange::refuse() {
  is_last_ = decision_.stage == route::Stage::kCodec && decision_.response_flag == "DPE";
  if (is_last_) decision_.body = reason_phrase(decision_.status);
  answer();
}

void Exchange::answer() {
  drop_attempt();
  state_ = State::kAnswering;
  route::HeaderList headers = route::local_headers(request_, decision_);
  const bool has_body = !decision_.body.empty() && !decision_.grpc_status && !is_head_request();
  map_location(headers);
  finish_headers(headers);
  status_ = decision_.status;
  if (details_.empty()) details_ = decision_.details;
  client_.send_head({.status = decision_.status,
                     .headers = headers,
                     .body = has_body ? BodyKind::kLength : BodyKind::kNone,
                     .length = decision_.body.size(),
                     .to_head = is_head_request(),
                     .is_last = is_last_});
  if (has_body) {
    bytes_sent_ = decision_.body.size();
    client_.send_body(decision_.body);
  }
  client_.send_end();
  finish();
}

}  // namespace wicket::proxy
