#include "route/matcher.h"

#include <algorithm>
#include <array>
#include <utility>

#include "route/client_address.h"
#include "route/client_headers.h"

namespace wicket::route {
namespace {

using rules::MatchType;

// Set by Envoy itself inside a mesh, and taken off when they come from outside; or of the connection.
constexpr std::array<std::string_view, 21> kStripped = {"x-envoy-internal",
                                                        "x-envoy-decorator-operation",
                                                        "x-envoy-downstream-service-cluster",
                                                        "x-envoy-downstream-service-node",
                                                        "x-envoy-retry-on",
                                                        "x-envoy-retry-grpc-on",
                                                        "x-envoy-max-retries",
                                                        "x-envoy-retriable-status-codes",
                                                        "x-envoy-retriable-header-names",
                                                        "x-envoy-upstream-rq-timeout-ms",
                                                        "x-envoy-upstream-rq-per-try-timeout-ms",
                                                        "x-envoy-upstream-rq-timeout-alt-response",
                                                        "x-envoy-upstream-alt-stat-name",
                                                        "x-envoy-expected-rq-timeout-ms",
                                                        "x-envoy-force-trace",
                                                        "x-envoy-ip-tags",
                                                        "x-envoy-original-url",
                                                        "x-envoy-hedge-on-per-try-timeout",
                                                        "keep-alive",
                                                        "proxy-connection",
                                                        "transfer-encoding"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

bool starts_with_segment(std::string_view value, std::string_view prefix) {
  if (prefix.ends_with('/')) prefix.remove_suffix(1);
  return value.starts_with(prefix) && (value.size() == prefix.size() || value[prefix.size()] == '/');
}

// A condition on one value, or on the lack of it. Without a value an inverted condition sees the empty string, but for
// the question whether there is one.
Finding judge(const HeaderMatcher& matcher, std::optional<std::string_view> value) {
  if (matcher.value.type == MatchType::kPresent)
    return {.holds = value.has_value() != matcher.inverted, .is_absent = !value};
  if (!value && !matcher.inverted) return {.holds = false, .is_absent = true};
  return {.holds = matcher.value.matches(value.value_or("")) != matcher.inverted, .is_absent = !value};
}

// In place of what the request does not tell, where only its form is known: conditions on a certain value fail.
constexpr std::string_view kAnyRequestId = "00000000-0000-4000-8000-000000000000";
constexpr std::string_view kAnyAddress = "0.0.0.0";

std::string_view or_any(std::string_view value, std::string_view any) { return value.empty() ? any : value; }

std::optional<std::string_view> single_value(const HeaderMatcher& matcher, const Subject& subject) {
  switch (matcher.source) {
    case Source::kMethod:
      return subject.request.method;
    case Source::kScheme:
      return subject.scheme;
    case Source::kAuthority:
      return subject.request.authority;
    case Source::kPath:
      return subject.target;
    case Source::kForwardedProto:
      return subject.forwarded_proto;
    case Source::kRequestId:
      return or_any(subject.request.request_id, kAnyRequestId);
    case Source::kTe:
      return kept_te(subject.request);
    case Source::kReferer:
      return kept_referer(subject.request);
    case Source::kForwardedFor:
    case Source::kClientAddress:
    case Source::kHeader:
    case Source::kUpgrade:
    case Source::kStripped:
    case Source::kClaim:
      break;
  }
  return std::nullopt;
}

std::string joined_lines(const RequestView& request, std::string_view name, std::string_view separator) {
  std::string joined;
  bool first = true;
  for (const HeaderView& line : request.headers) {
    if (!same_name(line.name, name)) continue;
    if (!std::exchange(first, false)) joined += separator;
    joined += line.value;
  }
  return joined;
}

// A value that the gateway makes out of what was sent.
std::string made_value(const HeaderMatcher& matcher, const Subject& subject) {
  const RequestView& request = subject.request;
  if (matcher.source == Source::kClientAddress)
    return std::string(or_any(client_address(request, subject.trusted_proxies), kAnyAddress));
  std::string value = joined_lines(request, matcher.name, ",");
  return value.append(value.empty() ? "" : ",").append(or_any(request.peer_address, kAnyAddress));
}

Finding check_lines(const HeaderMatcher& matcher, const Subject& subject, HeaderLines lines) {
  std::size_t count = 0;
  bool some_matches = false;
  for (const HeaderView& line : subject.request.headers) {
    if (!same_name(line.name, matcher.name)) continue;
    ++count;
    some_matches = some_matches || matcher.value.matches(line.value);
  }
  if (count == 0) return judge(matcher, std::nullopt);
  if (count > 1 && lines == HeaderLines::kJoined)
    return judge(matcher, joined_lines(subject.request, matcher.name, ","));
  return {.holds = some_matches != matcher.inverted, .is_absent = false};
}

// Names and values are compared as sent; the first of several parameters with one name counts.
std::optional<std::string_view> find_parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    if (pair.substr(0, equals) != name) continue;
    return equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
  }
  return std::nullopt;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) { return a.size() == b.size() && equal_ignoring_case(a, b); }

std::optional<std::string_view> find_header(const RequestView& request, std::string_view name) {
  for (const HeaderView& line : request.headers)
    if (same_name(line.name, name)) return line.value;
  return std::nullopt;
}

bool StringMatcher::matches(std::string_view value) const {
  if (never) return false;
  switch (type) {
    case MatchType::kPresent:
      return true;
    case MatchType::kExact:
      return ignore_case ? same_name(value, text) : value == text;
    case MatchType::kPrefix:
      return ignore_case ? value.size() >= text.size() && equal_ignoring_case(value.substr(0, text.size()), text)
                         : value.starts_with(text);
    case MatchType::kRegex:
      return regex->full_match(value);
    case MatchType::kPathSegment:
      return starts_with_segment(value, text);
  }
  return false;
}

Source source_of(std::string_view name) {
  if (name == ":method") return Source::kMethod;
  if (name == ":scheme") return Source::kScheme;
  if (name == ":authority" || name == "host") return Source::kAuthority;
  if (name == ":path") return Source::kPath;
  if (name == "x-forwarded-proto") return Source::kForwardedProto;
  if (name == "x-forwarded-for") return Source::kForwardedFor;
  if (name == "x-envoy-external-address") return Source::kClientAddress;
  if (name == "x-request-id") return Source::kRequestId;
  if (name == "connection" || name == "upgrade") return Source::kUpgrade;
  if (name == "te") return Source::kTe;
  if (name == "referer") return Source::kReferer;
  return std::ranges::find(kStripped, name) != kStripped.end() ? Source::kStripped : Source::kHeader;
}

Finding check(const HeaderMatcher& matcher, const Subject& subject, HeaderLines lines) {
  switch (matcher.source) {
    case Source::kHeader:
      return check_lines(matcher, subject, lines);
    case Source::kUpgrade:
      return is_upgrade(subject.request) ? check_lines(matcher, subject, lines) : judge(matcher, std::nullopt);
    case Source::kClaim:  // without a token no condition on a claim holds, and each inverted one does (R-HDR-6)
      return {.holds = matcher.inverted, .is_absent = true};
    case Source::kStripped:
      return judge(matcher, std::nullopt);
    case Source::kForwardedFor:
    case Source::kClientAddress:
      return judge(matcher, made_value(matcher, subject));
    case Source::kRequestId:
    case Source::kTe:
    case Source::kReferer:
    case Source::kMethod:
    case Source::kScheme:
    case Source::kAuthority:
    case Source::kPath:
    case Source::kForwardedProto:
      break;
  }
  return judge(matcher, single_value(matcher, subject));
}

Finding check(const QueryMatcher& matcher, const Subject& subject) {
  const std::optional<std::string_view> value = find_parameter(subject.query, matcher.named->name);
  return {.holds = value && matcher.value.matches(*value), .is_absent = !value};
}

std::string actual_value(const HeaderMatcher& matcher, const Subject& subject) {
  if (matcher.source == Source::kHeader || (matcher.source == Source::kUpgrade && is_upgrade(subject.request)))
    return joined_lines(subject.request, matcher.name, ", ");
  if (matcher.source == Source::kForwardedFor || matcher.source == Source::kClientAddress)
    return made_value(matcher, subject);
  return std::string(single_value(matcher, subject).value_or(""));
}

std::string actual_value(const QueryMatcher& matcher, const Subject& subject) {
  return std::string(find_parameter(subject.query, matcher.named->name).value_or(""));
}

}  // namespace wicket::route
