#include "proxy/retry.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "proxy/limits.h"
#include "route/matcher.h"

namespace wicket::proxy {
namespace {

bool has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(','));
    if (item == word) return true;
    list.remove_prefix(std::min(list.size(), item.size() + 1));
  }
  return false;
}

std::string_view header(const MessageHead& head, std::string_view name) {
  const auto found =
      std::ranges::find_if(head.headers, [name](const auto& line) { return route::same_name(line.name, name); });
  return found == head.headers.end() ? std::string_view() : found->value;
}

bool fails_grpc(std::string_view list, std::string_view status) {
  struct Word {
    std::string_view word;
    std::string_view status;
  };
  constexpr std::array<Word, 5> kWords = {{{"cancelled", "1"},
                                           {"deadline-exceeded", "4"},
                                           {"resource-exhausted", "8"},
                                           {"internal", "13"},
                                           {"unavailable", "14"}}};
  return std::ranges::any_of(kWords, [&](const Word& w) { return w.status == status && has_word(list, w.word); });
}

}  // namespace

bool retries_after_reset(const rules::Retries& policy, ResetReason reason) {
  const std::string_view list = policy.retry_on;
  if (has_word(list, "reset") || has_word(list, "5xx") || has_word(list, "gateway-error")) return true;
  const bool no_connection = reason == ResetReason::kConnectFailure || reason == ResetReason::kConnectTimeout;
  return no_connection && (has_word(list, "connect-failure") || has_word(list, "reset-before-request"));
}

bool retries_after_slow_try(const rules::Retries& policy) {
  const std::string_view list = policy.retry_on;
  return has_word(list, "reset") || has_word(list, "5xx") || has_word(list, "gateway-error");
}

bool retries_after_answer(const rules::Retries& policy, const MessageHead& head) {
  const std::string_view list = policy.retry_on;
  const bool is_limited = !header(head, "x-envoy-ratelimited").empty();
  if (is_limited) return has_word(list, "envoy-ratelimited");
  if (head.status >= 500 && has_word(list, "5xx")) return true;
  if (head.status >= 502 && head.status <= 504 && has_word(list, "gateway-error")) return true;
  if (head.status == 409 && has_word(list, "retriable-4xx")) return true;
  if (has_word(list, "retriable-status-codes") &&
      std::ranges::find(policy.status_codes, head.status) != policy.status_codes.end())
    return true;
  const std::string_view grpc = header(head, "grpc-status");
  return !grpc.empty() && fails_grpc(list, grpc);
}

std::chrono::milliseconds retry_backoff(const rules::Retries& policy, std::uint32_t retry, std::uint64_t random) {
  const auto base = std::max(policy.backoff.value_or(limits::kBackoff), std::chrono::milliseconds(1));
  const std::uint32_t doublings = std::min<std::uint32_t>(retry > 0 ? retry - 1 : 0, 8);
  const auto interval = std::min(base * (1U << doublings), base * limits::kBackoffCap);
  return std::chrono::milliseconds(random % static_cast<std::uint64_t>(interval.count()));
}

}  // namespace wicket::proxy
