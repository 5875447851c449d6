#include "yaml/comments.h"

#include <cstring>
#include <optional>

namespace wicket::yaml {
namespace {

constexpr std::string_view kMark = "wicket:ignore";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (is_blank(text.front()) || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (is_blank(text.back()) || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

/// Looks at one segment of a file.
class Search {
 public:
  Search(const SourceFile& file, const Segment& segment)
      : file_(file), bytes_(segment.bytes), offset_(segment.offset) {}

  void run(std::vector<IgnoreComment>& found) {
    std::size_t at = 0;
    while (at < bytes_.size()) {
      const void* hit = memmem(bytes_.data() + at, bytes_.size() - at, kMark.data(), kMark.size());
      if (hit == nullptr) return;
      const auto mark = static_cast<std::size_t>(static_cast<const char*>(hit) - bytes_.data());
      if (const auto comment = comment_at(mark)) found.push_back(*comment);
      at = mark + kMark.size();
    }
  }

 private:
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {file_.id, static_cast<std::uint32_t>(offset_ + begin), static_cast<std::uint32_t>(offset_ + end)};
  }
  [[nodiscard]] Span span(std::string_view part) const {
    const auto begin = static_cast<std::size_t>(part.data() - bytes_.data());
    return span(begin, begin + part.size());
  }
  [[nodiscard]] std::size_t line_begin(std::size_t at) const {
    const std::size_t found = at == 0 ? std::string_view::npos : bytes_.rfind('\n', at - 1);
    return found == std::string_view::npos ? 0 : found + 1;
  }
  [[nodiscard]] std::size_t line_end(std::size_t at) const {
    const std::size_t found = bytes_.find('\n', at);
    return found == std::string_view::npos ? bytes_.size() : found;
  }

  /// The comment whose mark stands at `mark`; nothing when no # of a comment leads up to it.
  [[nodiscard]] std::optional<IgnoreComment> comment_at(std::size_t mark) const {
    const std::size_t line = line_begin(mark);
    std::size_t hash = mark;
    while (hash > line && is_blank(bytes_[hash - 1])) --hash;
    if (hash == line || bytes_[hash - 1] != '#') return std::nullopt;
    --hash;
    if (hash > line && !is_blank(bytes_[hash - 1])) return std::nullopt;
    const std::size_t end = line_end(mark);
    std::string_view rest = bytes_.substr(mark + kMark.size(), end - mark - kMark.size());
    if (!rest.empty() && !is_blank(rest.front()) && rest.front() != '\r') return std::nullopt;  // another word

    IgnoreComment comment;
    const std::size_t dashes = rest.find("--");
    if (dashes != std::string_view::npos) comment.reason = trimmed(rest.substr(dashes + 2));
    add_codes(rest.substr(0, dashes), comment);
    comment.span = span(hash, hash + trimmed(bytes_.substr(hash, end - hash)).size());
    const bool alone = trimmed(bytes_.substr(line, hash - line)).empty();
    comment.line = alone ? next_line(end) : span(line, end);
    return comment;
  }

  void add_codes(std::string_view text, IgnoreComment& comment) const {
    constexpr std::string_view kBetween = " \t\r,";
    for (std::size_t begin = text.find_first_not_of(kBetween); begin != std::string_view::npos;) {
      const std::size_t end = std::min(text.find_first_of(kBetween, begin), text.size());
      const std::string_view word = text.substr(begin, end - begin);
      comment.codes.push_back({.text = word, .span = span(word)});
      begin = text.find_first_not_of(kBetween, end);
    }
  }

  /// The first line behind `end` with anything but blanks and comments on it.
  [[nodiscard]] Span next_line(std::size_t end) const {
    while (end < bytes_.size()) {
      const std::size_t begin = end + 1;
      end = line_end(begin);
      const std::string_view text = trimmed(bytes_.substr(begin, end - begin));
      if (text == "---") break;  // the next document is somebody else's
      if (!text.empty() && text.front() != '#') return span(begin, end);
    }
    return span(bytes_.size(), bytes_.size());
  }

  const SourceFile& file_;
  std::string_view bytes_;
  std::size_t offset_;
};

}  // namespace

std::vector<IgnoreComment> find_ignore_comments(const SourceFile& file) {
  std::vector<IgnoreComment> found;
  for (const Segment& segment : file.segments) Search(file, segment).run(found);
  return found;
}

}  // namespace wicket::yaml
