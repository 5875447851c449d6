// UTF-8: validation and counting. Behind the first validation every layer may assume valid text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wicket {

/// Offset of the first byte that is not part of valid UTF-8 (overlong forms, surrogates and values beyond U+10FFFF are
/// not valid); nothing when all of it is. Source: RFC 3629 section 4.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// Number of code points of valid UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

/// A code point and the number of bytes it takes.
struct CodePoint {
  std::uint32_t value = 0;
  std::size_t size = 1;
};

/// The code point at the start of `text`, which is valid UTF-8 and not empty.
[[nodiscard]] CodePoint first_code_point(std::string_view text);

/// Appends a code point; U+FFFD in place of one that no text can hold: a half of a pair, or what Unicode does not have.
void append_utf8(std::string& out, std::uint32_t code_point);

}  // namespace wicket
