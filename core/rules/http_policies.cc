#include "rules/http_policies.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "rules/http_action.h"
#include "rules/http_match.h"

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

// Missing is 100 %, an explicit zero switches the mirror off.
double mirror_percent(const HttpRule& rule) {
  if (const auto percentage = rule.pick(&model::HTTPRoute::mirror_percentage)) return *percentage->value;
  if (const auto percent = rule.pick(&model::HTTPRoute::mirror_percent)) return **percent.value;
  return 100;
}

struct GrpcStatus {
  std::string_view name;
  std::uint32_t code;
};
constexpr GrpcStatus kGrpcStatuses[] = {{"OK", 0},
                                        {"CANCELLED", 1},
                                        {"UNKNOWN", 2},
                                        {"INVALID_ARGUMENT", 3},
                                        {"NOT_FOUND", 5},
                                        {"DEADLINE_EXCEEDED", 4},
                                        {"ALREADY_EXISTS", 6},
                                        {"PERMISSION_DENIED", 7},
                                        {"ABORTED", 10},
                                        {"RESOURCE_EXHAUSTED", 8},
                                        {"FAILED_PRECONDITION", 9},
                                        {"OUT_OF_RANGE", 11},
                                        {"UNIMPLEMENTED", 12},
                                        {"INTERNAL", 13},
                                        {"UNAVAILABLE", 14},
                                        {"DATA_LOSS", 15},
                                        {"UNAUTHENTICATED", 16}};

std::optional<std::uint32_t> grpc_status(std::string_view name) {
  const auto* const found = std::ranges::find(kGrpcStatuses, name, &GrpcStatus::name);
  return found == std::end(kGrpcStatuses) ? std::nullopt : std::optional(found->code);
}

std::vector<std::string> strings(const model::List<model::Text>& list) {
  std::vector<std::string> values;
  values.reserve(list.size());
  for (const model::Text& text : list) values.emplace_back(*text);
  return values;
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

std::shared_ptr<const Retries> lower_retries(const model::HTTPRetry* retries, const RetryDefaults& defaults) {
  if (retries == nullptr) return usual_retries(defaults);
  if (*retries->attempts <= 0) return nullptr;
  Retries lowered = *usual_retries(defaults);
  lowered.attempts = static_cast<std::uint32_t>(*retries->attempts);
  if (!retries->retry_on->empty()) lower_conditions(*retries->retry_on, lowered);
  lowered.per_try_timeout = lower_limit(retries->per_try_timeout);
  lowered.backoff = lower_limit(retries->backoff);
  if (retries->retry_ignore_previous_hosts) lowered.ignore_previous_hosts = *retries->retry_ignore_previous_hosts;
  lowered.remote_localities = *retries->retry_remote_localities;
  return std::make_shared<const Retries>(std::move(lowered));
}

std::vector<Mirror> lower_mirrors(const HttpRule& rule, const ServerContext& server, const Lowering& lowering) {
  std::vector<Mirror> mirrors;
  const auto add = [&](const model::Destination& destination, const BoundService& service, double percent) {
    if (percent > 0) mirrors.push_back({lower_destination(destination, service, server.port, lowering), percent});
  };
  if (const auto mirror = rule.pick(&model::HTTPRoute::mirror))
    add(*mirror.value, *mirror.service, mirror_percent(rule));
  if (const auto list = rule.pick(&model::HTTPRoute::mirrors))
    for (const model::HTTPMirrorPolicy& policy : *list.value)
      if (policy.destination)
        add(*policy.destination, *list.service, policy.percentage ? *policy.percentage->value : 100);
  return mirrors;
}

// A missing percentage is 0 %, the opposite of a mirror's.
Fault lower_fault(const model::HTTPFaultInjection& fault) {
  Fault lowered;
  if (fault.delay && fault.delay->fixed_delay)
    lowered.delay =
        Delay{.duration = std::chrono::duration_cast<std::chrono::milliseconds>(*fault.delay->fixed_delay),
              .percent = fault.delay->percentage ? *fault.delay->percentage->value : double(*fault.delay->percent)};
  if (fault.abort) {
    Abort abort{.percent = fault.abort->percentage ? *fault.abort->percentage->value : 0};
    if (fault.abort->http_status) abort.http_status = static_cast<std::uint32_t>(*fault.abort->http_status);
    if (fault.abort->grpc_status) abort.grpc_status = grpc_status(*fault.abort->grpc_status);
    if (abort.http_status != 0 || abort.grpc_status) lowered.abort = abort;
  }
  return lowered;
}

Cors lower_cors(const model::CorsPolicy& policy, const model::Resource& resource) {
  Cors cors;
  for (const model::StringMatch& origin : policy.allow_origins) {
    StringPredicate& lowered = cors.allow_origins.emplace_back(lower_string(origin, resource));
    if (origin.regex) lowered.type = MatchType::kRegex;  // "*" has no special meaning here
  }
  if (policy.allow_origins.empty())
    for (const model::Text& origin : policy.allow_origin)
      cors.allow_origins.push_back(
          {.type = MatchType::kExact, .text = std::string(*origin), .span = resource.span(origin.node)});
  cors.allow_methods = strings(policy.allow_methods);
  cors.allow_headers = strings(policy.allow_headers);
  cors.expose_headers = strings(policy.expose_headers);
  if (policy.max_age) cors.max_age = std::chrono::duration_cast<std::chrono::seconds>(*policy.max_age);
  cors.allow_credentials = *policy.allow_credentials;
  cors.ignore_unmatched_preflights = *policy.unmatched_preflights == model::UnmatchedPreflights::kIgnore;
  return cors;
}

}  // namespace wicket::rules
