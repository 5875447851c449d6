// One request and its answer.
//
//   state       what is awaited                          goes on with
//   kDelaying   the end of an injected delay             the decision's answer, or an attempt
//   kTrying     an attempt's answer                      kAnswering, kPausing (retry), a local answer
//   kPausing    the end of the pause before a retry      kTrying
//   kAnswering  the rest of an answer that was begun     kDone
//   kDone       nothing; the record is written
//
// The body of the request flows in every state but kDone: to the attempt, and into a bounded copy from which another
// attempt or a mirror starts over.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/client.h"
#include "proxy/http1_guard.h"
#include "proxy/net.h"
#include "proxy/serving_set.h"
#include "proxy/upstream.h"
#include "route/decide.h"
#include "route/headers.h"
#include "route/local_reply.h"
#include "route/timeouts.h"

namespace wicket::proxy {

class Worker;

class Exchange final : public UpstreamEvents, public std::enable_shared_from_this<Exchange> {
 public:
  /// References outlive the exchange.
  Exchange(Worker& worker, ClientStream& client, const ConnectionFacts& connection, MessageHead head);
  ~Exchange() override;

  /// Decides and begins. Pins the table until the record is written.
  void start();
  void on_request_body(std::string_view piece);
  void on_request_end();
  /// Whether more of the body may come; ClientStream::resume_request() tells when it may again.
  [[nodiscard]] bool wants_body() const;
  [[nodiscard]] bool is_done() const { return state_ == State::kDone; }
  /// ClientStream::has_room() is true again.
  void on_client_room();
  /// Nobody waits for the answer any more.
  void on_client_gone();
  /// What the client sends on makes no sense; it has been told so, in a body of this size.
  void on_client_fault(const Fault& fault, std::size_t body_size);

  void on_response_head(MessageHead head) override;
  void on_response_body(std::string_view piece) override;
  void on_response_end() override;
  void on_reset(ResetReason reason, const std::string& detail) override;
  void on_upstream_room() override;

 private:
  enum class State : std::uint8_t { kDelaying, kTrying, kPausing, kAnswering, kDone };

  void understand_request();
  void proceed();
  void answer();
  void refuse();
  void fail(route::UpstreamFailure failure);
  [[nodiscard]] route::FailureContext failure_context() const;
  void forward();
  void try_upstream();
  [[nodiscard]] std::optional<std::size_t> choose_endpoint();
  [[nodiscard]] bool may_retry();
  void retry();
  void start_timeouts();
  void pass_provisional(MessageHead head);
  void start_try_timeout();
  void on_timeout();
  void on_slow_try();
  void drop_attempt();
  void send_mirrors();
  /// Of flags that live as long as the program.
  void add_flag(std::string_view flag);
  [[nodiscard]] std::string client_text() const;
  [[nodiscard]] std::string_view logged_path() const;
  void map_location(route::HeaderList& headers) const;
  void finish_headers(route::HeaderList& headers);
  void finish();
  void write_record();
  void count();
  [[nodiscard]] UpstreamHead upstream_head() const;
  [[nodiscard]] bool is_head_request() const { return request_.method == "HEAD"; }

  Worker& worker_;
  ClientStream& client_;
  const ConnectionFacts& connection_;
  std::shared_ptr<const ServingSet> set_;
  State state_ = State::kDelaying;

  // the request
  MessageHead head_;
  std::string authority_;  // as the gateway would have got it, where that differs
  std::string scheme_, target_;
  std::string request_id_;
  route::RequestView request_;
  bool came_by_localhost_ = false;
  std::string upgrade_;
  bool request_complete_ = false;
  std::chrono::steady_clock::time_point completed_;
  std::string replay_;  // the body so far
  bool can_replay_ = true;

  // the decision
  route::Draw draw_;
  route::Timeouts timeouts_;
  route::Decision decision_;
  const Backend* backend_ = nullptr;
  route::HeaderList headers_;  // that go upstream

  // attempts
  std::shared_ptr<UpstreamStream> attempt_;
  std::uint32_t attempts_ = 0;
  std::vector<std::size_t> tried_;  // endpoints
  bool is_counted_ = false;         // among the cluster's active requests
  std::chrono::steady_clock::time_point attempt_start_;
  std::string failure_body_;
  bool is_last_ = false;  // of the connection

  // timers
  Timer pause_;  // a delay, or the pause before a retry
  Timer timeout_;
  Timer try_timeout_;

  // for the record
  std::chrono::system_clock::time_point start_;
  std::chrono::steady_clock::time_point started_, ended_;
  std::vector<std::string_view> flag_list_;
  std::string flags_;  // as they are written; at the end
  std::string details_;
  std::string upstream_failure_;
  std::string upstream_host_, upstream_local_;
  std::uint32_t status_ = 0;
  std::uint64_t bytes_received_ = 0, bytes_sent_ = 0;
  std::optional<std::int32_t> grpc_status_;  // that the upstream told
  std::optional<std::chrono::milliseconds> service_time_;
};

}  // namespace wicket::proxy
