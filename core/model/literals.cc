#include "model/literals.h"

#include <algorithm>

#include "base/utf8.h"

namespace wicket::model {

bool is_surprising(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  if (text.size() > 1 && text[0] == '0' && text[1] != '.') return true;
  return text.find('_') != std::string_view::npos || text.find_first_of("eE") != std::string_view::npos;
}

std::string other_reading(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (c >= '0' && c <= '9') digits += c;
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string::npos ? "0" : digits.substr(first);
}

std::optional<Suspect> find_suspect(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const bool ascii = std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (ascii && text.front() > ' ' && text.back() > ' ') return std::nullopt;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = first_code_point(text.substr(at));
    const std::uint32_t c = point.value;
    const bool invisible = c == 0xA0 || c == 0xAD || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
                           (c >= 0x205F && c <= 0x206F) || c == 0x3000 || c == 0xFEFF;
    const bool quote = c >= 0x2018 && c <= 0x201F;
    const bool look_alike = c >= 0x0370 && c <= 0x04FF;  // Greek and Cyrillic
    if (invisible || quote || look_alike) return Suspect{at, c};
    at += point.size;
  }
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  if (is_blank(text.front())) return Suspect{0, static_cast<unsigned char>(text.front())};
  if (is_blank(text.back())) {
    std::size_t at = text.size();
    while (at > 0 && is_blank(text[at - 1])) --at;
    return Suspect{at, static_cast<unsigned char>(text[at])};
  }
  return std::nullopt;
}

bool decode_base64(std::string_view text, std::string& out) {
  const auto value = [](char c) -> int {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
  };
  if (text.empty() || text.size() % 4 != 0) return false;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  out.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    std::uint32_t bits = 0;
    for (std::size_t j = i; j < i + 4; ++j) {
      const bool pad = j >= text.size() - padding;
      const int digit = pad ? 0 : value(text[j]);
      if (digit < 0) return false;
      bits = (bits << 6) | static_cast<std::uint32_t>(digit);
    }
    const std::size_t bytes = i + 4 == text.size() ? 3 - padding : 3;
    for (std::size_t k = 0; k < bytes; ++k) out += static_cast<char>((bits >> (16 - 8 * k)) & 0xFF);
  }
  return true;
}

}  // namespace wicket::model
