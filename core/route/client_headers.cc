#include "route/client_headers.h"

#include <algorithm>
#include <cstdint>

#include "base/text_list.h"
#include "route/matcher.h"

namespace wicket::route {
namespace {

constexpr std::uint32_t kMaxPort = 65535;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether some line of a header has the item in its list.
template <class IsIt>
bool lists(const RequestView& request, std::string_view name, IsIt is_it) {
  return std::ranges::any_of(request.headers, [&](const HeaderView& line) {
    return same_name(line.name, name) && has_item(line.value, is_it);
  });
}

bool is_port(std::string_view text) {
  std::uint32_t number = 0;
  for (const char c : text) {
    if (!is_digit(c) || number > kMaxPort) return false;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return !text.empty() && number <= kMaxPort;
}

bool is_host(std::string_view text) {
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_'; };
  return !text.empty() && std::ranges::all_of(text, fits);
}

bool is_bracketed_host(std::string_view text) {
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == ':' || c == '%'; };
  return text.size() > 2 && text.starts_with('[') && std::ranges::all_of(text.substr(1, text.size() - 2), fits);
}

bool is_authority(std::string_view text) {
  text.remove_prefix(text.find('@') == std::string_view::npos ? 0 : text.find('@') + 1);
  const std::size_t bracket = text.find(']');
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = text.substr(0, colon);
  if (colon != std::string_view::npos && !is_port(text.substr(colon + 1))) return false;
  return bracket == std::string_view::npos ? is_host(host) : host.ends_with(']') && is_bracketed_host(host);
}

bool is_absolute_url(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos || scheme == 0) return false;
  if (!std::ranges::all_of(text.substr(0, scheme), is_letter)) return false;
  const std::string_view rest = text.substr(scheme + 3);
  if (!is_authority(rest.substr(0, rest.find_first_of("/?#")))) return false;
  return std::ranges::none_of(rest, [](char c) { return (c >= 0 && c <= ' ') || c == '\x7F'; });
}

}  // namespace

bool is_upgrade(const RequestView& request) {
  if (request.version != HttpVersion::kHttp11) return false;
  const std::string_view upgrade = find_header(request, "upgrade").value_or("");
  if (upgrade.empty() || same_name(upgrade, "h2c")) return false;
  return lists(request, "connection", [](std::string_view item) { return same_name(item, "upgrade"); });
}

std::optional<std::string_view> kept_te(const RequestView& request) {
  constexpr std::string_view kTrailers = "trailers";
  const bool is_kept = lists(request, "te", [&](std::string_view item) { return item == kTrailers; });
  return is_kept ? std::optional(kTrailers) : std::nullopt;
}

std::optional<std::string_view> kept_referer(const RequestView& request) {
  std::optional<std::string_view> found;
  for (const HeaderView& line : request.headers) {
    if (!same_name(line.name, "referer")) continue;
    if (found) return std::nullopt;  // one of several says nothing
    found = line.value;
  }
  return found && is_absolute_url(*found) ? found : std::nullopt;
}

}  // namespace wicket::route
