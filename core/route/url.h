// URLs, as curl takes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "route/request.h"

namespace wicket::route {

/// The parts of an http or https URL.
struct Url {
  std::string scheme;     // http or https
  std::string authority;  // host, with the port if one is written
  std::string host;       // without port; an IPv6 address in its brackets
  std::uint16_t port = 80;
  std::string target = "/";  // path with query; the fragment is gone, as a client never sends it
};

/// Takes a URL apart. Without a scheme it is http. Errors: kInvalid, in words that follow the URL.
/// Source: curl(1), RFC 3986; user names are accepted and dropped.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

/// The GET that curl sends there: Host and port of the URL, and as server name its host, unless that is an address.
[[nodiscard]] Request request_to(const Url& url);

}  // namespace wicket::route
