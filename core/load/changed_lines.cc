#include "load/changed_lines.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace wicket::load {
namespace {

/// The name behind "+++ b/": as it is, or in double quotes with C escapes.
std::string unquoted(std::string_view name) {
  if (!name.starts_with('"')) return std::string(name.substr(0, name.find('\t')));
  std::string out;
  for (std::size_t i = 1; i < name.size() && name[i] != '"'; ++i) {
    if (name[i] != '\\' || i + 1 == name.size()) {
      out += name[i];
      continue;
    }
    constexpr std::string_view kLetters = "abtnvfr\"\\";
    constexpr std::string_view kMeaning = "\a\b\t\n\v\f\r\"\\";
    const char letter = name[++i];
    if (const std::size_t known = kLetters.find(letter); known != std::string_view::npos) {
      out += kMeaning[known];
    } else {
      unsigned octal = 0;
      const std::size_t end = std::min(i + 3, name.size());
      std::from_chars(name.data() + i, name.data() + end, octal, 8);
      out += static_cast<char>(octal);
      i = end - 1;
    }
  }
  return out;
}

/// Reads the number at the front of `text` and takes it away.
std::uint32_t take_number(std::string_view& text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return error == std::errc() ? number : 0;
}

}  // namespace

void ChangedLines::add_diff(std::string_view diff) {
  std::vector<Range>* ranges = nullptr;
  std::uint32_t content = 0;  // lines of the hunk that are still to come: they may look like anything
  while (!diff.empty()) {
    const std::string_view line = diff.substr(0, diff.find('\n'));
    diff.remove_prefix(std::min(line.size() + 1, diff.size()));
    if (content > 0 && !line.empty() && (line[0] == '+' || line[0] == '-')) {
      --content;
      continue;
    }
    if (line.starts_with("+++ ")) {
      const std::string name = unquoted(line.substr(4));
      ranges = name.starts_with("b/") ? &files_[name.substr(2)] : nullptr;  // else /dev/null: removed
      continue;
    }
    if (!line.starts_with("@@ -")) continue;
    std::string_view left = line.substr(4);
    take_number(left);
    std::uint32_t removed = 1, added = 1;
    if (left.starts_with(',')) {
      left.remove_prefix(1);
      removed = take_number(left);
    }
    if (!left.starts_with(" +")) continue;
    left.remove_prefix(2);
    const std::uint32_t first = take_number(left);
    if (left.starts_with(',')) {
      left.remove_prefix(1);
      added = take_number(left);
    }
    content = removed + added;
    if (ranges != nullptr) ranges->push_back({first, added == 0 ? first + 1 : first + added - 1});
  }
}

void ChangedLines::add_file(std::string path) {
  files_[std::move(path)] = {{1, std::numeric_limits<std::uint32_t>::max()}};
}

bool ChangedLines::touches(const std::string& path, std::uint32_t first, std::uint32_t last) const {
  const auto file = files_.find(path);
  return file != files_.end() && std::ranges::any_of(file->second, [&](const Range& range) {
           return range.first <= last && first <= range.last;
         });
}

}  // namespace wicket::load
