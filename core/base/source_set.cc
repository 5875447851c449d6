#include "base/source_set.h"

#include <algorithm>
#include <cstring>

#include "base/ensure.h"
#include "base/utf8.h"

namespace wicket {
namespace {

/// The segment that holds `offset`, or the last one before it; nullptr when there is none.
const Segment* segment_at(const SourceFile& file, std::uint32_t offset) {
  const auto after = std::upper_bound(file.segments.begin(), file.segments.end(), offset,
                                      [](std::uint32_t at, const Segment& segment) { return at < segment.offset; });
  return after == file.segments.begin() ? nullptr : &*std::prev(after);
}

/// Start of the line that holds byte `at` of `bytes`.
std::size_t line_start(std::string_view bytes, std::size_t at) {
  if (at == 0) return 0;
  const std::size_t found = bytes.rfind('\n', at - 1);
  return found == std::string_view::npos ? 0 : found + 1;
}

}  // namespace

void SourceSet::add(std::shared_ptr<const SourceFile> file) {
  ENSURE(static_cast<std::size_t>(file->id) == files_.size(), "files are added in the order of their ids");
  files_.push_back(std::move(file));
}

Position SourceSet::position(FileId id, std::uint32_t offset) const {
  const Segment* segment = segment_at(file(id), offset);
  if (segment == nullptr) return {};
  const std::string_view bytes = segment->bytes;
  const std::size_t at = std::min<std::size_t>(offset - segment->offset, bytes.size());
  const auto breaks = std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  std::size_t start = line_start(bytes, at);
  // A byte-order mark is not a column: editors do not show it.
  if (segment->offset + start == 0 && bytes.starts_with("\xEF\xBB\xBF") && at >= 3) start = 3;
  return {.line = segment->first_line + static_cast<std::uint32_t>(breaks),
          .column = static_cast<std::uint32_t>(count_code_points(bytes.substr(start, at - start))) + 1};
}

Line SourceSet::line(FileId id, std::uint32_t offset) const {
  const Segment* segment = segment_at(file(id), offset);
  if (segment == nullptr) return {};
  const std::string_view bytes = segment->bytes;
  const std::size_t at = std::min<std::size_t>(offset - segment->offset, bytes.size());
  std::size_t start = line_start(bytes, at);
  if (segment->offset + start == 0 && bytes.starts_with("\xEF\xBB\xBF")) start = 3;
  std::size_t end = bytes.find('\n', at);
  if (end == std::string_view::npos) end = bytes.size();
  if (end > start && bytes[end - 1] == '\r') --end;
  return {.text = bytes.substr(start, std::max(start, end) - start),
          .offset = segment->offset + static_cast<std::uint32_t>(start)};
}

std::string_view SourceSet::text(const Span& span) const {
  const Segment* segment = segment_at(file(span.file), span.begin);
  if (segment == nullptr) return {};
  const std::size_t begin = span.begin - segment->offset;
  const std::size_t end = span.end - segment->offset;
  if (end > segment->bytes.size() || begin > end) return {};
  return std::string_view(segment->bytes).substr(begin, end - begin);
}

}  // namespace wicket
