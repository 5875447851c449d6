// "Did you mean …": how far two words are apart, and the nearest of several.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace wicket {

/// Edits that turn one word into the other: a byte inserted, removed or replaced, or two neighbours swapped.
/// Source: Damerau-Levenshtein in its restricted form (optimal string alignment): no stretch is edited twice.
/// Cost:   product of the two lengths in time, the length of `b` in memory.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that a mistyped word most likely stands for, as a view of that candidate; the first one among equals.
/// One that is equal but for letter case, '-' and '_' comes first. Else the distance is at most 2, and at most a third
/// of the word's length (at least 1 from three letters on): a wrong guess is worse than none.
/// Cost:   candidates whose length alone puts them too far away are passed over, so a huge word costs nothing.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word,
                                                      std::span<const std::string_view> candidates);

}  // namespace wicket
