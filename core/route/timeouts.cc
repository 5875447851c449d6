#include "route/timeouts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "route/grpc.h"
#include "route/matcher.h"

namespace wicket::route {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kMostDigits = 99'999'999;

void set(HeaderList& headers, std::string_view name, std::string value) {
  const auto is_it = [name](const Header& header) { return header.first == name; };
  const auto first = std::ranges::find_if(headers, is_it);
  if (first == headers.end()) {
    headers.emplace_back(name, std::move(value));
    return;
  }
  first->second = std::move(value);
  headers.erase(std::remove_if(std::next(first), headers.end(), is_it), headers.end());
}

}  // namespace

std::optional<milliseconds> parse_grpc_timeout(std::string_view text) {
  using namespace std::chrono;  // NOLINT(google-build-using-namespace): units
  if (text.size() < 2) return std::nullopt;
  std::int64_t number = 0;
  const char* const end = text.data() + text.size() - 1;
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end || number < 0 || number > kMostDigits) return std::nullopt;
  switch (text.back()) {
    case 'H':
      return hours(number);
    case 'M':
      return minutes(number);
    case 'S':
      return seconds(number);
    case 'm':
      return milliseconds(number);
    case 'u':
      return ceil<milliseconds>(microseconds(number));
    case 'n':
      return ceil<milliseconds>(nanoseconds(number));
    default:
      return std::nullopt;
  }
}

std::string grpc_timeout_text(milliseconds timeout) {
  constexpr std::array<std::pair<char, std::int64_t>, 3> kLarger = {{{'S', 1000}, {'M', 60}, {'H', 60}}};
  std::int64_t number = timeout.count();
  char unit = 'm';
  for (const auto& [larger, factor] : kLarger) {
    if (number <= kMostDigits) break;
    number /= factor;
    unit = larger;
  }
  return std::to_string(std::min(number, kMostDigits)) + unit;
}

Timeouts timeouts_of(const RequestView& request, const Decision& decision) {
  const rules::Forward* action = decision.forward();
  if (action == nullptr) return {};
  Timeouts timeouts{.whole = action->timeout.value_or(milliseconds(0))};
  if (is_grpc_request(request)) {
    const auto sent = parse_grpc_timeout(find_header(request, "grpc-timeout").value_or("")).value_or(milliseconds(0));
    const bool is_less = sent.count() > 0 && (timeouts.whole.count() == 0 || sent < timeouts.whole);
    if (is_less) timeouts.whole = sent;
  }
  if (action->retries) timeouts.per_try = action->retries->per_try_timeout.value_or(milliseconds(0));
  if (timeouts.whole.count() > 0 && timeouts.per_try >= timeouts.whole) timeouts.per_try = milliseconds(0);
  return timeouts;
}

void set_timeout_headers(const RequestView& request, const Timeouts& timeouts, milliseconds elapsed,
                         HeaderList& headers) {
  milliseconds expected = timeouts.per_try.count() > 0 ? timeouts.per_try : timeouts.whole;
  if (expected.count() == 0) return;
  if (timeouts.whole.count() > 0)  // 0 would be no limit; the timer is about to fire
    expected = std::max(std::min(expected, timeouts.whole - elapsed), milliseconds(1));
  set(headers, "x-envoy-expected-rq-timeout-ms", std::to_string(expected.count()));
  if (is_grpc_request(request)) set(headers, "grpc-timeout", grpc_timeout_text(expected));
}

}  // namespace wicket::route
