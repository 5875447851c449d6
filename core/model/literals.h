// Literals that are not what they seem, and base64.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wicket::model {

/// A number that readers of YAML 1.1 and 1.2, or people, take for different ones: 0443, 0x50, 1_000, 1e3.
[[nodiscard]] bool is_surprising(std::string_view text);

/// What such a literal is for a person who does not think of bases: its digits.
[[nodiscard]] std::string other_reading(std::string_view text);

/// A character that looks like nothing or like another one.
struct Suspect {
  std::size_t offset = 0;
  std::uint32_t code_point = 0;
};

/// The first such character inside of a name, blanks at its ends included. Nothing for an honest text.
/// Source: Unicode TR 39 for the letters that look like Latin ones.
[[nodiscard]] std::optional<Suspect> find_suspect(std::string_view text);

/// Decodes base64 in the standard alphabet with its padding; false for anything else, and for empty text.
/// Source: RFC 4648 section 4; the CRD format `byte`.
[[nodiscard]] bool decode_base64(std::string_view text, std::string& out);

}  // namespace wicket::model
