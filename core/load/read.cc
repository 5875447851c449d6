// The bytes that are not settled yet wait in one buffer. What is settled leaves it: foreign documents vanish (only
// their lines are counted), the others move to a segment, neighbours to the same one.
#include "load/read.h"

#include <algorithm>
#include <cstring>

#include "yaml/split.h"

namespace wicket::load {
namespace {

constexpr std::size_t kBlock = 1 << 18;
constexpr std::size_t kFullSegment =
    1 << 20;  // a segment that is full is followed by another: none is ever copied much
constexpr std::uint64_t kMaxFile = std::uint64_t{2} << 30;

class Collector {
 public:
  /// `waiting`: room for the bytes that are not settled yet.
  Collector(std::string name, std::string& waiting) : waiting_(waiting) {
    file_.source = std::make_shared<SourceFile>();
    file_.source->name = std::move(name);
  }

  /// Room for `size` more bytes behind those that wait.
  char* room(std::size_t size) {
    if (waiting_.size() < used_ + size) waiting_.resize(std::max(used_ + size, waiting_.size() * 2));
    return waiting_.data() + used_;
  }
  void take(std::size_t size) { used_ += size; }

  /// Settles the documents that are complete; at the end of the file all of them.
  void settle(bool at_end) {
    std::size_t from = 0;
    while (from < used_) {
      const std::string_view rest(waiting_.data() + from, used_ - from);
      // Until the buffer holds a whole document there is nothing to decide, and no need to look again at each block.
      if (!at_end && rest.size() < next_look_) break;
      const yaml::Slice slice = yaml::first_document(rest);
      if (!slice.complete && !at_end) {
        next_look_ = rest.size() * 2;
        break;
      }
      next_look_ = 0;
      keep(rest.substr(0, slice.size), slice);
      from += slice.size;
    }
    used_ -= from;
    if (used_ > 0 && from > 0) std::memmove(waiting_.data(), waiting_.data() + from, used_);
  }

  ReadFile finish() && {
    file_.source->size = offset_;
    if (!file_.source->segments.empty()) file_.source->segments.back().bytes.shrink_to_fit();
    return std::move(file_);
  }

 private:
  void keep(std::string_view bytes, const yaml::Slice& slice) {
    const auto offset = static_cast<std::uint32_t>(offset_);
    const bool marked = bytes.starts_with("---");
    // Comments in front of the first `---` are no document of their own.
    const bool counts = slice.sniff != yaml::Sniff::kEmpty || marked;
    if (slice.sniff == yaml::Sniff::kForeign) {
      ++file_.skipped;
    } else {
      auto& segments = file_.source->segments;
      const bool follows = !segments.empty() && segments.back().offset + segments.back().bytes.size() == offset_;
      const bool full = follows && segments.back().bytes.size() >= kFullSegment;
      if (!follows || full) segments.push_back({.offset = offset, .first_line = line_, .bytes = {}});
      if (full) segments.back().bytes.reserve(kFullSegment + kBlock);
      Segment& segment = segments.back();
      const auto begin = static_cast<std::uint32_t>(segment.bytes.size());
      segment.bytes += bytes;
      if (slice.sniff == yaml::Sniff::kRead) {
        file_.documents.push_back({.segment = static_cast<std::uint32_t>(segments.size() - 1),
                                   .begin = begin,
                                   .size = static_cast<std::uint32_t>(bytes.size()),
                                   .index = index_});
      }
    }
    if (counts) ++index_;
    offset_ += bytes.size();
    line_ += slice.lines;
  }

  ReadFile file_;
  std::string& waiting_;
  std::size_t used_ = 0;
  std::size_t next_look_ = 0;
  std::uint64_t offset_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t index_ = 0;
};

}  // namespace

Result<ReadFile> read_documents(std::string name, const ReadBlock& read) {
  thread_local std::string waiting;  // for the next file, too
  if (waiting.size() > kFullSegment) waiting = {};
  Collector collector(std::move(name), waiting);
  std::uint64_t total = 0;
  for (;;) {
    const auto got = read(collector.room(kBlock), kBlock);
    if (!got) return tl::unexpected<Error>(got.error());
    if (*got == 0) break;
    total += *got;
    if (total >= kMaxFile) return failure(ErrorCode::kTooLarge, "larger than 2 GiB");
    collector.take(*got);
    collector.settle(false);
  }
  collector.settle(true);
  return std::move(collector).finish();
}

}  // namespace wicket::load
