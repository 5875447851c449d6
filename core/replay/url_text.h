// How clients write what they send: pieces that several readers of requests share.
#pragma once

#include <string>
#include <string_view>

namespace wicket::replay {

/// Source: RFC 4648 section 4.
[[nodiscard]] std::string base64(std::string_view text);

/// All but what RFC 3986 calls unreserved as %XX.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// A path and query without its "." and ".." segments; the query stays as it is.
/// Source: RFC 3986 section 5.2.4.
[[nodiscard]] std::string without_dot_segments(std::string_view target);

/// Puts "name=value" behind a target's query, or begins one.
void add_to_query(std::string& target, std::string_view part);

}  // namespace wicket::replay
