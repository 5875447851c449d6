// Time, retries, CORS, edits of headers, and what has no effect: WK537 to WK539, WK545, WK546, WK549.
// Source: Envoy source/common/router/retry_state_impl.cc and source/extensions/filters/http/cors; Istio
// pilot/pkg/networking/core/route/retry.
#include <algorithm>
#include <array>
#include <optional>

#include "check/http_text.h"
#include "check/routing.h"
#include "check/words.h"
#include "model/duration.h"
#include "route/regex.h"

namespace wicket::check::routing {
namespace {

using model::HTTPRoute;
using model::Text;

// ---- time ----

void check_times(const Subject& subject, const HTTPRoute& route) {
  if (!route.retries || !route.timeout || *route.timeout <= model::Duration(0)) return;
  const model::HTTPRetry& retries = *route.retries;
  if (!retries.attempts || *retries.attempts < 1) return;
  constexpr std::int32_t kMany = 1000;  // nobody waits for more, and the product stays in range
  const model::Duration timeout = *route.timeout;
  if (retries.backoff && *retries.backoff >= timeout)
    subject
        .report(wk("WK537"), subject.places.value(retries.backoff.node),
                "the back-off of {} is not shorter than the timeout of {}", model::format_duration(*retries.backoff),
                model::format_duration(timeout))
        .note(subject.resource.span(route.timeout.node), "the timeout")
        .help("no retry happens before the timeout; give it more time");
  constexpr model::Duration kDay = std::chrono::hours(24);
  if (!retries.per_try_timeout || *retries.per_try_timeout <= model::Duration(0) || *retries.per_try_timeout > kDay)
    return;
  const model::Duration one = *retries.per_try_timeout;
  const model::Duration all = one * (std::min(*retries.attempts, kMany) + 1);
  if (all <= timeout) return;
  auto finding = subject.report(
      wk("WK537"), subject.places.value(retries.per_try_timeout.node), "{} tries of {} need {}, the timeout is {}",
      *retries.attempts + 1, model::format_duration(one), model::format_duration(all), model::format_duration(timeout));
  finding.note(subject.resource.span(route.timeout.node), "the timeout")
      .help("the timeout is for all tries together; raise it, or shorten each try");
  if (one <= timeout && all - timeout < one) finding.level(Severity::kInfo);
}

// ---- retries ----

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

struct Token {
  std::string_view text;
  yaml::ScalarPart part;
};

std::vector<Token> tokens(std::string_view list) {
  std::vector<Token> found;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    std::size_t begin = at;
    std::size_t end = comma;
    while (begin < end && list[begin] == ' ') ++begin;
    while (end > begin && list[end - 1] == ' ') --end;
    if (begin < end) found.push_back({list.substr(begin, end - begin), {.offset = begin, .size = end - begin}});
    at = comma + 1;
  }
  return found;
}

/// Whether a condition on the method takes this one; a pattern that cannot be read takes all.
bool takes_method(const model::StringMatch& condition, std::string_view method) {
  if (condition.exact) return *condition.exact == method;
  if (condition.prefix) return method.starts_with(*condition.prefix);
  if (!condition.regex) return true;
  const auto regex = route::Regex::compile(*condition.regex);
  return !regex || regex->full_match(method);
}

/// POST or PATCH, where some match asks for it: not one that takes every method.
std::string_view unsafe_method(const HTTPRoute& route) {
  for (const model::HTTPMatchRequest& match : route.match) {
    if (!match.method || (!match.method->exact && !match.method->regex) || takes_method(*match.method, "-")) continue;
    for (const std::string_view method : {"POST", "PATCH"})
      if (takes_method(*match.method, method)) return method;
  }
  return {};
}

bool repeats_executed(std::string_view token) {
  static constexpr std::array<std::string_view, 7> kAfterwards = {
      "5xx", "gateway-error", "retriable-4xx", "reset", "retriable-status-codes", "deadline-exceeded", "internal"};
  return std::ranges::find(kAfterwards, token) != kAfterwards.end() || is_number(token);
}

bool sets_status_codes(const HTTPRoute& route) {
  if (!route.headers || !route.headers->request) return false;
  const auto names = [](const model::TextMap& map) {
    return std::ranges::any_of(
        map, [](const auto& entry) { return equal_ignoring_case(entry.key, "x-envoy-retriable-status-codes"); });
  };
  return names(route.headers->request->set) || names(route.headers->request->add);
}

void check_retries(const Subject& subject, const HTTPRoute& route) {
  if (!route.retries || !route.retries->retry_on) return;
  if (route.retries->attempts && *route.retries->attempts == 0) return;  // WK357: there are none
  const Text& on = route.retries->retry_on;
  const std::vector<Token> all = tokens(*on);
  const std::string_view method = unsafe_method(route);
  const bool has_status = std::ranges::any_of(all, [](const Token& token) { return is_number(token.text); });
  for (const Token& token : all) {
    const Place place = subject.places.part(on.node, token.part);
    if (!method.empty() && repeats_executed(token.text))
      subject.report(wk("WK538"), place, "{} repeats a {} that may have been executed", token.text, method)
          .help("connect-failure, refused-stream and reset-before-request are safe");
    if (token.text == "retriable-status-codes" && !has_status && !sets_status_codes(route))
      subject.report(wk("WK539"), place, "retriable-status-codes names no status")
          .help("add the numbers to retryOn: retriable-status-codes,503");
    if (token.text == "retriable-headers")
      subject.report(wk("WK539"), place, "retriable-headers has no effect: there is no field for the headers")
          .help("name status numbers instead");
  }
}

// ---- CORS ----

/// Whether a match takes no OPTIONS, as far as its text tells.
bool excludes_options(const model::HTTPMatchRequest& match) {
  return match.method && !takes_method(*match.method, "OPTIONS");
}

bool may_take_options(const HTTPRoute& route) {
  return route.match.empty() || !std::ranges::all_of(route.match, excludes_options);
}

void check_preflight(const Subject& subject, const HTTPRoute& route) {
  if (!route.cors_policy || subject.is_delegate || route.delegate || may_take_options(route)) return;
  for (const HTTPRoute& other : subject.spec.http)
    if (other.delegate || (other.cors_policy && may_take_options(other))) return;
  subject
      .report(wk("WK545"), subject.places.key(route.match[0].method->node),
              "preflight requests (OPTIONS) do not reach this rule, nor its corsPolicy")
      .note(subject.places.key(route.cors_policy->node).span, "the policy")
      .help("add a match with method OPTIONS");
}

// ---- edits of headers ----

bool is_told_elsewhere(std::string_view name) {
  return name.empty() || name.starts_with(':') || equal_ignoring_case(name, "host");
}

void check_operations(const Subject& subject, const model::Headers* headers) {
  if (headers == nullptr) return;
  const auto tell = [&](const Place& place, std::string_view name) {
    if (is_told_elsewhere(name) || is_header_name(name)) return;
    subject.report(wk("WK546"), place, "{} is not a header name", quoted(name))
        .help("a header name has letters, digits and !#$%&'*+.^_`|~-");
  };
  for (const model::HeaderOperations* operations : {headers->request.get(), headers->response.get()}) {
    if (operations == nullptr) continue;
    for (const auto* map : {&operations->set, &operations->add})
      for (const auto& entry : *map) tell(subject.places.key(entry.value.node), entry.key);
    for (const Text& name : operations->remove)
      if (name) tell(subject.places.value(name.node), *name);
  }
}

// ---- without effect ----

void check_idle_fields(const Subject& subject, const HTTPRoute& route) {
  if ((!route.redirect && !route.direct_response) || route.delegate) return;
  const std::string_view action = route.redirect ? "redirect" : "directResponse";
  const auto tell = [&](yaml::NodeId node, std::string_view field) {
    subject.report(wk("WK549"), subject.places.key(node), "{} has no effect beside {}", field, action)
        .help("the gateway answers such requests itself; remove the field");
  };
  if (route.timeout) tell(route.timeout.node, "timeout");
  if (route.retries) tell(route.retries->node, "retries");
  if (route.mirror) tell(route.mirror->node, "mirror");
  if (!route.mirrors.empty()) tell(route.mirrors.node, "mirrors");
}

}  // namespace

void check_policies(const Subject& subject, std::size_t index) {
  const HTTPRoute& route = subject.spec.http[index];
  check_times(subject, route);
  check_retries(subject, route);
  check_preflight(subject, route);
  check_operations(subject, route.headers.get());
  for (const model::HTTPRouteDestination& item : route.route) check_operations(subject, item.headers.get());
  check_idle_fields(subject, route);
}

}  // namespace wicket::check::routing
