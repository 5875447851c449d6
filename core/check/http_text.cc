#include "check/http_text.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace wicket::check {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

constexpr std::string_view kClaims = "@request.auth.claims";

constexpr std::string_view kRetryConditions[] = {
    "5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "retriable-4xx", "refused-stream",
    "retriable-status-codes", "retriable-headers", "envoy-ratelimited", "http3-post-connect-failure",
    // of gRPC
    "cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable"};

/// A status that Go's net/http has a text for.
bool is_registered_status(int status) {
  struct Range {
    int first;
    int last;
  };
  static constexpr Range kRanges[] = {{100, 103}, {200, 208}, {226, 226}, {300, 305}, {307, 308}, {400, 418},
                                      {421, 426}, {428, 429}, {431, 431}, {451, 451}, {500, 508}, {510, 511}};
  return std::ranges::any_of(kRanges,
                             [&](const Range& range) { return status >= range.first && status <= range.last; });
}

/// Where the walk through a header value is.
enum class State { kLiteral, kName, kArguments, kArrayString, kText, kArrayNext, kArgumentsEnd, kEnd };

}  // namespace

bool is_header_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return is_letter_or_digit(c) || std::string_view("!#$%&'*+.^_|~`-").find(c) != std::string_view::npos;
  });
}

bool equal_ignoring_case(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

bool is_authority_header(std::string_view name) {
  return equal_ignoring_case(name, "host") || equal_ignoring_case(name, ":authority");
}

ClaimKey claim_key(std::string_view header) {
  if (!equal_ignoring_case(header.substr(0, kClaims.size()), kClaims)) return ClaimKey::kNone;
  const std::string_view claim = header.substr(kClaims.size());
  const bool dotted = claim.starts_with('.') && claim.size() > 1;
  const bool bracketed = claim.starts_with('[') && claim.ends_with(']') && claim.size() > 2;
  return dotted || bracketed ? ClaimKey::kClaim : ClaimKey::kBroken;
}

std::optional<std::size_t> find_control_character(std::string_view value) {
  const auto found = std::ranges::find_if(value, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\t') || byte == 0x7F;
  });
  if (found == value.end()) return std::nullopt;
  return static_cast<std::size_t>(found - value.begin());
}

std::optional<PercentFault> percent_fault(std::string_view value) {
  using enum PercentFault::Kind;
  State state = State::kLiteral;
  std::size_t start = 0;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    const bool is_last = at + 1 == value.size();
    switch (state) {
      case State::kLiteral:
        if (c != '%') break;
        if (is_last) return PercentFault{kLonePercent, at};
        if (value[at + 1] == '%') {
          ++at;
          break;
        }
        start = at;
        state = State::kName;
        break;
      case State::kName:
        if (c == '%') state = State::kLiteral;
        if (c == '(') state = State::kArguments;
        break;
      case State::kArguments:  // the first character of an argument is never its end: %REQ()% has none
        if (c == '[') {
          state = State::kArrayString;
        } else if (c != ' ') {
          state = State::kText;
        }
        break;
      case State::kArrayString:
        if (c == '"') {
          state = State::kText;
        } else if (c != ' ') {
          return PercentFault{kBadArguments, start};
        }
        break;
      case State::kText:
        if (c == '\\') {
          if (is_last) return PercentFault{kBackslash, start};
          ++at;
        } else if (c == ')') {
          state = State::kEnd;
        } else if (c == '"') {
          state = State::kArrayNext;
        }
        break;
      case State::kArrayNext:
        if (c == ',') {
          state = State::kArrayString;
        } else if (c == ']') {
          state = State::kArgumentsEnd;
        } else if (c != ' ') {
          return PercentFault{kBadArguments, start};
        }
        break;
      case State::kArgumentsEnd:
        if (c == ')') {
          state = State::kEnd;
        } else if (c != ' ') {
          return PercentFault{kBadArguments, start};
        }
        break;
      case State::kEnd:
        if (c == '%') {
          state = State::kLiteral;
        } else if (c != ' ') {
          return PercentFault{kBehindParenthesis, start};
        }
        break;
    }
  }
  if (state != State::kLiteral) return PercentFault{kUnterminated, start};
  return std::nullopt;
}

bool is_retry_condition(std::string_view condition) {
  if (std::ranges::find(kRetryConditions, condition) != std::end(kRetryConditions)) return true;
  if (condition.starts_with('+')) condition.remove_prefix(1);  // as Go's Atoi does
  if (condition.empty() || condition.front() < '0' || condition.front() > '9') return false;
  int status = 0;
  const auto [end, error] = std::from_chars(condition.data(), condition.data() + condition.size(), status);
  return error == std::errc() && end == condition.data() + condition.size() && is_registered_status(status);
}

}  // namespace wicket::check
