#include "proxy/exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <utility>

#include "proxy/echo.h"
#include "proxy/limits.h"
#include "proxy/mirror.h"
#include "proxy/retry.h"
#include "proxy/served_hosts.h"
#include "proxy/worker.h"
#include "route/grpc.h"
#include "route/matcher.h"
#include "route/mirror_host.h"

namespace wicket::proxy {
namespace {

using route::UpstreamFailure;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::array<std::string_view, 5> kHopByHop = {"connection", "keep-alive", "proxy-connection",
                                                       "transfer-encoding", "upgrade"};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return lower;
}

void set_header(route::HeaderList& headers, std::string_view name, std::string_view value) {
  const auto is_it = [name](const route::Header& header) { return header.first == name; };
  const auto first = std::ranges::find_if(headers, is_it);
  if (first == headers.end()) {
    headers.emplace_back(name, value);
    return;
  }
  first->second = value;
  headers.erase(std::remove_if(std::next(first), headers.end(), is_it), headers.end());
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Takes out the headers that Connection names: they are meant for the next hop, which is us.
// Source: RFC 9110 section 7.6.1; Envoy source/common/http/utility.cc, sanitizeConnectionHeader.
void drop_nominated(std::vector<route::HeaderView>& headers) {
  const auto has_trailers = [](std::string_view list) {  // of TE: what may be asked for across hops
    while (!list.empty()) {
      const std::string_view item = list.substr(0, list.find(','));
      list.remove_prefix(std::min(list.size(), item.size() + 1));
      if (route::same_name(without_blanks(item), "trailers")) return true;
    }
    return false;
  };
  std::vector<std::string_view> nominated;
  for (const route::HeaderView& line : headers) {
    if (!route::same_name(line.name, "connection")) continue;
    std::string_view list = line.value;
    while (!list.empty()) {
      const std::string_view piece = list.substr(0, list.find(','));
      list.remove_prefix(std::min(list.size(), piece.size() + 1));
      const std::string_view item = without_blanks(piece);
      const bool is_ours = route::same_name(item, "upgrade") || route::same_name(item, "connection") ||
                           route::same_name(item, "content-length") || route::same_name(item, "transfer-encoding");
      if (!item.empty() && !is_ours) nominated.push_back(item);
    }
  }
  for (const std::string_view name : nominated)
    std::erase_if(headers, [&](route::HeaderView& line) {
      if (!route::same_name(line.name, name)) return false;
      if (!route::same_name(name, "te") || !has_trailers(line.value)) return true;
      line.value = "trailers";
      return false;
    });
}

// The headers of an upstream's answer that are the client's as well.
route::HeaderList end_to_end(MessageHead& head) {
  drop_nominated(head.headers);
  route::HeaderList headers;
  headers.reserve(head.headers.size() + 4);
  for (const route::HeaderView& line : head.headers) {
    std::string name = lower_case(line.name);
    if (std::ranges::find(kHopByHop, name) == kHopByHop.end()) headers.emplace_back(std::move(name), line.value);
  }
  return headers;
}

// Source: Envoy source/common/grpc/common.cc, getGrpcStatus.
std::optional<std::int32_t> grpc_status_in(const MessageHead& head) {
  constexpr std::int32_t kLargest = 16, kInvalid = -1;
  for (const route::HeaderView& line : head.headers) {
    if (!route::same_name(line.name, "grpc-status")) continue;
    std::int32_t status = kInvalid;
    const char* const end = line.value.data() + line.value.size();
    const auto [rest, error] = std::from_chars(line.value.data(), end, status);
    return error == std::errc() && rest == end && status >= 0 && status <= kLargest ? status : kInvalid;
  }
  return std::nullopt;
}

UpstreamFailure failure_of(ResetReason reason) {
  switch (reason) {
    case ResetReason::kConnectFailure:
      return UpstreamFailure::kRemoteConnectFailure;
    case ResetReason::kConnectTimeout:
      return UpstreamFailure::kConnectTimeout;
    case ResetReason::kTermination:
      return UpstreamFailure::kConnectionTermination;
    case ResetReason::kProtocolError:
      return UpstreamFailure::kProtocolError;
  }
  return UpstreamFailure::kRemoteReset;
}

}  // namespace

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
  if (!head_.target.starts_with('/') && head_.method != "CONNECT") {
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
}

void Exchange::start() {
  set_ = worker_.table.current();
  understand_request();
  draw_ = worker_.random.draw();
  decision_ = route::decide(*set_->table, request_, draw_);
  if (!decision_.response_flag.empty()) add_flag(decision_.response_flag);
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
      if (decision_.status != 0) return answer();
      break;
    case kTcpForward:
    case kReset:
      break;
  }
  details_ = decision_.details;
  client_.reset();
  finish();
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
                     .to_head = is_head_request()});
  if (has_body) {
    bytes_sent_ = decision_.body.size();
    client_.send_body(decision_.body);
  }
  client_.send_end();
  finish();
}

