#include "model/host_name.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace wicket::model {
namespace {

constexpr std::size_t kLongestLabel = 63;
constexpr std::size_t kLongestName = 255;

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// Go's strconv.Atoi succeeds. A sign would end the label as one anyway.
bool is_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool are_labels(std::string_view text) {
  const std::size_t last_dot = text.rfind('.');
  if (is_number(text.substr(last_dot == std::string_view::npos ? 0 : last_dot + 1))) return false;
  for (;;) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) return text.empty() || is_istio_label(text);
    if (!is_istio_label(text.substr(0, dot))) return false;
    text.remove_prefix(dot + 1);
  }
}

bool is_wildcard_label(std::string_view text) {
  if (text == "*") return true;
  if (text.size() > kLongestLabel) return false;
  if (text.starts_with('*')) text.remove_prefix(text.starts_with("*-") ? 2 : 1);
  return is_istio_label(text);
}

bool parses_as(int family, std::string_view text) {
  std::array<char, 64> terminated{};  // longer than any address
  std::array<unsigned char, sizeof(in6_addr)> address{};
  if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) return false;
  std::ranges::copy(text, terminated.begin());
  return inet_pton(family, terminated.data(), address.data()) == 1;
}

bool is_ipv6_address(std::string_view text) { return parses_as(AF_INET6, text); }
bool is_ipv4_address(std::string_view text) { return parses_as(AF_INET, text); }

}  // namespace

bool is_istio_label(std::string_view text) {
  return !text.empty() && text.size() <= kLongestLabel && is_letter_or_digit(text.front()) &&
         is_letter_or_digit(text.back()) &&
         std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

bool is_fqdn(std::string_view text) { return !text.empty() && text.size() <= kLongestName && are_labels(text); }

bool is_wildcard_domain(std::string_view text) {
  if (text.empty() || text.size() > kLongestName) return false;
  const std::size_t dot = text.find('.');
  if (!is_wildcard_label(text.substr(0, dot))) return false;
  return dot == std::string_view::npos || are_labels(text.substr(dot + 1));
}

bool is_ip_address(std::string_view text) {
  if (is_ipv4_address(text)) return true;
  const std::size_t zone = text.find('%');
  return zone + 1 != text.size() && is_ipv6_address(text.substr(0, zone));
}

bool is_ip_prefix(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view address = text.substr(0, slash);
  const std::string_view length = text.substr(slash + 1);
  const bool v4 = is_ipv4_address(address);
  if (!v4 && !is_ipv6_address(address)) return false;
  int bits = 0;
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bits);
  const bool plain = !length.empty() && (length.size() == 1 || (length.front() >= '1' && length.front() <= '9')) &&
                     length.front() != '-';
  return plain && error == std::errc() && end == length.data() + length.size() && bits <= (v4 ? 32 : 128);
}

bool is_partial_wildcard(std::string_view text) {
  return text.size() != 1 && text.find('*') != std::string_view::npos && !text.starts_with("*.");
}

}  // namespace wicket::model
