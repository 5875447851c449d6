#include "check/witness.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "check/http_text.h"
#include "route/regex.h"

namespace wicket::check {
namespace {

using rules::MatchType;
using rules::StringPredicate;

constexpr std::uint32_t kHttpPort = 80;
constexpr std::uint32_t kHttpsPort = 443;

bool is_plain(std::string_view text, std::string_view others) {
  return std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
  });
}

/// Some text that a condition takes, `present` where any will do.
std::optional<std::string> text_for(const StringPredicate& wanted, std::string_view present) {
  switch (wanted.type) {
    case MatchType::kPresent:
      return std::string(present);
    case MatchType::kExact:
    case MatchType::kPrefix:
    case MatchType::kPathSegment:
      return wanted.text;
    case MatchType::kRegex:
      break;
  }
  const std::optional<route::Regex> regex = route::Regex::compile(wanted.text);
  if (!regex) return std::nullopt;
  const std::string start = regex->literal_prefix();
  for (const std::string_view more : {"", "x", "1", "/", "/x", "abc", "12", "x/y", "a.b", "example.com", "true"}) {
    std::string text = start + std::string(more);
    if (regex->full_match(text)) return text;
  }
  return std::nullopt;
}

std::optional<std::string> method_for(const StringPredicate& wanted) {
  static constexpr std::array<std::string_view, 8> kMethods = {"GET",    "POST",    "PUT",     "HEAD",
                                                               "DELETE", "OPTIONS", "CONNECT", "PATCH"};
  for (const std::string_view method : kMethods) {
    if (wanted.type == MatchType::kPrefix && method.starts_with(wanted.text)) return std::string(method);
    if (wanted.type != MatchType::kRegex) continue;
    const std::optional<route::Regex> regex = route::Regex::compile(wanted.text);
    if (regex && regex->full_match(method)) return std::string(method);
  }
  return text_for(wanted, "GET");
}

bool add_header(const rules::NamedPredicate& wanted, route::Request& request) {
  if (wanted.inverted) return true;  // not sent
  if (wanted.is_claim || wanted.name.starts_with(':')) return false;
  const std::optional<std::string> value = text_for(wanted.value, "1");
  if (!value) return false;
  if (equal_ignoring_case(wanted.name, "host")) {
    request.authority = *value;
  } else {
    request.headers.emplace_back(wanted.name, *value);
  }
  return true;
}

}  // namespace

std::string name_within(std::string_view domain) {
  if (domain == "*") return "www.example.com";
  if (domain.starts_with("*.")) return "www" + std::string(domain.substr(1));
  if (domain.starts_with('*')) return "www" + std::string(domain.substr(1));
  return std::string(domain);
}

std::optional<route::Request> sample_request(const rules::Rule& rule, const Entrance& entrance,
                                             const std::string* path) {
  const rules::Match& match = rule.match;
  route::Request request;
  request.port = entrance.port;
  request.tls = entrance.tls;
  request.authority = name_within(entrance.domain);
  if (match.authority) {
    const auto wanted = text_for(*match.authority, request.authority);
    if (!wanted) return std::nullopt;
    if (match.authority->type != MatchType::kPrefix || !request.authority.starts_with(*wanted))
      request.authority = *wanted;
  }
  if (request.authority.find(':') == std::string::npos && entrance.port != (entrance.tls ? kHttpsPort : kHttpPort))
    request.authority += fmt::format(":{}", entrance.port);
  if (entrance.tls) request.sni = request.authority.substr(0, request.authority.rfind(':'));
  if (match.method) {
    const auto method = method_for(*match.method);
    if (!method || !is_plain(*method, "-_")) return std::nullopt;
    request.method = *method;
  }
  if (path != nullptr) {
    request.target = *path;
  } else if (match.path) {
    auto target = text_for(*match.path, "/");
    if (!target) return std::nullopt;
    if (target->empty()) target = "/";
    request.target = *std::move(target);
  }
  if (!request.target.starts_with('/') || !is_plain(request.target, "/-._~!$&'()*+,;=:@%")) return std::nullopt;
  char separator = '?';
  for (const rules::NamedPredicate& parameter : match.query_params) {
    const auto value = text_for(parameter.value, "1");
    if (!value || !is_plain(parameter.name, "-._~") || !is_plain(*value, "-._~/:")) return std::nullopt;
    request.target += fmt::format("{}{}={}", separator, parameter.name, *value);
    separator = '&';
  }
  for (const rules::NamedPredicate& header : match.headers)
    if (!add_header(header, request)) return std::nullopt;
  return request;
}

Witness witness_of(const route::Request& request) {
  Witness witness;
  witness.method = request.method;
  witness.headers = request.headers;
  witness.url = fmt::format("{}://{}{}", request.tls ? "https" : "http", request.authority, request.target);
  return witness;
}

}  // namespace wicket::check
