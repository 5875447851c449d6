// What a client gets when an upstream fails.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "rules/rule_set.h"

namespace wicket::route {

/// Why there is no answer of an upstream's to pass on.
enum class UpstreamFailure : std::uint8_t {
  kNoCluster,
  kNoHealthyHost,
  kLocalConnectFailure,
  kRemoteConnectFailure,
  kConnectTimeout,
  kConnectionTermination,
  kLocalReset,
  kLocalRefusedStream,
  kRemoteReset,
  kRemoteRefusedStream,
  kProtocolError,
  kOverflow,  // of a circuit breaker
  kRouteTimeout,
  kPerTryTimeout,
};

/// One row of the table of such answers. `reason` is the word for a reset, as texts and details have it; empty where
/// nothing was reset, and `body` and `details` are then the whole of theirs.
struct FailureReply {
  UpstreamFailure failure{};
  std::uint32_t status = 0;
  std::string_view flag;
  std::string_view reason;
  std::string_view body;
  std::string_view details;
};

/// All rows, one for each failure. Source: Envoy source/common/router/router.cc, onUpstreamReset, onResponseTimeout;
/// source/common/http/utility.cc, resetReasonToString (R-LR-2 to R-LR-10, R-LR-19).
[[nodiscard]] std::span<const FailureReply> failure_replies();
[[nodiscard]] const FailureReply& failure_reply(UpstreamFailure failure);

/// What else is known of a failure.
struct FailureContext {
  rules::IstioVersion version{};
  bool is_retried = false;               // other attempts went before
  bool has_started = false;              // the answer's head is on its way to the client
  std::string_view transport_failure{};  // what the connection says; empty: nothing
};

/// The answer's body. Up to Istio 1.30 it tells what the connection said; later only the log does (R-LR-4, R-LR-5).
[[nodiscard]] std::string failure_body(UpstreamFailure failure, const FailureContext& context);
/// The response code details, which no version hides anything from.
[[nodiscard]] std::string failure_details(UpstreamFailure failure, const FailureContext& context);
/// Flags as access logs write them, given in the order in which they were set: joined with commas, up to Istio 1.21 in
/// an order of Envoy's own. "-" when there are none. Source: Envoy source/common/stream_info/utility.cc (R-LR-18).
[[nodiscard]] std::string joined_flags(std::span<const std::string_view> flags, rules::IstioVersion version);

}  // namespace wicket::route
