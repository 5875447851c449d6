#include "proxy/random.h"

#include <array>

namespace wicket::proxy {

std::string Random::uuid() {
  constexpr std::string_view kHex = "0123456789abcdef";
  // Source: RFC 9562 section 5.4
  const std::array<std::uint64_t, 2> bits = {(next() & ~0xF000ULL) | 0x4000ULL,
                                             (next() & ~(3ULL << 62U)) | (2ULL << 62U)};
  std::string text;
  text.reserve(36);
  for (const std::uint64_t half : bits) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      text += kHex[(half >> static_cast<unsigned>(shift)) & 15U];
      const std::size_t size = text.size();
      if (size == 8 || size == 13 || size == 18 || size == 23) text += '-';
    }
  }
  return text;
}

}  // namespace wicket::proxy
