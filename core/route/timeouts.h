// How long the answer of an upstream may take.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "route/decision.h"
#include "route/headers.h"
#include "route/request.h"

namespace wicket::route {

/// Zero: no limit.
struct Timeouts {
  std::chrono::milliseconds whole{0};  // of all tries together, from the end of the request on
  std::chrono::milliseconds per_try{0};
};

/// The rule's. A gRPC client says by itself how long it waits, and the rule's timeout is the most that it may say; a
/// try that may take as long as all of them has no limit of its own. Source: Istio core/route/route.go, setTimeout;
/// Envoy source/common/router/router.cc, finalTimeout (R-TO-1, R-TO-3).
[[nodiscard]] Timeouts timeouts_of(const RequestView& request, const Decision& decision);

/// Tells the upstream how long it has: in x-envoy-expected-rq-timeout-ms, and a gRPC service in grpc-timeout as well.
/// Units:  `elapsed` has gone by since the request was complete.
/// Source: Envoy source/common/router/router.cc, setTimeoutHeaders (R-TO-3, R-TO-4).
void set_timeout_headers(const RequestView& request, const Timeouts& timeouts, std::chrono::milliseconds elapsed,
                         HeaderList& headers);

/// The value of grpc-timeout, fractions of a millisecond rounded up; nothing when it is none.
/// Source: Envoy source/common/grpc/common.cc, getGrpcTimeout.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_grpc_timeout(std::string_view text);
/// And back, in the smallest unit that eight digits are enough for, rounded down.
/// Source: Envoy source/common/grpc/common.cc, toGrpcTimeout.
[[nodiscard]] std::string grpc_timeout_text(std::chrono::milliseconds timeout);

}  // namespace wicket::route
