// Bytes on their way: appended at one end, taken at the other.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace wicket::proxy {

/// A queue of bytes that lie in one piece. It owns memory only while it holds bytes or is being written to, so that an
/// idle connection costs none; how much it may hold is up to the caller.
class Buffer {
 public:
  [[nodiscard]] std::string_view readable() const { return {memory_.get() + begin_, end_ - begin_}; }
  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  [[nodiscard]] bool empty() const { return begin_ == end_; }

  /// At least `room` bytes behind the readable ones. Views taken before are no longer valid.
  [[nodiscard]] std::span<char> writable(std::size_t room);
  /// So many of them now hold bytes.
  void commit(std::size_t count) { end_ += count; }
  void append(std::string_view bytes);
  /// Drops bytes at the front; views of the others stay valid until the next writable(), append() or release().
  void consume(std::size_t count) { begin_ += count; }
  /// Gives the memory back when there is nothing in it.
  void release();
  void clear();

 private:
  std::unique_ptr<char[]> memory_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace wicket::proxy
