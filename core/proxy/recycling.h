// Memory for objects that come and go with every request.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace wicket::proxy {

/// An allocator that keeps the memory of some objects of each thread for the next ones. For std::allocate_shared.
template <class T>
class Recycling {
 public:
  using value_type = T;

  Recycling() = default;
  template <class U>
  Recycling(const Recycling<U>& /*other*/) {}  // NOLINT(google-explicit-constructor): an allocator is made of others

  [[nodiscard]] T* allocate(std::size_t count) {
    std::vector<void*>& kept = spare().blocks;
    if (count != 1 || kept.empty()) return static_cast<T*>(::operator new(count * sizeof(T)));
    void* block = kept.back();
    kept.pop_back();
    return static_cast<T*>(block);
  }
  void deallocate(T* block, std::size_t count) {
    if (count == 1 && spare().blocks.size() < kMaxSpare) return spare().blocks.push_back(block);
    ::operator delete(block);
  }
  friend bool operator==(const Recycling& /*a*/, const Recycling& /*b*/) { return true; }

 private:
  static constexpr std::size_t kMaxSpare = 64;

  struct Spare {
    std::vector<void*> blocks;
    Spare() = default;
    ~Spare() {
      for (void* block : blocks) ::operator delete(block);
    }
    Spare(const Spare&) = delete;
    Spare& operator=(const Spare&) = delete;
  };
  static Spare& spare() {
    thread_local Spare kept;
    return kept;
  }
};

}  // namespace wicket::proxy
