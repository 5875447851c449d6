// Operators of Envoy's access logs ▸ fields.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "replay/field.h"
#include "route/matcher.h"

namespace wicket::replay {
namespace {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return lower;
}

struct Operator {
  std::string_view name;
  Field field;
};

constexpr Operator kOperators[] = {
    {"PROTOCOL", Field::kProtocol},
    {"RESPONSE_CODE", Field::kStatus},
    {"RESPONSE_FLAGS", Field::kFlags},
    {"RESPONSE_CODE_DETAILS", Field::kDetails},
    {"UPSTREAM_CLUSTER", Field::kCluster},
    {"UPSTREAM_CLUSTER_RAW", Field::kCluster},
    {"ROUTE_NAME", Field::kRouteName},
    {"START_TIME", Field::kTime},
    {"DOWNSTREAM_LOCAL_ADDRESS", Field::kLocalAddress},
    {"DOWNSTREAM_LOCAL_PORT", Field::kLocalPort},
    {"DOWNSTREAM_REMOTE_ADDRESS", Field::kRemoteAddress},
    {"DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", Field::kRemoteAddress},
    {"REQUESTED_SERVER_NAME", Field::kServerName},
    {"UPSTREAM_HOST", Field::kWord},
    {"UPSTREAM_LOCAL_ADDRESS", Field::kWord},
    {"UPSTREAM_REMOTE_ADDRESS", Field::kWord},
    {"BYTES_RECEIVED", Field::kNumber},
    {"BYTES_SENT", Field::kNumber},
    {"DURATION", Field::kNumber},
    {"PATH", Field::kPath},
};

// X-ENVOY-ORIGINAL-PATH?:PATH: whatever was there before the gateway changed it.
FieldSpec request_header(std::string_view names) {
  const std::string first = lower_case(names.substr(0, names.find('?')));
  const std::size_t mark = names.find('?');
  const std::string second = mark == std::string_view::npos ? "" : lower_case(names.substr(mark + 1));
  const auto is = [&](std::string_view name) { return first == name || second == name; };
  if (is(":path") || is("x-envoy-original-path")) return {.field = Field::kPath};
  if (is(":authority") || is("host")) return {.field = Field::kAuthority};
  if (is(":method")) return {.field = Field::kMethod};
  if (is(":scheme")) return {.field = Field::kScheme};
  // Of two headers either may be it: nobody knows which.
  if (!second.empty()) return {};
  return {.field = Field::kHeader, .name = first};
}

}  // namespace

Result<FieldSpec> field_of_operator(std::string_view text) {
  const auto refuse = [&](std::string_view why) {
    return failure(ErrorCode::kInvalid, fmt::format("%{}% {}", text, why));
  };
  std::string_view rest = text;
  const std::size_t end = std::min(rest.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"), rest.size());
  const std::string_view name = rest.substr(0, end);
  rest.remove_prefix(end);
  if (name.empty()) return refuse("is no operator");
  std::string_view argument;
  if (rest.starts_with('(')) {
    const std::size_t close = rest.rfind(')');
    if (close == std::string_view::npos) return refuse("has a parenthesis that is not closed");
    argument = rest.substr(1, close - 1);
    rest.remove_prefix(close + 1);
  }
  std::size_t limit = 0;
  if (!rest.empty()) {
    if (!rest.starts_with(':')) return refuse("is no operator");
    // Some operators have words behind their colon, which cut nothing: ENVIRONMENT(X):Z.
    std::from_chars(rest.data() + 1, rest.data() + rest.size(), limit);
  }
  FieldSpec spec;
  if (name == "REQ") {
    if (argument.empty()) return refuse("names no header");
    spec = request_header(argument);
  } else if (name == "RESP") {
    if (route::same_name(argument, "location")) spec.field = Field::kLocation;
  } else if (const auto* found = std::ranges::find(kOperators, name, &Operator::name); found != std::end(kOperators)) {
    spec.field = found->field;
    if (spec.field == Field::kTime && !argument.empty()) spec.field = Field::kIgnored;  // in any form
  }
  spec.limit = limit;
  return spec;
}

}  // namespace wicket::replay
