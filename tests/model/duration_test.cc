#include "model/duration.h"

#include "support/catch.h"

namespace wicket::model {
namespace {

TEST_CASE("durations are read as Go reads them") {
  struct Case {
    std::string_view text;
    std::int64_t want;  // nanoseconds
  };
  const Case good[] = {
      {"0", 0},
      {"0s", 0},
      {"5s", 5'000'000'000},
      {"1h30m", 5'400'000'000'000},
      {"1.5s", 1'500'000'000},
      {".5s", 500'000'000},
      {"1.s", 1'000'000'000},
      {"+1s", 1'000'000'000},
      {"-1s", -1'000'000'000},
      {"00005s", 5'000'000'000},
      {"100us", 100'000},
      {"100\xC2\xB5s", 100'000},
      {"100\xCE\xBCs", 100'000},
      {"1h1h", 7'200'000'000'000},
      {"3ns", 3},
      {"2562047h", 2562047LL * 3'600'000'000'000},
      {"2562047h47m16.854775807s", INT64_MAX},
      {"0.100000000000000000000h", 360'000'000'000},
  };
  for (const Case& c : good) {
    INFO(c.text);
    const auto duration = parse_duration(c.text);
    REQUIRE(duration);
    CHECK(duration->count() == c.want);
  }
  for (const std::string_view bad :
       {"",     "5",    "s",    "5S",   "1d",       "1w", "1 s", " 1s", "1min", "30sec", "1m30",
        "PT5S", "1e3s", "1_0s", "1,5s", "2562048h", ".s", "-",   "+",   "--1s", "1s1"}) {
    INFO(bad);
    CHECK_FALSE(parse_duration(bad));
  }
}

TEST_CASE("durations are written in their shortest form") {
  for (const std::string_view text :
       {"0s", "5s", "1h30m", "1.5s", "500ms", "1.5ms", "3ns", "1m", "2h", "1h1s", "-1s"}) {
    INFO(text);
    CHECK(format_duration(*parse_duration(text)) == text);
  }
}

}  // namespace
}  // namespace wicket::model
