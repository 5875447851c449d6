// The bytes of a connected descriptor. For the sources that own one.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "proxy/limits.h"
#include "proxy/net.h"

struct bio_st;

namespace wicket::proxy {

/// Reads come first from what arrived while the owner waited, in a little room of the stream's own, and then from the
/// descriptor, unless that is known to be empty. Does not close it.
class ByteStream {
 public:
  explicit ByteStream(int descriptor) : descriptor_(descriptor) {}
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  /// Where the next bytes may arrive; empty while some of the last ones have not been read.
  [[nodiscard]] std::span<char> room();
  /// So many bytes did.
  void arrived(std::size_t count);
  /// Nothing did, and nothing more will: kEnd or kError.
  void ended(IoStatus how);
  [[nodiscard]] bool has_arrived() const { return begin_ != end_; }

  [[nodiscard]] IoResult read(std::span<char> into);
  /// Looks at the first byte, and leaves it where it is.
  [[nodiscard]] IoResult peek(char& first) const;
  /// Both pieces in one call, the second right behind the first.
  [[nodiscard]] IoResult write(std::string_view first, std::string_view second) const;

  /// For OpenSSL, which frees it; the stream has to live as long.
  [[nodiscard]] bio_st* new_bio();

 private:
  [[nodiscard]] IoResult receive(std::span<char> into);

  int descriptor_;
  std::array<char, limits::kEarlyBytes> early_;  // not zeroed
  std::size_t begin_ = 0, end_ = 0;              // of what has arrived
  bool may_hold_more_ = true;                    // the descriptor
  IoStatus status_ = IoStatus::kDone;            // behind what has arrived
};

}  // namespace wicket::proxy
