#include "route/index_memory.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "support/catch.h"

namespace wicket::route {
namespace {

TEST_CASE("memory of indexes holds what it was given, in small pages and in large ones") {
  CHECK(IndexMemory().data() == nullptr);
  for (const std::size_t size :
       {std::size_t{1}, std::size_t{1000}, std::size_t{1} << 20U, (std::size_t{1} << 20U) + 5}) {
    CAPTURE(size);
    std::vector<std::uint32_t> words(size);
    for (std::size_t i = 0; i < size; ++i) words[i] = static_cast<std::uint32_t>(i * 2654435761U);
    const IndexMemory memory(words);
    CHECK(reinterpret_cast<std::uintptr_t>(memory.data()) % IndexMemory::kCacheLine == 0);
    CHECK(std::equal(words.begin(), words.end(), memory.data()));
  }
}

}  // namespace
}  // namespace wicket::route
