#include "report/diff.h"

#include <fmt/format.h>

#include <algorithm>

namespace wicket::report {
namespace {

constexpr std::size_t kContext = 3;

/// Offsets at which lines begin, and behind them the end of the text.
std::vector<std::size_t> line_starts(std::string_view bytes) {
  std::vector<std::size_t> starts = {0};
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1))
    starts.push_back(at + 1);
  if (starts.back() != bytes.size()) starts.push_back(bytes.size());
  return starts;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

/// Lines [first, last) of the old text, and what they become.
struct Change {
  std::size_t first = 0;
  std::size_t last = 0;
  std::string text;
};

void append_lines(std::string& out, char mark, const std::vector<std::string_view>& lines) {
  for (const std::string_view line : lines) {
    out += mark;
    out += line;
    if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
  }
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view bytes, const std::vector<check::Edit>& edits) {
  if (edits.empty()) return {};
  const std::vector<std::size_t> starts = line_starts(bytes);
  const std::size_t count = starts.size() - 1;
  const auto line_of = [&](std::size_t offset) {
    const auto after = std::ranges::upper_bound(starts, offset);
    return std::min(static_cast<std::size_t>(after - starts.begin()) - 1, count == 0 ? 0 : count - 1);
  };

  std::vector<Change> changes;
  for (auto edit = edits.begin(); edit != edits.end();) {
    Change change{.first = line_of(edit->span.begin), .last = line_of(edit->span.end) + 1, .text = {}};
    std::size_t at = starts[change.first];
    for (; edit != edits.end() && line_of(edit->span.begin) < change.last; ++edit) {
      change.text += bytes.substr(at, edit->span.begin - at);
      change.text += edit->text;
      at = edit->span.end;
      change.last = std::max(change.last, line_of(edit->span.end) + 1);
    }
    change.text += bytes.substr(at, starts[change.last] - at);
    changes.push_back(std::move(change));
  }

  std::string out =
      fmt::format("--- a/{0}\n+++ b/{0}\n", name.substr(std::min(name.find_first_not_of('/'), name.size())));
  std::ptrdiff_t shift = 0;  // of new line numbers against old ones
  for (auto change = changes.begin(); change != changes.end();) {
    const std::size_t begin = change->first - std::min(change->first, kContext);
    std::string body;
    std::size_t at = begin, removed = 0, added = 0;
    const auto keep = [&](std::size_t to) {
      for (; at < to; ++at, ++removed, ++added)
        append_lines(body, ' ', {bytes.substr(starts[at], starts[at + 1] - starts[at])});
    };
    std::size_t end = begin;
    do {
      keep(change->first);
      const auto old_lines =
          lines_of(bytes.substr(starts[change->first], starts[change->last] - starts[change->first]));
      const auto new_lines = lines_of(change->text);
      append_lines(body, '-', old_lines);
      append_lines(body, '+', new_lines);
      removed += old_lines.size();
      added += new_lines.size();
      at = change->last;
      end = std::min(change->last + kContext, count);
      ++change;
    } while (change != changes.end() && change->first <= end + kContext);
    keep(end);
    const auto new_begin = static_cast<std::ptrdiff_t>(begin) + shift;
    out += fmt::format("@@ -{},{} +{},{} @@\n{}", removed == 0 ? begin : begin + 1, removed,
                       added == 0 ? new_begin : new_begin + 1, added, body);
    shift += static_cast<std::ptrdiff_t>(added) - static_cast<std::ptrdiff_t>(removed);
  }
  return out;
}

}  // namespace wicket::report
