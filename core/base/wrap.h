// Text broken into lines, for help, man pages and explanations.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wicket {

/// Breaks valid UTF-8 at blanks into lines of at most `width` columns, one per code point. Line breaks in the text
/// stay; a word that is longer than a line has one to itself. Empty text is one empty line.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

}  // namespace wicket
