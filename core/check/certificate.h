// What a certificate is for.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wicket::check {

struct Certificate {
  std::vector<std::string> names;      // DNS names of the subject alternative name, lower case
  std::vector<std::string> addresses;  // its IP addresses, as text
  std::chrono::sys_seconds not_before;
  std::chrono::sys_seconds not_after;

  /// Whether a client that asks for this host takes it. A wildcard stands for one label; a host that is a wildcard
  /// needs the very same one. Source: RFC 6125 6.4.3.
  [[nodiscard]] bool covers(std::string_view host) const;
};

/// The first certificate in PEM text; nothing when there is none that can be read.
[[nodiscard]] std::optional<Certificate> parse_certificate(std::string_view pem);

}  // namespace wicket::check
