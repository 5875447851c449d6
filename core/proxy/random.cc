#include "proxy/random.h"

#include <array>

namespace wicket::proxy {

std::string Random::uuid() {
  constexpr std::string_view kHex = "0123456789abcdef";
  // Source: RFC 9562 section 5.4
  const std::array<std::uint64_t, 2> bits = {(next() & ~0xF000ULL) | 0x4000ULL,
                                             (next() & ~(3ULL << 62U)) | (2ULL << 62U)};
  std::string text(36, '-');
  std::size_t at = 0;
  for (const std::uint64_t half : bits) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      if (at == 8 || at == 13 || at == 18 || at == 23) ++at;
      text[at++] = kHex[(half >> static_cast<unsigned>(shift)) & 15U];
    }
  }
  return text;
}

}  // namespace wicket::proxy
