// Conditions on a request, ready to be asked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "route/regex.h"
#include "route/request.h"
#include "route/trace.h"
#include "rules/rule_set.h"

namespace wicket::route {

/// A request on its way through the HTTP stages: what conditions are asked about.
struct Subject {
  const RequestView& request;
  std::string_view target;           // normalised, with query
  std::string_view path;             // the part in front of the query
  std::string_view query;            // the part behind the '?'
  std::string_view scheme;           // :scheme
  std::string_view forwarded_proto;  // x-forwarded-proto, as the gateway sets it
  std::uint32_t trusted_proxies = 0;
};

/// One condition on a string. Views the rule that it was made from.
struct StringMatcher {
  rules::MatchType type = rules::MatchType::kPresent;
  bool ignore_case = false;
  bool never = false;  // its pattern is none that RE2 takes
  std::string_view text{};
  std::optional<Regex> regex{};

  [[nodiscard]] bool matches(std::string_view value) const;
};

/// Where a header condition gets its value from.
enum class Source : std::uint8_t {
  kHeader,
  kMethod,
  kScheme,
  kAuthority,
  kPath,            // with query
  kForwardedProto,  // set by the gateway, whatever the client sent
  kForwardedFor,    // the client's address is appended (R-EDGE-2)
  kClientAddress,   // x-envoy-external-address
  kRequestId,       // the gateway's own (R-EDGE-4)
  kUpgrade,         // there only where it asks for another protocol (R-EDGE-6)
  kTe,              // at most "trailers"
  kReferer,         // a URL, or nothing
  kStripped,        // taken off every request before routes are matched (R-EDGE-5, R-EDGE-6)
  kClaim,           // of a token: there is none
};

/// A condition on a header or pseudo header.
struct HeaderMatcher {
  Field field = Field::kHeader;
  Source source = Source::kHeader;
  bool inverted = false;
  std::string name;  // in lower case
  StringMatcher value;
  const rules::StringPredicate* wanted = nullptr;
  const rules::NamedPredicate* named = nullptr;
};

struct QueryMatcher {
  StringMatcher value;
  const rules::NamedPredicate* named = nullptr;
};

/// How a header that was sent as several lines is read (R-HDR-2).
enum class HeaderLines : std::uint8_t { kEachAlone, kJoined };

/// What a condition found. `holds` is its answer; the rest explains it.
struct Finding {
  bool holds = false;
  bool is_absent = false;
};

/// Source: Envoy source/common/http/header_utility.cc (R-HDR-1..5, R-HDR-7, R-PSEUDO-1..4).
[[nodiscard]] Finding check(const HeaderMatcher& matcher, const Subject& subject, HeaderLines lines);
/// Source: Envoy source/common/router/config_utility.cc (R-QP-1..3).
[[nodiscard]] Finding check(const QueryMatcher& matcher, const Subject& subject);

/// What a condition looked at, for a trace: the lines of a header joined with ", ".
[[nodiscard]] std::string actual_value(const HeaderMatcher& matcher, const Subject& subject);
[[nodiscard]] std::string actual_value(const QueryMatcher& matcher, const Subject& subject);

/// Where a condition on a header of this name gets its value from. Units: `name` in lower case.
[[nodiscard]] Source source_of(std::string_view name);
/// Whether two header names are one. Cost: no allocation.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);
/// The value of the first line with this name; nothing when there is none.
[[nodiscard]] std::optional<std::string_view> find_header(const RequestView& request, std::string_view name);

}  // namespace wicket::route
