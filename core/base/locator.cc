#include "base/locator.h"

#include <algorithm>
#include <cstring>

#include "base/utf8.h"

namespace wicket {
namespace {

std::vector<std::uint32_t> line_starts(std::string_view bytes) {
  std::vector<std::uint32_t> starts = {0};
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at != end) {
    const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    if (found == nullptr) break;
    at = static_cast<const char*>(found) + 1;
    starts.push_back(static_cast<std::uint32_t>(at - bytes.data()));
  }
  return starts;
}

}  // namespace

Position Locator::position(FileId id, std::uint32_t offset) {
  const SourceFile& file = sources_.file(id);
  Lines& lines = lines_[static_cast<std::size_t>(id)];
  if (!lines.known) {
    lines.known = true;
    for (const Segment& segment : file.segments) lines.starts.push_back(line_starts(segment.bytes));
  }
  const auto after = std::upper_bound(file.segments.begin(), file.segments.end(), offset,
                                      [](std::uint32_t at, const Segment& segment) { return at < segment.offset; });
  if (after == file.segments.begin()) return {};
  const Segment& segment = *std::prev(after);
  const std::string_view bytes = segment.bytes;
  const std::vector<std::uint32_t>& starts = lines.starts[static_cast<std::size_t>(&segment - file.segments.data())];
  const auto at = static_cast<std::uint32_t>(std::min<std::size_t>(offset - segment.offset, bytes.size()));
  const auto line = std::prev(std::upper_bound(starts.begin(), starts.end(), at));
  std::uint32_t start = *line;
  // A byte-order mark is not a column: editors do not show it.
  if (segment.offset + start == 0 && bytes.starts_with("\xEF\xBB\xBF") && at >= 3) start = 3;
  return {.line = segment.first_line + static_cast<std::uint32_t>(line - starts.begin()),
          .column = static_cast<std::uint32_t>(count_code_points(bytes.substr(start, at - start))) + 1};
}

}  // namespace wicket
