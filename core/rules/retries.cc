#include "rules/retries.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace wicket::rules {
namespace {

constexpr std::string_view kDefaultRetryOn =
    "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes";
constexpr std::string_view kByStatusCode = "retriable-status-codes";

// Numbers that are statuses with a name in Go's net/http.
constexpr bool is_known_status(std::uint32_t code) {
  constexpr std::array kRanges = {std::pair{100U, 103U}, std::pair{200U, 208U}, std::pair{226U, 226U},
                                  std::pair{300U, 305U}, std::pair{307U, 308U}, std::pair{400U, 418U},
                                  std::pair{421U, 426U}, std::pair{428U, 429U}, std::pair{431U, 431U},
                                  std::pair{451U, 451U}, std::pair{500U, 508U}, std::pair{510U, 511U}};
  return std::ranges::any_of(kRanges, [code](const auto& r) { return code >= r.first && code <= r.second; });
}

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Words stay, numbers become status codes and bring their word along (R-RT-4).
void lower_conditions(std::string_view text, Retries& retries) {
  retries.retry_on.clear();
  retries.status_codes.clear();
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view word = trim(text.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    if (word.empty()) continue;
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), code);
    if (error == std::errc() && end == word.data() + word.size() && is_known_status(code)) {
      retries.status_codes.push_back(code);
    } else {
      retries.retry_on.append(retries.retry_on.empty() ? "" : ",").append(word);
    }
  }
  // Istio puts the comma also where nothing stands in front of it.
  if (!retries.status_codes.empty() && retries.retry_on.find(kByStatusCode) == std::string::npos)
    retries.retry_on.append(",").append(kByStatusCode);
}

std::shared_ptr<const Retries> make_usual_retries(const RetryDefaults& defaults) {
  Retries retries{.attempts = 2, .retry_on = std::string(kDefaultRetryOn)};
  if (defaults.status_503) retries.status_codes = {503};
  retries.ignore_previous_hosts = !defaults.is_hashed_to_one;
  return std::make_shared<const Retries>(std::move(retries));
}

// One for all the rules that say nothing of retries: there are many, and these are large.
const std::shared_ptr<const Retries>& usual_retries(const RetryDefaults& defaults) {
  static const std::shared_ptr<const Retries> kUsual[] = {
      make_usual_retries({.status_503 = false, .is_hashed_to_one = false}),
      make_usual_retries({.status_503 = false, .is_hashed_to_one = true}),
      make_usual_retries({.status_503 = true, .is_hashed_to_one = false}),
      make_usual_retries({.status_503 = true, .is_hashed_to_one = true})};
  return kUsual[(defaults.status_503 ? 2 : 0) + (defaults.is_hashed_to_one ? 1 : 0)];
}

}  // namespace

std::optional<std::chrono::milliseconds> lower_limit(const model::Spanned<model::Duration>& duration) {
  if (!duration || duration->count() <= 0) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::milliseconds>(*duration);
}

std::shared_ptr<const Retries> RetryPolicies::lower(const model::HTTPRetry* retries, const RetryDefaults& defaults) {
  if (retries == nullptr) return usual_retries(defaults);
  if (*retries->attempts <= 0) return nullptr;
  const auto attempts = static_cast<std::uint32_t>(*retries->attempts);
  const Limit per_try_timeout = lower_limit(retries->per_try_timeout);
  const Limit backoff = lower_limit(retries->backoff);
  const bool ignore_previous_hosts =
      retries->retry_ignore_previous_hosts ? *retries->retry_ignore_previous_hosts : !defaults.is_hashed_to_one;
  const bool remote_localities = *retries->retry_remote_localities;
  std::shared_ptr<const Retries>& known = known_[{attempts, *retries->retry_on, per_try_timeout, backoff,
                                                  ignore_previous_hosts, remote_localities, defaults.status_503}];
  if (known != nullptr) return known;
  Retries lowered = *usual_retries(defaults);
  lowered.attempts = attempts;
  if (!retries->retry_on->empty()) lower_conditions(*retries->retry_on, lowered);
  lowered.per_try_timeout = per_try_timeout;
  lowered.backoff = backoff;
  lowered.ignore_previous_hosts = ignore_previous_hosts;
  lowered.remote_localities = remote_localities;
  known = std::make_shared<const Retries>(std::move(lowered));
  return known;
}

}  // namespace wicket::rules