// Answers in the upstream's place (R-LR-2..10).
void Exchange::fail(UpstreamFailure failure) {
  const route::FailureReply& reply = route::failure_reply(failure);
  const route::FailureContext context = failure_context();
  details_ = route::failure_details(failure, context);
  failure_body_ = route::failure_body(failure, context);
  add_flag(reply.flag);
  route::answer_locally(decision_, request_, {reply.status, reply.flag, details_, failure_body_});
  answer();
}

route::FailureContext Exchange::failure_context() const {
  return {.version = set_->table->rules().mesh.version,
          .is_retried = attempts_ > 1,
          .has_started = state_ == State::kAnswering,
          .transport_failure = upstream_failure_};
}

void Exchange::map_location(route::HeaderList& headers) const {
  if (!worker_.settings.maps_headers) return;
  const KnownHost is_known = [this](std::string_view host) {
    const std::string_view own = request_.authority.substr(0, request_.authority.rfind(':'));
    return route::same_name(host, own) || is_served(*set_->table, host);
  };
  for (auto& [name, value] : headers)
    if (name == "location")
      if (auto mapped = local_location(value, came_by_localhost_, worker_.ports, is_known)) value = *std::move(mapped);
}

// Source: Envoy conn_manager_impl.cc, encodeHeaders (R-EDGE-8).
void Exchange::finish_headers(route::HeaderList& headers) {
  set_header(headers, "server", "istio-envoy");
  if (std::ranges::none_of(headers, [](const route::Header& h) { return h.first == "date"; }))
    headers.emplace_back("date", worker_.date());
}

// ---- attempts ----

void Exchange::forward() {
  state_ = State::kTrying;
  backend_ = decision_.picked == nullptr ? nullptr : set_->find(*decision_.picked->cluster);
  const bool has_nobody = backend_ == nullptr || backend_->kind == BackendKind::kNone ||
                          (backend_->kind == BackendKind::kEndpoints && backend_->endpoints.empty());
  if (has_nobody) return fail(UpstreamFailure::kNoHealthyHost);
  headers_ = route::upstream_headers(request_, decision_);
  if (head_.is_upgrade) upgrade_ = std::string(route::find_header(request_, "upgrade").value_or(""));
  if (!route::same_name(upgrade_, "websocket")) upgrade_.clear();
  backend_->state->active_requests.fetch_add(1, std::memory_order_relaxed);
  is_counted_ = true;
  try_upstream();
  if (request_complete_ && state_ != State::kDone) send_mirrors();
}

UpstreamHead Exchange::upstream_head() const {
  return {.method = request_.method,
          .target = decision_.target ? std::string_view(*decision_.target) : request_.target,
          .authority = decision_.authority.value_or(request_.authority),
          .headers = headers_,
          .body = head_.body,
          .length = head_.length,
          .upgrade = upgrade_};
}

