// The bytes of the files that were read, and the way from offsets to lines and columns.
//
// A file is kept as the stretches that matter (segments): documents of other kinds are dropped while reading, so that a
// dump of 100 MB with ten routes in it costs the memory of the ten. Offsets and line numbers are those of the whole
// file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace wicket {

/// A stretch of a file that was kept.
struct Segment {
  std::uint32_t offset = 0;      // of the first byte, in the file
  std::uint32_t first_line = 1;  // 1-based line on which it begins; it begins at the start of that line
  std::string bytes;
};

/// One file as read.
struct SourceFile {
  FileId id{};
  std::string name;               // as the user wrote it, or as found below a folder
  std::vector<Segment> segments;  // ascending, not touching
  std::uint64_t size = 0;         // of the whole file, in bytes
};

/// 1-based; columns count code points.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// A line of the source, for excerpts.
struct Line {
  std::string_view text;     // without its line break
  std::uint32_t offset = 0;  // of its first byte, in the file
};

/// All files of a run. Files are added once, in the order of their ids, and never change.
class SourceSet {
 public:
  /// Takes a file in; its id must be the number of files so far.
  void add(std::shared_ptr<const SourceFile> file);

  [[nodiscard]] std::size_t size() const { return files_.size(); }
  [[nodiscard]] const SourceFile& file(FileId id) const { return *files_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const std::string& name(FileId id) const { return file(id).name; }

  /// Line and column of an offset. CR LF counts as one line break. An offset that was not kept: the nearest kept place.
  [[nodiscard]] Position position(FileId id, std::uint32_t offset) const;
  /// The line that holds an offset; empty text when it was not kept.
  [[nodiscard]] Line line(FileId id, std::uint32_t offset) const;
  /// The bytes of a span; empty when they were not kept.
  [[nodiscard]] std::string_view text(const Span& span) const;

 private:
  std::vector<std::shared_ptr<const SourceFile>> files_;
};

}  // namespace wicket
