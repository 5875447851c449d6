// Where something stands in the input: bytes of a file, turned into lines and columns only when printed.
#pragma once

#include <cstdint>

namespace wicket {

/// Index of a file in the SourceSet that it was read into.
enum class FileId : std::uint32_t {};

/// A stretch of one file. Units: bytes from the start of the file as read (byte-order mark included), [begin, end).
struct Span {
  FileId file{};
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

}  // namespace wicket
