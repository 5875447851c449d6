// Whether a failed attempt is made again, and when.
#pragma once

#include <chrono>
#include <cstdint>

#include "proxy/message.h"
#include "proxy/upstream.h"
#include "route/decision.h"

namespace wicket::proxy {

/// After an attempt without answer; a try that took too long counts as a reset.
/// Source: Envoy source/common/router/retry_state_impl.cc, wouldRetryFromReset (R-RT-5).
[[nodiscard]] bool retries_after_reset(const rules::Retries& policy, ResetReason reason);
[[nodiscard]] bool retries_after_slow_try(const rules::Retries& policy);
/// After an answer. Source: the same file, wouldRetryFromHeaders (R-RT-5).
[[nodiscard]] bool retries_after_answer(const rules::Retries& policy, const MessageHead& head);

/// The pause in front of retry number `retry`, which counts from 1: a random part of an interval that doubles.
/// Source: Envoy source/common/common/backoff_strategy.cc, JitteredExponentialBackOffStrategy (R-RT-6).
[[nodiscard]] std::chrono::milliseconds retry_backoff(const rules::Retries& policy, std::uint32_t retry,
                                                      std::uint64_t random);

}  // namespace wicket::proxy
