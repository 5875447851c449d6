// Look-ups by text in maps keyed by std::string, without making one; hashes of keys of several parts.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace wicket {

struct TextHash {
  using is_transparent = void;
  [[nodiscard]] std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// One hash of several parts, in their order: text as views, numbers, pointers.
template <class... Parts>
[[nodiscard]] std::size_t hash_of(const Parts&... parts) {
  constexpr std::size_t kSpread = 1000003;
  std::size_t hash = 0;
  ((hash = hash * kSpread + std::hash<Parts>{}(parts)), ...);
  return hash;
}

/// A map that is asked with views.
template <class T>
using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

}  // namespace wicket