// Round robin, passing over what was tried for this request as long as there is another.
// Source: Envoy's previous_hosts predicate (R-RT-7).
std::optional<std::size_t> Exchange::choose_endpoint() {
  const std::size_t count = backend_->endpoints.size();
  if (count == 0) return std::nullopt;
  const std::uint64_t first = backend_->state->next_endpoint.fetch_add(1, std::memory_order_relaxed);
  const rules::Forward* action = decision_.forward();
  const bool passes_over = action == nullptr || !action->retries || action->retries->ignore_previous_hosts;
  for (std::size_t i = 0; i < count && passes_over; ++i) {
    const std::size_t candidate = (first + i) % count;
    if (std::ranges::find(tried_, candidate) == tried_.end()) return candidate;
  }
  return first % count;
}

void Exchange::try_upstream() {
  state_ = State::kTrying;
  ++attempts_;
  if (attempts_ > 1) set_header(headers_, "x-envoy-attempt-count", std::to_string(attempts_));
  attempt_start_ = steady_clock::now();
  if (backend_->kind == BackendKind::kEcho) {
    attempt_ = std::make_shared<EchoStream>(worker_.loop, *this, [this](std::string_view body, std::uint64_t size) {
      const UpstreamHead head = upstream_head();
      return worker_.services.render_echo({.set = *set_,
                                           .request = request_,
                                           .decision = decision_,
                                           .method = head.method,
                                           .target = head.target,
                                           .authority = head.authority,
                                           .headers = headers_,
                                           .body = body,
                                           .body_size = size});
    });
  } else {
    const std::size_t chosen = choose_endpoint().value_or(0);
    tried_.push_back(chosen);
    attempt_ = worker_.pool.open(backend_->endpoints[chosen], backend_->tls, *this);
  }
  upstream_host_ = attempt_->upstream_address();
  attempt_->send_head(upstream_head());
  if (!replay_.empty()) attempt_->send_body(replay_);
  if (request_complete_) {
    attempt_->send_end();
    start_timeouts();
  }
}

void Exchange::drop_attempt() {
  try_timeout_.cancel();
  if (const std::shared_ptr<UpstreamStream> attempt = std::exchange(attempt_, nullptr)) {
    attempt->cancel();
    worker_.loop.bury(attempt);
  }
  if (std::exchange(is_counted_, false)) backend_->state->active_requests.fetch_sub(1, std::memory_order_relaxed);
}

// Whether the policy has a try left; says in the record when that is what it lacks.
bool Exchange::may_retry() {
  const std::uint32_t allowed = decision_.forward()->retries->attempts;
  if (attempts_ > allowed) {
    if (allowed > 0) add_flag("URX");
    return false;
  }
  return can_replay_;
}

void Exchange::retry() {
  if (const std::shared_ptr<UpstreamStream> attempt = std::exchange(attempt_, nullptr)) {
    attempt->cancel();
    worker_.loop.bury(attempt);
  }
  try_timeout_.cancel();
  state_ = State::kPausing;
  pause_.start(worker_.loop, retry_backoff(*decision_.forward()->retries, attempts_, worker_.random.next()), [this] {
    try_upstream();
    client_.resume_request();
  });
}

// ---- time ----

// The route's timeout spans all tries and begins when the request is complete (R-TO-2).
void Exchange::start_timeouts() {
  const rules::Forward* action = decision_.forward();
  if (action == nullptr || !upgrade_.empty()) return;
  if (action->timeout && attempts_ == 1) timeout_.start(worker_.loop, *action->timeout, [this] { on_timeout(); });
  start_try_timeout();
}

void Exchange::start_try_timeout() {
  const rules::Forward& action = *decision_.forward();
  if (!action.retries || !action.retries->per_try_timeout) return;
  const milliseconds limit = *action.retries->per_try_timeout;
  if (limit.count() == 0 || (action.timeout && limit >= *action.timeout)) return;  // R-TO-3
  try_timeout_.start(worker_.loop, limit, [this] { on_slow_try(); });
}

void Exchange::on_timeout() {
  if (state_ == State::kAnswering) {
    add_flag("UT");
    details_ = "response_timeout";
    client_.reset();
    return finish();
  }
  pause_.cancel();
  fail(UpstreamFailure::kRouteTimeout);
}

