#include "route/timeouts.h"

#include "router.h"
#include "support/catch.h"

namespace wicket::route {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using test::rules_router;

TEST_CASE("grpc-timeout is up to eight digits and a unit") {
  struct Case {
    const char* text;
    std::optional<milliseconds> want;
  };
  for (const Case& c :
       {Case{"5S", milliseconds(5000)}, Case{"250m", milliseconds(250)}, Case{"2M", milliseconds(120'000)},
        Case{"1H", milliseconds(3'600'000)}, Case{"1001u", milliseconds(2)}, Case{"1n", milliseconds(1)},
        Case{"0m", milliseconds(0)}, Case{"99999999m", milliseconds(99'999'999)}, Case{"100000000m", std::nullopt},
        Case{"5", std::nullopt}, Case{"5s", std::nullopt}, Case{"S", std::nullopt}, Case{"-1S", std::nullopt},
        Case{"1.5S", std::nullopt}, Case{"", std::nullopt}}) {
    INFO(c.text);
    CHECK(parse_grpc_timeout(c.text) == c.want);
  }
}

TEST_CASE("grpc-timeout is written in the smallest unit that has room for it") {
  CHECK(grpc_timeout_text(milliseconds(1)) == "1m");
  CHECK(grpc_timeout_text(milliseconds(99'999'999)) == "99999999m");
  CHECK(grpc_timeout_text(milliseconds(100'000'999)) == "100000S");
  CHECK(grpc_timeout_text(milliseconds(100'000'000'000)) == "1666666M");
  CHECK(grpc_timeout_text(hours(100'000'000)) == "99999999H");
}

TEST_CASE("R-TO-3 gRPC clients say how long they wait, up to the rule's timeout") {
  struct Case {
    const char* rule;
    const char* content_type;
    const char* sent;
    int want_whole, want_per_try;
    const char* want_expected;
    const char* want_grpc_timeout;
  };
  for (const Case& c : {
           Case{"", "application/grpc", "5S", 5000, 0, "5000", "5000m"},
           Case{"timeout: 3s,", "application/grpc", "5S", 3000, 0, "3000", "3000m"},
           Case{"timeout: 3s,", "application/grpc+proto", "2S", 2000, 0, "2000", "2000m"},
           Case{"timeout: 3s,", "application/grpc", "", 3000, 0, "3000", "3000m"},
           Case{"timeout: 3s,", "application/grpc", "0S", 3000, 0, "3000", "3000m"},
           Case{"timeout: 3s,", "application/grpc", "soon", 3000, 0, "3000", "3000m"},
           Case{"", "application/grpc", "", 0, 0, "-", "-"},
           Case{"timeout: 3s,", "application/grpc-web", "1S", 3000, 0, "3000", "1S"},
           Case{"timeout: 3s,", "text/plain", "1S", 3000, 0, "3000", "1S"},
           Case{"timeout: 3s, retries: {attempts: 2, perTryTimeout: 1s},", "text/plain", "", 3000, 1000, "1000", "-"},
           Case{"timeout: 3s, retries: {attempts: 2, perTryTimeout: 3s},", "text/plain", "", 3000, 0, "3000", "-"},
           Case{"retries: {attempts: 2, perTryTimeout: 4s},", "application/grpc", "2S", 2000, 0, "2000", "2000m"},
           Case{"retries: {attempts: 2, perTryTimeout: 1s},", "application/grpc", "2S", 2000, 1000, "1000", "1000m"},
       }) {
    INFO(c.rule << ' ' << c.content_type << ' ' << c.sent);
    test::Answer answer = rules_router(std::string("[{") + c.rule + " route: [{destination: {host: a}}]}]")(
        "http://a.io/", {.headers = {{"content-type", c.content_type}, {"grpc-timeout", c.sent}}});
    std::vector<HeaderView> lines;
    const Timeouts timeouts = timeouts_of(answer.request.view(lines), answer.decision);
    CHECK(timeouts.whole.count() == c.want_whole);
    CHECK(timeouts.per_try.count() == c.want_per_try);
    CHECK(answer.upstream("x-envoy-expected-rq-timeout-ms") == c.want_expected);
    if (*c.sent != '\0' || *c.want_grpc_timeout != '-') CHECK(answer.upstream("grpc-timeout") == c.want_grpc_timeout);
  }
}

TEST_CASE("R-TO-4 another try has what is left of the time") {
  const RequestView plain;
  const Timeouts timeouts{.whole = milliseconds(3000), .per_try = milliseconds(2000)};
  const auto expected = [&](int elapsed) {
    HeaderList headers;
    set_timeout_headers(plain, timeouts, milliseconds(elapsed), headers);
    return headers.at(0).second;
  };
  CHECK(expected(0) == "2000");
  CHECK(expected(1500) == "1500");
  CHECK(expected(3000) == "1");
  CHECK(expected(4000) == "1");
}

}  // namespace
}  // namespace wicket::route
