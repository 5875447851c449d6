#include "route/url.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "rules/host_names.h"

namespace wicket::route {
namespace {

bool is_control_or_blank(char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; }

std::optional<std::uint16_t> parse_port(std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || port == 0) return std::nullopt;
  return port;
}

// Splits "host:port"; the colons of an IPv6 address are inside its brackets.
Result<void> take_authority(std::string_view authority, Url& url) {
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  url.authority = authority;
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  url.host = authority.substr(0, colon);
  if (url.host.empty()) return failure(ErrorCode::kInvalid, "has no host");
  if (authority.starts_with('[') != (bracket != std::string_view::npos))
    return failure(ErrorCode::kInvalid, "has a bracket without its partner");
  if (colon == std::string_view::npos) return {};
  const std::string_view digits = authority.substr(colon + 1);
  if (digits.empty()) {
    url.authority = url.host;  // "http://host:/"
    return {};
  }
  const std::optional<std::uint16_t> port = parse_port(digits);
  if (!port) return failure(ErrorCode::kInvalid, "has a port that is not a number from 1 to 65535");
  url.port = *port;
  return {};
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
  if (std::ranges::any_of(text, is_control_or_blank))
    return failure(ErrorCode::kInvalid, "has a blank or a control character in it");
  Url url;
  url.scheme = "http";
  if (const std::size_t mark = text.find("://"); mark != std::string_view::npos) {
    url.scheme = rules::lower_case(text.substr(0, mark));
    if (url.scheme != "http" && url.scheme != "https")
      return failure(ErrorCode::kInvalid, "is neither http:// nor https://");
    text.remove_prefix(mark + 3);
  }
  url.port = url.scheme == "https" ? 443 : 80;
  text = text.substr(0, text.find('#'));
  const std::size_t end = text.find_first_of("/?");
  if (Result<void> taken = take_authority(text.substr(0, end), url); !taken)
    return tl::unexpected<Error>(taken.error());
  if (end != std::string_view::npos) {
    url.target.clear();
    if (text[end] == '?') url.target.push_back('/');
    url.target.append(text.substr(end));
  }
  return url;
}

Request request_to(const Url& url) {
  Request request;
  request.authority = url.authority;
  request.target = url.target;
  request.port = url.port;
  request.tls = url.scheme == "https";
  const bool is_address = url.host.starts_with('[') || url.host.find_first_not_of("0123456789.") == std::string::npos;
  if (request.tls && !is_address) request.sni = url.host;
  return request;
}

}  // namespace wicket::route
