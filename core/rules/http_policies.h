// What goes along with forwarding: retries, mirrors, faults, CORS.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "rules/delegates.h"
#include "rules/lowering.h"

namespace wicket::rules {

/// A duration that limits something; nothing when absent or zero.
[[nodiscard]] std::optional<std::chrono::milliseconds> lower_limit(const model::Spanned<model::Duration>& duration);

/// What a rule without a word on it gets.
struct RetryDefaults {
  bool status_503 = false;        // retried up to Istio 1.23 (R-RT-2)
  bool is_hashed_to_one = false;  // one destination with consistent hashing: the same endpoint again (R-RT-7)
};

/// Null when retries are switched off. Source: Istio core/route/retry/retry.go, ConvertPolicy (R-RT-1..7).
[[nodiscard]] std::shared_ptr<const Retries> lower_retries(const model::HTTPRetry* retries,
                                                           const RetryDefaults& defaults);

/// Those that fire at all. Source: Istio core/route/route.go, MirrorPercent (R-MIR-1, R-MIR-3).
[[nodiscard]] std::vector<Mirror> lower_mirrors(const HttpRule& rule, const ServerContext& server,
                                                const Lowering& lowering);

/// Source: Istio core/route/route.go, TranslateFault (R-FLT-2..4).
[[nodiscard]] Fault lower_fault(const model::HTTPFaultInjection& fault);

/// Source: Istio core/route/route.go, TranslateCORSPolicy (R-CORS-2).
[[nodiscard]] Cors lower_cors(const model::CorsPolicy& policy, const model::Resource& resource);

}  // namespace wicket::rules
