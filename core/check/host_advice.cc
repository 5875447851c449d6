#include "check/host_advice.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/host_name.h"

namespace wicket::check {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool is_port(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view if_host(std::string_view text) { return model::is_wildcard_domain(text) ? text : std::string_view(); }

}  // namespace

HostAdvice advise_on_host(std::string_view text, HostUse use) {
  if (text.empty()) return {.help = "write a name such as shop.example.com", .meant = {}};
  if (const std::string_view inner = trimmed(text); inner != text)
    return {.help = "remove the blanks around it", .meant = if_host(inner)};
  if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) {
    const std::string_view rest = text.substr(scheme + 3);
    return {.help = "a host is a name without scheme, port and path",
            .meant = if_host(rest.substr(0, rest.find_first_of(":/")))};
  }
  const std::size_t slash = text.find('/');
  const std::size_t colon = text.rfind(':');
  if (slash != std::string_view::npos) {
    if (use != HostUse::kHost) return {.help = "a host is a name without a path", .meant = {}};
    const bool has_namespace = model::is_istio_label(text.substr(0, slash)) || text.substr(0, slash) == "*";
    return {.help = "hosts have neither a path nor a namespace in front; namespace/host is for Gateways",
            .meant = has_namespace && text.find('.') > slash ? if_host(text.substr(slash + 1)) : std::string_view()};
  }
  if (colon != std::string_view::npos && is_port(text.substr(colon + 1))) {
    const std::string_view name = if_host(text.substr(0, colon));
    if (use == HostUse::kDestination)
      return {.help = fmt::format("the port goes to destination.port: port: {{number: {}}}", text.substr(colon + 1)),
              .meant = {}};
    return {.help = "leave out the port: it belongs to the Gateway's server", .meant = name};
  }
  if (use == HostUse::kDestination && model::is_ip_address(text))
    return {.help = "an address cannot be a destination: put it into a ServiceEntry and name that one's host",
            .meant = {}};
  if (text.find('_') != std::string_view::npos) return {.help = "host names have no underscores", .meant = {}};
  if (text.find_first_of("()[]{}^$|+?\\") != std::string_view::npos || text.find(".*") != std::string_view::npos)
    return {.help = "hosts are no regular expressions; *.example.com stands for all names below example.com",
            .meant = {}};
  if (text.find('*', 1) != std::string_view::npos || text.starts_with("**"))
    return {.help = "a `*` may only stand in front, as in *.example.com", .meant = {}};
  constexpr std::size_t kLongest = 255;
  if (text.size() > kLongest) return {.help = "a host has at most 255 bytes", .meant = {}};
  return {.help = "labels of letters, digits and `-`, at most 63 each, joined by dots; the last one is no number",
          .meant = {}};
}

}  // namespace wicket::check
