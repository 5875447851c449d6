// Blocks of the usual size go through a short list of spare ones, one a thread: they come and go with every request.

#include "proxy/buffer.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "proxy/limits.h"

namespace wicket::proxy {
namespace {

constexpr std::size_t kBlock = limits::kReadBytes;
constexpr std::size_t kMaxSpare = 64;  // blocks of one thread

std::vector<std::unique_ptr<char[]>>& spare() {
  thread_local std::vector<std::unique_ptr<char[]>> blocks;
  return blocks;
}

std::unique_ptr<char[]> take(std::size_t size) {
  if (size == kBlock && !spare().empty()) {
    std::unique_ptr<char[]> block = std::move(spare().back());
    spare().pop_back();
    return block;
  }
  return std::unique_ptr<char[]>(new char[size]);  // not zeroed, unlike make_unique's
}

void give_back(std::unique_ptr<char[]> block, std::size_t size) {
  if (size == kBlock && spare().size() < kMaxSpare) spare().push_back(std::move(block));
}

}  // namespace

std::span<char> Buffer::writable(std::size_t room) {
  if (capacity_ - end_ < room) {
    const std::size_t held = size();
    if (memory_ != nullptr && capacity_ - held >= room && held <= capacity_ / 2) {
      std::memmove(memory_.get(), memory_.get() + begin_, held);
    } else {
      const std::size_t wanted = std::max({kBlock, held + room, held == 0 ? 0 : capacity_ * 2});
      std::unique_ptr<char[]> grown = take(wanted);
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
