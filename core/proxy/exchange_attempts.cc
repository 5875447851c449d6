// What is asked of upstreams: attempts, the pauses between them, and mirrors.

#include "proxy/exchange.h"

#include <algorithm>
#include <string>
#include <utility>

#include "proxy/echo.h"
#include "proxy/hop_headers.h"
#include "proxy/mirror.h"
#include "proxy/retry.h"
#include "proxy/worker.h"
#include "route/mirror_host.h"

namespace wicket::proxy {

using route::UpstreamFailure;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

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
  attempt_start_ = attempts_ == 1 && !decision_.delay ? started_ : steady_clock::now();
  if (attempts_ > 1) {
    const auto elapsed = std::chrono::duration_cast<milliseconds>(attempt_start_ - completed_);
    set_header(headers_, "x-envoy-attempt-count", std::to_string(attempts_));
    route::set_timeout_headers(request_, timeouts_, request_complete_ ? elapsed : milliseconds(0), headers_);
  }
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
    attempt_ = worker_.pool.open({.endpoint = backend_->endpoints[chosen],
                                  .tls = backend_->tls,
                                  .authority = decision_.authority.value_or(request_.authority)},
                                 *this);
  }
  if (worker_.services.log) upstream_host_ = attempt_->upstream_address();
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
  if (!upgrade_.empty()) return;
  if (timeouts_.whole.count() > 0 && attempts_ == 1)
    timeout_.start(worker_.loop, timeouts_.whole, [this] { on_timeout(); });
  start_try_timeout();
}

void Exchange::start_try_timeout() {
  if (timeouts_.per_try.count() > 0) try_timeout_.start(worker_.loop, timeouts_.per_try, [this] { on_slow_try(); });
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

}  // namespace wicket::proxy