void Exchange::on_slow_try() {
  const rules::Forward* action = decision_.forward();
  if (retries_after_slow_try(*action->retries) && may_retry()) return retry();
  fail(UpstreamFailure::kPerTryTimeout);
}

// ---- the answer ----

void Exchange::on_response_head(MessageHead head) {
  if (head.status < 200 && head.status != 101) return pass_provisional(std::move(head));
  const rules::Forward* action = decision_.forward();
  if (action->retries && retries_after_answer(*action->retries, head) && may_retry()) return retry();

  try_timeout_.cancel();
  state_ = State::kAnswering;
  replay_ = {};
  can_replay_ = false;
  upstream_local_ = attempt_->local_address();
  service_time_ = std::chrono::duration_cast<milliseconds>(steady_clock::now() - attempt_start_);
  status_ = head.status;
  details_ = "via_upstream";
  grpc_status_ = grpc_status_in(head);

  route::HeaderList headers = end_to_end(head);
  set_header(headers, "x-envoy-upstream-service-time", std::to_string(service_time_->count()));
  route::edit_response(request_, decision_, headers);
  map_location(headers);
  finish_headers(headers);

  const bool is_tunnel = head.status == 101 && !upgrade_.empty();
  BodyKind body = head.body;
  if (body == BodyKind::kUntilClose) body = BodyKind::kOpenEnded;
  client_.send_head({.status = head.status,
                     .headers = headers,
                     .body = is_tunnel || is_head_request() ? BodyKind::kNone : body,
                     .length = head.length,
                     .upgrade = is_tunnel ? std::string_view(upgrade_) : std::string_view(),
                     .to_head = is_head_request()});
  if (!is_tunnel) return;
  timeout_.cancel();
  request_complete_ = false;
  attempt_->become_tunnel();
  client_.become_tunnel();
}

// Source: Envoy header_utility.cc, isSpecial1xx: others are dropped.
void Exchange::pass_provisional(MessageHead head) {
  if (head.status != 100 && head.status != 102 && head.status != 103) return;
  client_.send_provisional({.status = head.status, .headers = end_to_end(head)});
  if (attempt_ && !client_.has_room()) attempt_->pause(true);
}

void Exchange::on_response_body(std::string_view piece) {
  bytes_sent_ += piece.size();
  client_.send_body(piece);
  if (attempt_ && !client_.has_room()) attempt_->pause(true);
}

void Exchange::on_response_end() {
  worker_.loop.bury(std::exchange(attempt_, nullptr));
  client_.send_end();
  finish();
}

void Exchange::on_reset(ResetReason reason, const std::string& detail) {
  worker_.loop.bury(std::exchange(attempt_, nullptr));
  const UpstreamFailure failure = failure_of(reason);
  upstream_failure_ = detail;
  if (state_ == State::kAnswering) {
    add_flag(route::failure_reply(failure).flag);
    details_ = route::failure_details(failure, failure_context());
    client_.reset();
    return finish();
  }
  const rules::Forward* action = decision_.forward();
  if (action->retries && retries_after_reset(*action->retries, reason) && may_retry()) return retry();
  fail(failure);
}

void Exchange::on_upstream_room() { client_.resume_request(); }

void Exchange::on_client_room() {
  if (attempt_) attempt_->pause(false);
}

void Exchange::on_client_gone() {
  if (state_ == State::kDone) return;
  if (state_ != State::kAnswering) status_ = 0;
  add_flag("DC");
  details_ = "downstream_remote_disconnect";
  finish();
}

void Exchange::on_client_fault(const Fault& fault, std::size_t body_size) {
  if (state_ == State::kDone) return;
  status_ = fault.status;
  add_flag("DPE");
  details_ = fault.details;
  bytes_sent_ = body_size;
  finish();
}

// ---- mirrors ----

