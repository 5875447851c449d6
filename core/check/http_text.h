// What Istio's validation takes for names and values of HTTP headers, JWT claims, and conditions of retries.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace wicket::check {

/// A header name: RFC 9110's token. Source: Istio pkg/config/validation, validHeaderNameRegex.
[[nodiscard]] bool is_header_name(std::string_view name);
/// Equal but for the case of ASCII letters.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);
/// `host` or `:authority`, in any letter case. Source: Istio pkg/config/validation, isAuthorityHeader.
[[nodiscard]] bool is_authority_header(std::string_view name);

/// What a key of match headers says about JWT claims.
enum class ClaimKey {
  kNone,    // an ordinary header
  kBroken,  // begins like one, but names no claim
  kClaim,   // @request.auth.claims.x or @request.auth.claims[x]
};
/// Source: Istio pkg/jwt, ToRoutingClaim.
[[nodiscard]] ClaimKey claim_key(std::string_view header);

/// A control character other than the tab, by its offset; nothing when there is none.
/// Source: Istio pkg/config/validation, httpHeaderValueRegexp.
[[nodiscard]] std::optional<std::size_t> find_control_character(std::string_view value);

/// What is wrong with a `%` in a header value.
struct PercentFault {
  enum class Kind {
    kLonePercent,        // at the end
    kUnterminated,       // %NAME without its closing %
    kBehindParenthesis,  // something else than % follows the )
    kBadArguments,       // a list in brackets that is none
    kBackslash,          // at the end of an argument
  };
  Kind kind{};
  std::size_t offset = 0;  // of the % that starts the expression
};
/// Walks a value as the webhook does: %% is a percent sign, %NAME% and %NAME(args)% are commands.
/// Source: Istio pkg/config/validation, validateHeaderValue.
[[nodiscard]] std::optional<PercentFault> percent_fault(std::string_view value);

/// Whether `condition` may stand in retryOn: a name that Envoy knows, or a status that Go has words for.
/// Source: Istio pkg/config/validation, validateHTTPRetry; Go net/http, StatusText.
[[nodiscard]] bool is_retry_condition(std::string_view condition);

}  // namespace wicket::check
