// What the client gets: the upstream's answer, or one in its place.

#include "proxy/exchange.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>
#include <utility>

#include "proxy/hop_headers.h"
#include "proxy/retry.h"
#include "proxy/served_hosts.h"
#include "proxy/worker.h"
#include "route/matcher.h"

namespace wicket::proxy {

using route::UpstreamFailure;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

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

// ---- the answer ----

void Exchange::on_response_head(MessageHead head) {
  if (head.status < 200 && head.status != 101) return pass_provisional(std::move(head));
  const rules::Forward* action = decision_.forward();
  if (action->retries && retries_after_answer(*action->retries, head) && may_retry()) return retry();

  try_timeout_.cancel();
  state_ = State::kAnswering;
  replay_ = {};
  can_replay_ = false;
  if (worker_.services.log) upstream_local_ = attempt_->local_address();
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

// ---- in the upstream's place ----

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

}  // namespace wicket::proxy
