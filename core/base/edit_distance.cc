// The textbook table of distances between prefixes, of which only three rows are kept: row i needs row i-1 for single
// edits and row i-2 for a swap of neighbours.

#include "base/edit_distance.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace wicket {
namespace {

// The form in which spelling variants of one name are the same.
char folded(char c) {
  if (c == '_') return '-';
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_but_for_spelling(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, folded, folded);
}

std::size_t tolerance(std::string_view word) {
  if (word.size() < 3) return 0;
  return std::min<std::size_t>(2, word.size() / 3);
}

std::size_t difference(std::size_t a, std::size_t b) { return a > b ? a - b : b - a; }

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates) {
  for (const std::string_view candidate : candidates)
    if (same_but_for_spelling(word, candidate)) return candidate;

  std::optional<std::string_view> best;
  std::size_t limit = tolerance(word) + 1;  // a candidate must stay below
  for (const std::string_view candidate : candidates) {
    if (difference(word.size(), candidate.size()) >= limit) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance >= limit) continue;
    limit = distance;
    best = candidate;
  }
  return best;
}

}  // namespace wicket