// Fire and forget, with the headers as they are edited; all mirrors share one draw (R-MIR-2, R-MIR-4).
void Exchange::send_mirrors() {
  const rules::Forward* action = decision_.forward();
  if (action == nullptr || action->mirrors.empty() || !can_replay_ || !upgrade_.empty()) return;
  UpstreamHead head = upstream_head();
  const std::string authority = route::mirror_authority(head.authority, set_->table->rules().mesh.version);
  head.authority = authority;
  for (const rules::Mirror& mirror : action->mirrors) {
    const Backend* backend = set_->find(*mirror.cluster);
    if (backend == nullptr || backend->kind != BackendKind::kEndpoints || backend->endpoints.empty()) continue;
    if (!route::fires(mirror.percent, draw_.mirror)) continue;
    send_mirror(worker_, *backend, head, replay_);
  }
}

// ---- the end ----

void Exchange::add_flag(std::string_view flag) {
  if (flag.empty()) return;
  if (!flags_.empty()) flags_ += ',';
  flags_ += flag;
}

void Exchange::finish() {
  if (state_ == State::kDone) return;
  drop_attempt();
  pause_.cancel();
  timeout_.cancel();
  state_ = State::kDone;
  ended_ = steady_clock::now();
  count();
  write_record();
}

// The cluster of the route that was found counts, whatever became of the request then (R-MET-4).
void Exchange::count() {
  const Backend* backend = backend_;
  if (backend == nullptr && decision_.picked != nullptr &&
      decision_.picked->cluster->existence != rules::Existence::kMissing)
    backend = set_->find(*decision_.picked->cluster);
  const bool is_grpc = route::is_grpc_request(request_);
  std::optional<std::int32_t> grpc_status;
  if (is_grpc) {
    if (decision_.grpc_status) grpc_status = static_cast<std::int32_t>(*decision_.grpc_status);
    if (!grpc_status) grpc_status = grpc_status_;
    if (!grpc_status && status_ != 0) grpc_status = static_cast<std::int32_t>(route::grpc_status_of(status_));
  }
  const WireBytes wire = client_.wire_bytes();
  worker_.metrics.count(
      {.service = backend == nullptr ? nullptr : &backend->state->service,
       .is_grpc = is_grpc,
       .status = status_,
       .grpc_status = grpc_status,
       .flags = flags_,
       .duration_ms = static_cast<std::uint64_t>(std::chrono::duration_cast<milliseconds>(ended_ - started_).count()),
       .bytes_received = wire.received,
       .bytes_sent = wire.sent});
}

void Exchange::write_record() {
  if (!worker_.services.log) return;
  const auto header = [this](std::string_view name) { return route::find_header(request_, name).value_or(""); };
  const rules::Rule* rule = decision_.rule();
  const bool has_cluster = decision_.picked != nullptr && decision_.outcome == route::Outcome::kForward;
  const std::string forwarded = [&] {
    const auto sent = header("x-forwarded-for");
    return sent.empty() ? connection_.peer_address : fmt::format("{},{}", sent, connection_.peer_address);
  }();
  worker_.services.log(
      {.start = start_,
       .method = request_.method,
       .path = request_.target,
       .protocol = head_.version == route::HttpVersion::kHttp10 ? "HTTP/1.0" : "HTTP/1.1",
       .status = status_,
       .flags = flags_,
       .details = details_,
       .upstream_failure = upstream_failure_,
       .bytes_received = bytes_received_,
       .bytes_sent = bytes_sent_,
       .duration = std::chrono::duration_cast<milliseconds>(ended_ - started_),
       .service_time = service_time_,
       .forwarded_for = forwarded,
       .user_agent = header("user-agent"),
       .request_id = request_id_,
       .authority = has_cluster ? decision_.authority.value_or(request_.authority) : request_.authority,
       .upstream_host = upstream_host_,
       .cluster = has_cluster ? std::string_view(decision_.picked->cluster->name) : std::string_view(),
       .upstream_local = upstream_local_,
       .downstream_local = connection_.local,
       .downstream_remote = connection_.peer,
       .sni = connection_.sni,
       .route_name = rule == nullptr ? std::string_view() : std::string_view(rule->name),
       .note = decision_.location});
}

}  // namespace wicket::proxy
