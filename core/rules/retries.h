// Retries of rules, and the limits in time of which they have some.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>

#include "model/virtual_service.h"
#include "rules/rule_set.h"

namespace wicket::rules {

/// A duration that limits something; nothing when absent or zero.
[[nodiscard]] std::optional<std::chrono::milliseconds> lower_limit(const model::Spanned<model::Duration>& duration);

/// What a rule without a word on it gets.
struct RetryDefaults {
  bool status_503 = false;        // retried up to Istio 1.23 (R-RT-2)
  bool is_hashed_to_one = false;  // one destination with consistent hashing: the same endpoint again (R-RT-7)
};

/// The retries of all rules, one object for those that say the same: there are many, and they are large. Refers to the
/// texts that they are made from.
class RetryPolicies {
 public:
  /// Null when retries are switched off. `retries`: null where the rule has none.
  /// Source: Istio core/route/retry/retry.go, ConvertPolicy (R-RT-1..7).
  [[nodiscard]] std::shared_ptr<const Retries> lower(const model::HTTPRetry* retries, const RetryDefaults& defaults);

 private:
  using Limit = std::optional<std::chrono::milliseconds>;
  // attempts, retryOn, perTryTimeout, backoff, retryIgnorePreviousHosts, retryRemoteLocalities, and of the defaults
  // whether 503 is retried
  using Key = std::tuple<std::uint32_t, std::string_view, Limit, Limit, bool, bool, bool>;
  std::map<Key, std::shared_ptr<const Retries>> known_;
};

}  // namespace wicket::rules
