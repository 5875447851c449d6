// What can be told from the form of a pattern, without matching anything.
#pragma once

#include <cstdint>
#include <string_view>

namespace wicket::check {

/// Why a pattern takes no path.
enum class PathFault : std::uint8_t {
  kNone,     // it takes some path, as far as its form tells
  kNoSlash,  // nothing that it takes begins with a slash
  kQuery,    // all that it takes has a ? or a #, which no path has
  kAnchor,   // ^ stands behind, or $ in front of, something that is not empty
};

/// Whether a pattern, taken as a whole against a path without its query, can match. The pattern is one that RE2 takes.
/// Anything but kNone is certain.
[[nodiscard]] PathFault path_fault(std::string_view pattern);

/// Whether every match of a pattern that is searched for begins where the text begins: ^ or \A in front of all of it.
[[nodiscard]] bool begins_with_anchor(std::string_view pattern);

}  // namespace wicket::check
