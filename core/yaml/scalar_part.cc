#include "yaml/scalar_part.h"

#include <charconv>
#include <cstdint>
#include <string_view>

namespace wicket::yaml {
namespace {

/// One character of a quoted scalar: bytes in the source, bytes in the value.
struct Step {
  std::size_t written = 1;
  std::size_t meant = 1;
};

std::size_t utf8_size(std::uint32_t code_point) {
  return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
}

std::uint32_t hex(std::string_view digits) {
  std::uint32_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  return number;
}

/// An escape of a double-quoted scalar; `text` starts with the backslash.
Step escape(std::string_view text) {
  if (text.size() < 2) return {};
  switch (text[1]) {
    case 'x':
      return {.written = 4, .meant = utf8_size(hex(text.substr(2, 2)))};
    case 'u': {
      const std::uint32_t unit = hex(text.substr(2, 4));
      const bool pair = unit >= 0xD800 && unit < 0xDC00 && text.substr(6, 2) == "\\u";  // JSON
      return pair ? Step{.written = 12, .meant = 4} : Step{.written = 6, .meant = utf8_size(unit)};
    }
    case 'U':
      return {.written = 10, .meant = utf8_size(hex(text.substr(2, 8)))};
    case 'N':
    case '_':
      return {.written = 2, .meant = 2};
    case 'L':
    case 'P':
      return {.written = 2, .meant = 3};
    default:
      return {.written = 2, .meant = 1};
  }
}

/// Offset in the source of what stands `wanted` bytes into the value; npos when that is no border of a character.
std::size_t source_offset(std::string_view written, Style style, std::size_t wanted) {
  std::size_t at = 0;
  std::size_t value = 0;
  while (at < written.size() && value < wanted) {
    Step step;
    if (style == Style::kSingleQuoted && written.substr(at, 2) == "''") step.written = 2;
    if (style == Style::kDoubleQuoted && written[at] == '\\') step = escape(written.substr(at));
    at += step.written;
    value += step.meant;
  }
  return value == wanted && at <= written.size() ? at : std::string_view::npos;
}

}  // namespace

Span span_of_part(const Document& document, NodeId scalar, const ScalarPart& part) {
  const Node& node = document[scalar];
  const Span whole = document.span(scalar);
  if (node.kind != NodeKind::kScalar || document.original_of(scalar) != NodeId::kNone) return whole;
  std::string_view written = document.source.substr(node.begin - document.base, node.end - node.begin);
  if (written.find('\n') != std::string_view::npos) return whole;
  std::uint32_t start = node.begin;
  if (node.style == Style::kSingleQuoted || node.style == Style::kDoubleQuoted) {
    if (written.size() < 2) return whole;
    written = written.substr(1, written.size() - 2);
    ++start;
  } else if (node.style != Style::kPlain) {
    return whole;
  }
  const std::size_t begin = source_offset(written, node.style, part.offset);
  const std::size_t end = source_offset(written, node.style, part.offset + part.size);
  if (begin == std::string_view::npos || end == std::string_view::npos) return whole;
  return {document.file, start + static_cast<std::uint32_t>(begin), start + static_cast<std::uint32_t>(end)};
}

}  // namespace wicket::yaml
