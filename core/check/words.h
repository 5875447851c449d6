// Words that messages share.
#pragma once

#include <string>
#include <string_view>

namespace wicket::check {

/// The user's text in quotes, cut after 60 bytes (never inside a character).
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace wicket::check
