#include "proxy/retry.h"

#include <string>

#include "support/catch.h"

namespace wicket::proxy {
namespace {

using namespace std::chrono_literals;

rules::Retries policy(std::string retry_on, std::vector<std::uint32_t> codes = {}) {
  rules::Retries retries;
  retries.retry_on = std::move(retry_on);
  retries.status_codes = std::move(codes);
  return retries;
}

TEST_CASE("R-RT-5 which words retry which failures") {
  struct Case {
    const char* word;
    bool connect;
    bool termination;
    bool slow;
  };
  constexpr Case kCases[] = {
      {"5xx", true, true, true},
      {"gateway-error", true, true, true},
      {"reset", true, true, true},
      {"connect-failure", true, false, false},
      {"refused-stream", false, false, false},
      {"connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes", true, false, false},
      {"retriable-4xx", false, false, false},
      {"", false, false, false},
      {"xreset", false, false, false},
  };
  for (const Case& c : kCases) {
    INFO(c.word);
    CHECK(retries_after_reset(policy(c.word), ResetReason::kConnectFailure) == c.connect);
    CHECK(retries_after_reset(policy(c.word), ResetReason::kConnectTimeout) == c.connect);
    CHECK(retries_after_reset(policy(c.word), ResetReason::kTermination) == c.termination);
    CHECK(retries_after_slow_try(policy(c.word)) == c.slow);
  }
}

TEST_CASE("R-RT-5 which words retry which answers") {
  struct Case {
    const char* words;
    std::uint32_t status;
    const char* header;
    const char* value;
    bool want;
  };
  constexpr Case kCases[] = {
      {"5xx", 500, "", "", true},
      {"5xx", 599, "", "", true},
      {"5xx", 404, "", "", false},
      {"gateway-error", 500, "", "", false},
      {"gateway-error", 502, "", "", true},
      {"gateway-error", 504, "", "", true},
      {"retriable-4xx", 409, "", "", true},
      {"retriable-4xx", 404, "", "", false},
      {"retriable-status-codes", 418, "", "", true},
      {"retriable-status-codes", 503, "", "", false},
      {"reset", 503, "", "", false},
      {"connect-failure", 503, "", "", false},
      {"unavailable", 200, "grpc-status", "14", true},
      {"unavailable", 200, "grpc-status", "13", false},
      {"internal,cancelled", 200, "grpc-status", "1", true},
      {"5xx", 503, "x-envoy-ratelimited", "true", false},
      {"envoy-ratelimited", 429, "x-envoy-ratelimited", "true", true},
  };
  for (const Case& c : kCases) {
    INFO(c.words << " " << c.status);
    MessageHead head;
    head.status = c.status;
    if (*c.header != '\0') head.headers.push_back({c.header, c.value});
    CHECK(retries_after_answer(policy(c.words, {418}), head) == c.want);
  }
}

TEST_CASE("R-RT-6 the pause is a random part of an interval that doubles up to ten times the base") {
  rules::Retries retries = policy("5xx");
  constexpr std::uint64_t kMost = 0xFFFF'FFFF'FFFF'FFFF;
  CHECK(retry_backoff(retries, 1, 24) == 24ms);
  CHECK(retry_backoff(retries, 1, 25) == 0ms);
  CHECK(retry_backoff(retries, 2, 49) == 49ms);
  for (std::uint32_t retry = 1; retry < 40; ++retry) CHECK(retry_backoff(retries, retry, kMost) < 250ms);
  retries.backoff = 1s;
  CHECK(retry_backoff(retries, 1, 999) == 999ms);
  CHECK(retry_backoff(retries, 20, 9999) == 9999ms);
  CHECK(retry_backoff(retries, 20, 10'000) == 0ms);
}

}  // namespace
}  // namespace wicket::proxy
