// Command lines as people write them, for tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wicket::cli {

/// Takes a line apart as a shell would, as far as single quotes go.
inline std::vector<std::string> words(std::string_view line) {
  std::vector<std::string> words;
  bool quoted = false, open = false;
  for (const char c : line) {
    if (c == '\'') {
      quoted = !quoted;
      if (!open) words.emplace_back();
      open = true;
    } else if (c == ' ' && !quoted) {
      open = false;
    } else {
      if (!open) words.emplace_back();
      open = true;
      words.back() += c;
    }
  }
  return words;
}

}  // namespace wicket::cli
