#include "check/http_text.h"

#include <string>

#include "support/catch.h"

namespace wicket::check {
namespace {

TEST_CASE("header names are tokens") {
  for (const char* name : {"x-team", "X-Team", "x", "0", "x.team", "!#$%&'*+.^_`|~-", "x_team"}) {
    INFO(name);
    CHECK(is_header_name(name));
  }
  for (const char* name : {"", "x team", "x:team", ":method", "x,y", "x/y", "x(y)", "x[0]", "x@y", "x\"y", "{x}", "é",
                           "x\t", "x\n", "x;y", "x=y", "x<y>", "x?y", "x\\y"}) {
    INFO(name);
    CHECK_FALSE(is_header_name(name));
  }
}

TEST_CASE("the authority has two names") {
  for (const char* name : {"host", "Host", "HOST", ":authority", ":Authority"}) CHECK(is_authority_header(name));
  for (const char* name : {"", "hosts", "authority", ":host", "ho"}) CHECK_FALSE(is_authority_header(name));
}

TEST_CASE("claims are told from headers") {
  struct Case {
    const char* header;
    ClaimKey want;
  };
  for (const Case& c : {Case{"x-team", ClaimKey::kNone},
                        {"@request.auth.claim", ClaimKey::kNone},
                        {"@request.auth.claims", ClaimKey::kBroken},
                        {"@request.auth.claims.", ClaimKey::kBroken},
                        {"@request.auth.claims.a", ClaimKey::kClaim},
                        {"@request.auth.claims.a.b", ClaimKey::kClaim},
                        {"@REQUEST.auth.Claims.a", ClaimKey::kClaim},
                        {"@request.auth.claims[]", ClaimKey::kBroken},
                        {"@request.auth.claims[a]", ClaimKey::kClaim},
                        {"@request.auth.claims[a][b]", ClaimKey::kClaim},
                        {"@request.auth.claims[a", ClaimKey::kBroken},
                        {"@request.auth.claims-a", ClaimKey::kBroken},
                        {"@request.auth.claimsa", ClaimKey::kBroken}}) {
    INFO(c.header);
    CHECK(claim_key(c.header) == c.want);
  }
}

TEST_CASE("control characters but the tab are found") {
  CHECK_FALSE(find_control_character(""));
  CHECK_FALSE(find_control_character("plain text\twith a tab, é and ~"));
  CHECK(find_control_character("a\nb") == std::optional<std::size_t>(1));
  for (int byte = 0; byte < 256; ++byte) {
    INFO(byte);
    const bool is_control = (byte < 0x20 && byte != 0x09) || byte == 0x7F;
    CHECK(find_control_character(std::string(1, static_cast<char>(byte))).has_value() == is_control);
  }
}

TEST_CASE("percent expressions are walked as the webhook does") {
  for (const char* value : {"",
                            "plain",
                            "100%%",
                            "%%",
                            "%%%%",
                            "a%%b",
                            "%HOSTNAME%",
                            "a %HOSTNAME% b",
                            "%A%%B%",
                            "%REQ(x-a)%",
                            "%REQ(x-a?x-b)%",
                            "%REQ(x-a) %",
                            "%START_TIME(%Y-%m-%d)%",
                            "%START_TIME(%s)%",
                            "%FILTER(a,b)%",
                            "%UPSTREAM_METADATA([\"a\", \"b\"])%",
                            "%M( [ \"a\" ] ) %",
                            "%M([\"a\\\"b\"])%",
                            "%M(a\\)b)%",
                            "%%%A%",
                            "%%(x",
                            "%unknown command%",
                            "%A B%",
                            "%REQ( x)%"}) {
    INFO(value);
    CHECK_FALSE(percent_fault(value));
  }
  struct Case {
    const char* value;
    PercentFault::Kind kind;
    std::size_t offset;
  };
  using enum PercentFault::Kind;
  for (const Case& c : {Case{"%", kLonePercent, 0},
                        {"50%", kLonePercent, 2},
                        {"%%%", kLonePercent, 2},
                        {"%A%%", kLonePercent, 3},
                        {"50% off", kUnterminated, 2},
                        {"abc%123", kUnterminated, 3},
                        {"%A% and %B", kUnterminated, 8},
                        {"%REQ(x-a", kUnterminated, 0},
                        {"%REQ(x-a)", kUnterminated, 0},
                        {"%REQ(", kUnterminated, 0},
                        {"%REQ()%", kUnterminated, 0},
                        {"%REQ(x-a):10%", kBehindParenthesis, 0},
                        {"a %REQ(x-a)b%", kBehindParenthesis, 2},
                        {"%M([a])%", kBadArguments, 0},
                        {"%M([\"a\" \"b\"])%", kBadArguments, 0},
                        {"%M([\"a\"]x)%", kBadArguments, 0},
                        {"%M([\"a\",])%", kBadArguments, 0},
                        {"%M([\"a\"", kUnterminated, 0},
                        {"%REQ(x\\", kBackslash, 0}}) {
    INFO(c.value);
    const auto fault = percent_fault(c.value);
    REQUIRE(fault.has_value());
    CHECK(fault->kind == c.kind);
    CHECK(fault->offset == c.offset);
  }
}

TEST_CASE("retry conditions are names and registered statuses") {
  for (const char* condition : {"5xx",
                                "gateway-error",
                                "reset",
                                "reset-before-request",
                                "connect-failure",
                                "retriable-4xx",
                                "refused-stream",
                                "retriable-status-codes",
                                "retriable-headers",
                                "envoy-ratelimited",
                                "http3-post-connect-failure",
                                "cancelled",
                                "deadline-exceeded",
                                "internal",
                                "resource-exhausted",
                                "unavailable",
                                "100",
                                "103",
                                "200",
                                "208",
                                "226",
                                "300",
                                "305",
                                "307",
                                "308",
                                "400",
                                "418",
                                "421",
                                "426",
                                "428",
                                "429",
                                "431",
                                "451",
                                "500",
                                "508",
                                "510",
                                "511",
                                "+503",
                                "0503"}) {
    INFO(condition);
    CHECK(is_retry_condition(condition));
  }
  for (const char* condition : {"",
                                " ",
                                "5XX",
                                "4xx",
                                " 5xx",
                                "5xx ",
                                "connect_failure",
                                "connection-failure",
                                "99",
                                "104",
                                "199",
                                "209",
                                "225",
                                "227",
                                "306",
                                "309",
                                "399",
                                "419",
                                "420",
                                "427",
                                "430",
                                "432",
                                "450",
                                "452",
                                "499",
                                "509",
                                "512",
                                "520",
                                "599",
                                "-503",
                                "5_03",
                                "503.0",
                                "0x1f7",
                                "++503",
                                "99999999999999999999"}) {
    INFO(condition);
    CHECK_FALSE(is_retry_condition(condition));
  }
}

}  // namespace
}  // namespace wicket::check
