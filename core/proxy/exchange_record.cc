// The end of an exchange, and what is kept of it: counts and a line in the log.

#include "proxy/exchange.h"

#include <string>
#include <utility>

#include "proxy/worker.h"
#include "route/client_address.h"
#include "route/grpc.h"
#include "route/headers.h"

namespace wicket::proxy {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// ---- the end ----

void Exchange::add_flag(std::string_view flag) {
  if (!flag.empty()) flag_list_.push_back(flag);
}

void Exchange::finish() {
  if (state_ == State::kDone) return;
  drop_attempt();
  pause_.cancel();
  timeout_.cancel();
  state_ = State::kDone;
  ended_ = steady_clock::now();
  if (!flag_list_.empty()) flags_ = route::joined_flags(flag_list_, set_->table->rules().mesh.version);
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

// The client as logs have it: where an address of x-forwarded-for is believed, the port is not known.
// Source: Envoy source/common/http/conn_manager_utility.cc, mutateRequestHeaders: setRemoteAddress (R-EDGE-1).
std::string Exchange::client_text() const {
  const std::string_view address = route::client_address(request_, decision_.trusted_proxies);
  if (address.data() == request_.peer_address.data()) return connection_.peer;
  return Endpoint{std::string(address), 0}.text();
}

// As the gateway had it when it decided, in front of a rewrite of the rule's (R-LOG-2).
std::string_view Exchange::logged_path() const {
  if (request_.method == "CONNECT") return {};
  if (decision_.is_rewritten) return decision_.original_target;
  return decision_.target ? std::string_view(*decision_.target) : request_.target;
}

void Exchange::write_record() {
  if (!worker_.services.log) return;
  const auto header = [this](std::string_view name) { return route::find_header(request_, name).value_or(""); };
  const rules::Rule* rule = decision_.rule();
  const bool has_cluster = decision_.picked != nullptr && decision_.outcome == route::Outcome::kForward;
  const std::string forwarded = route::forwarded_for(request_);
  const std::string client = client_text();
  worker_.services.log(
      {.start = start_,
       .method = request_.method,
       .path = logged_path(),
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
       .downstream_remote = client,
       .sni = connection_.sni,
       .route_name = rule == nullptr ? std::string_view() : std::string_view(rule->name),
       .note = decision_.location});
}

}  // namespace wicket::proxy
