// A source with a mark in place of the words that cannot matter to its structure.
//
// yaml-cpp asks several regular expressions at each character of a scalar, and manifests are mostly names. Where a line
// tells by itself where its scalars begin and end (`key:`, `key: word`, `- word`, `key: "text"`), yaml-cpp gets one
// character for each. Indentation, indicators, comments and all other lines stay as they are, so that it finds the same
// structure; the text of the scalars is in the source. A line of this look inside a scalar of several lines is seen by
// the mark in that scalar's value: then the source has to be read whole.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wicket::yaml {

/// Stands for one scalar. No source holds it: control characters are refused before.
inline constexpr char kWordMark = '\x01';

/// Puts the abridged source into `out`; returns whether it has marks. Linear; `source` may be anything.
bool abridge(std::string_view source, std::string& out);

/// The scalar that a mark at this place stands for, with its quotes; empty where there would be no mark.
[[nodiscard]] std::string_view marked_scalar(std::string_view source, std::size_t at);

}  // namespace wicket::yaml
