#include "replay/url_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace wicket::replay {

std::string base64(std::string_view text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < 3; ++j)
      bits = bits << 8U | (i + j < text.size() ? static_cast<unsigned char>(text[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j)
      out.push_back(i + j > text.size() ? '=' : kDigits[(bits >> (18U - 6U * j)) & 63U]);
  }
  return out;
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain) {
      out.push_back(c);
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string without_dot_segments(std::string_view target) {
  const std::size_t mark = std::min(target.find('?'), target.size());
  std::string_view in = target.substr(0, mark);
  std::string out;
  while (!in.empty()) {
    if (in.starts_with("/./") || in == "/.") {
      in = in == "/." ? std::string_view("/") : in.substr(2);
    } else if (in.starts_with("/../") || in == "/..") {
      in = in == "/.." ? std::string_view("/") : in.substr(3);
      out.erase(std::min(out.rfind('/'), out.size()));
    } else {
      const std::size_t next = std::min(in.find('/', 1), in.size());
      out.append(in.substr(0, next));
      in.remove_prefix(next);
    }
  }
  return out.append(target.substr(mark));
}

void add_to_query(std::string& target, std::string_view part) {
  target.push_back(target.find('?') == std::string::npos ? '?' : '&');
  target.append(part);
}

}  // namespace wicket::replay
