#include "route/index_memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace wicket::route {
namespace {

constexpr std::size_t kLargePage = std::size_t{2} << 20U;
constexpr std::size_t kLarge = 2 * kLargePage;  // below, small pages do

constexpr std::size_t rounded_up(std::size_t size, std::size_t step) { return (size + step - 1) / step * step; }

}  // namespace

IndexMemory::IndexMemory(std::span<const std::uint32_t> words) {
  if (words.empty()) return;
  const std::size_t step = words.size_bytes() < kLarge ? kCacheLine : kLargePage;
  const std::size_t size = rounded_up(words.size_bytes(), step);
  words_.reset(static_cast<std::uint32_t*>(std::aligned_alloc(step, size)));
  if (words_ == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  if (step == kLargePage) madvise(words_.get(), size, MADV_HUGEPAGE);  // refused: small pages it is
#endif
  std::ranges::copy(words, words_.get());
}

void IndexMemory::Free::operator()(std::uint32_t* words) const { std::free(words); }

}  // namespace wicket::route
