#include "proxy/host_mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "route/matcher.h"

namespace wicket::proxy {
namespace {

constexpr std::string_view kLocalhost = ".localhost";

struct HostPort {
  std::string_view host;
  std::optional<std::uint32_t> port;
};

HostPort split(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  if (colon == std::string_view::npos || authority.find(']', colon) != std::string_view::npos) return {authority, {}};
  const std::string_view digits = authority.substr(colon + 1);
  std::uint32_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size()) return {authority, {}};
  return {authority.substr(0, colon), port};
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return lower;
}

std::uint32_t default_port(bool is_tls) { return is_tls ? 443 : 80; }

bool ends_with_localhost(std::string_view host) {
  return host.size() > kLocalhost.size() && route::same_name(host.substr(host.size() - kLocalhost.size()), kLocalhost);
}

}  // namespace

std::optional<std::string> gateway_authority(std::string_view authority, const ServedPort& port,
                                             const KnownHost& is_known) {
  const HostPort sent = split(authority);
  std::string_view host = sent.host;
  if (ends_with_localhost(host) && !is_known(lower_case(host))) host.remove_suffix(kLocalhost.size());
  const bool is_moved = sent.port == port.bound_port && port.bound_port != port.gateway_port;
  if (host.size() == sent.host.size() && !is_moved) return std::nullopt;
  if (is_moved && port.gateway_port == default_port(port.is_tls)) return std::string(host);
  if (is_moved) return fmt::format("{}:{}", host, port.gateway_port);
  return std::string(host).append(authority.substr(sent.host.size()));
}

std::optional<std::string> local_location(std::string_view location, bool came_by_localhost,
                                          std::span<const ServedPort> ports, const KnownHost& is_known) {
  const bool is_tls = location.starts_with("https://");
  if (!is_tls && !location.starts_with("http://")) return std::nullopt;
  const std::string_view scheme = is_tls ? "https" : "http";
  const std::string_view rest = location.substr(scheme.size() + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const HostPort named = split(authority);
  if (!is_known(lower_case(named.host))) return std::nullopt;

  const std::uint32_t wanted = named.port.value_or(default_port(is_tls));
  const auto served = std::ranges::find_if(
      ports, [&](const ServedPort& p) { return p.gateway_port == wanted && (p.is_tls == is_tls || p.is_plain_too); });
  if (served == ports.end()) return std::nullopt;
  const bool is_moved = served->bound_port != served->gateway_port;
  const bool gets_suffix = came_by_localhost && !ends_with_localhost(named.host);
  if (!is_moved && !gets_suffix) return std::nullopt;
  std::string mapped = fmt::format("{}://{}{}", scheme, named.host, gets_suffix ? kLocalhost : "");
  if (is_moved) {
    mapped += fmt::format(":{}", served->bound_port);
  } else if (named.port) {
    mapped += fmt::format(":{}", *named.port);
  }
  return mapped.append(rest.substr(authority.size()));
}

}  // namespace wicket::proxy
