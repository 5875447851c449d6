// Lists of words in a text, as header values and settings write them.
#pragma once

#include <algorithm>
#include <string_view>

namespace wicket {

/// Without spaces and tabs at both ends.
[[nodiscard]] inline std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// Whether `is_it` holds for an item between the commas, blanks taken off. Source: RFC 9110 section 5.6.1.
template <class IsIt>
[[nodiscard]] bool has_item(std::string_view list, IsIt is_it) {
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), item.size() + 1));
    if (is_it(without_blanks(item))) return true;
  }
  return false;
}

}  // namespace wicket
