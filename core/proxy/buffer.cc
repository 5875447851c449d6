// Blocks of the usual sizes go through short lists of spare ones, of each thread: they come and go with every request.

#include "proxy/buffer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "proxy/limits.h"

namespace wicket::proxy {
namespace {

constexpr std::size_t kBlock = limits::kReadBytes;
constexpr std::size_t kMaxSpareBytes = 1024 * 1024;  // of one size, of one thread

using Block = std::unique_ptr<char[]>;

// nullptr: a size that is not kept.
std::vector<Block>* spare(std::size_t size) {
  thread_local std::array<std::vector<Block>, 2> blocks;
  if (size == kBlock) return &blocks[0];
  return size == limits::kBodyReadBytes ? &blocks[1] : nullptr;
}

Block take(std::size_t size) {
  if (std::vector<Block>* kept = spare(size); kept != nullptr && !kept->empty()) {
    Block block = std::move(kept->back());
    kept->pop_back();
    return block;
  }
  return Block(new char[size]);  // not zeroed, unlike make_unique's
}

void give_back(Block block, std::size_t size) {
  if (std::vector<Block>* kept = spare(size); kept != nullptr && (kept->size() + 1) * size <= kMaxSpareBytes)
    kept->push_back(std::move(block));
}

}  // namespace

std::span<char> Buffer::writable(std::size_t room) {
  if (capacity_ - end_ < room) {
    const std::size_t held = size();
    if (memory_ != nullptr && capacity_ - held >= room && held <= capacity_ / 2) {
      std::memmove(memory_.get(), memory_.get() + begin_, held);
    } else {
      const std::size_t wanted = std::max({kBlock, held + room, held == 0 ? 0 : capacity_ * 2});
      Block grown = take(wanted);
      if (held != 0) std::memcpy(grown.get(), memory_.get() + begin_, held);
      if (memory_ != nullptr) give_back(std::move(memory_), capacity_);
      memory_ = std::move(grown);
      capacity_ = wanted;
    }
    begin_ = 0;
    end_ = held;
  }
  return {memory_.get() + end_, capacity_ - end_};
}

void Buffer::append(std::string_view bytes) {
  if (bytes.empty()) return;
  std::memcpy(writable(bytes.size()).data(), bytes.data(), bytes.size());
  commit(bytes.size());
}

void Buffer::release() {
  if (!empty()) return;
  if (memory_ != nullptr) give_back(std::move(memory_), capacity_);
  capacity_ = begin_ = end_ = 0;
}

void Buffer::clear() {
  begin_ = end_;
  release();
}

}  // namespace wicket::proxy
