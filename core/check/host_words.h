// What is wrong with a host name, in words.
#pragma once

#include <string>
#include <string_view>

namespace wicket::check {

/// Why `text` is neither a host name nor a wildcard domain: "\"_\" is not allowed in it". The first fault; a clause
/// without a full stop. Empty when it is a wildcard domain (see model/host_name.h).
[[nodiscard]] std::string host_fault(std::string_view text);

/// The name in front of a port, a path or behind a scheme, where that is a fully qualified name or an IPv4 address:
/// "a.example.com" of "https://a.example.com:8443/x". Empty when nothing was taken off, or no sound name is left.
[[nodiscard]] std::string_view bare_host(std::string_view text);

}  // namespace wicket::check
