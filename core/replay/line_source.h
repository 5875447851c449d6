// Bytes ▸ blocks of whole lines, gzip taken off on the way.
#pragma once

#include <cstddef>
#include <istream>
#include <memory>
#include <string>

#include "base/file_reader.h"
#include "base/result.h"

namespace wicket::replay {

/// The bytes of a file, inflated where they are gzip's; members that follow each other are one.
/// Errors of read(): those of the file; kInvalid when the gzip data is broken or ends early.
/// Source: RFC 1952.
[[nodiscard]] std::unique_ptr<OpenFile> inflated(std::unique_ptr<OpenFile> file);

/// A stream as a file; the stream outlives it.
[[nodiscard]] std::unique_ptr<OpenFile> file_of(std::istream& stream);

/// A block of a file.
struct Block {
  std::string bytes{};         // whole lines, but for the last one of a file that has no line end
  std::size_t first_line = 1;  // 1-based
  std::size_t too_long = 0;    // lines left out before this block because they had no end in sight
  bool ends_open = false;      // the last line has no line end: perhaps it was cut off
};

/// Reads in blocks of about a mebibyte. Memory: one block, whatever the size of the file.
/// Limits: 64 MiB a line; longer ones are left out.
class LineSource {
 public:
  explicit LineSource(std::unique_ptr<OpenFile> file) : file_(std::move(file)) {}

  /// Fills `block`; false at the end. Errors: those of the file; what was read before is in the blocks before.
  [[nodiscard]] Result<bool> next(Block& block);

 private:
  void keep_whole_lines(Block& block);

  std::unique_ptr<OpenFile> file_;
  std::string rest_;  // the beginning of a line
  std::size_t next_line_ = 1;
  bool is_skipping_ = false;  // inside a line that is too long
  bool is_at_end_ = false;
  Result<void> ended_{};  // why reading ended early
};

/// Calls `take(line, number)` for each line of a block, without its line end.
template <class Take>
void each_line(std::string_view bytes, std::size_t first_line, Take take) {
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = bytes.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    take(line, first_line++);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
}

}  // namespace wicket::replay
