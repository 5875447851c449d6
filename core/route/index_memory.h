// Memory of the indexes of a table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace wicket::route {

/// Words that are written once and read by every decision, all indexes of a table in a row. A large one asks the system
/// for large pages: a decision comes by a handful of places all over it, and with small pages each of them costs a look
/// into the page tables as well.
class IndexMemory {
 public:
  IndexMemory() = default;
  /// Copies the words. Cost: one allocation.
  explicit IndexMemory(std::span<const std::uint32_t> words);

  [[nodiscard]] const std::uint32_t* data() const { return words_.get(); }

  static constexpr std::size_t kCacheLine = 64;

 private:
  struct Free {
    void operator()(std::uint32_t* words) const;
  };
  std::unique_ptr<std::uint32_t[], Free> words_;
};

}  // namespace wicket::route
