// One file ▸ the documents in it that are worth parsing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/result.h"
#include "base/source_set.h"

namespace wicket::load {

/// Reads the next bytes into a buffer; 0 at the end.
using ReadBlock = std::function<Result<std::size_t>(char* buffer, std::size_t size)>;

/// A document inside the kept bytes of a file.
struct DocumentSlice {
  std::uint32_t segment = 0;  // index into SourceFile::segments
  std::uint32_t begin = 0;    // in the segment's bytes
  std::uint32_t size = 0;
  std::uint32_t index = 0;  // 0-based number of the document in the file
};

struct ReadFile {
  std::shared_ptr<SourceFile> source;
  std::vector<DocumentSlice> documents;
  std::size_t skipped = 0;  // documents of foreign kinds
};

/// Reads a file to its end, block by block, and keeps only the documents that may hold what wicket reads.
/// Limits: 2 GiB a file. Errors: those of `read`, kTooLarge.
[[nodiscard]] Result<ReadFile> read_documents(std::string name, const ReadBlock& read);

}  // namespace wicket::load
