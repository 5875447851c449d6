#include "yaml/source_guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace wicket::yaml {
namespace {

constexpr std::size_t kMaxSimpleKey = 1024;  // bytes, libyaml

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_anchor_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}
bool is_flow_indicator(char c) { return c == ',' || c == '[' || c == ']' || c == '{' || c == '}'; }

/// A piece of text for a message: one line, not too long.
std::string excerpt(std::string_view text) {
  text = text.substr(0, text.find_first_of("\r\n"));
  constexpr std::size_t kLongest = 40;
  if (text.size() <= kLongest) return std::string(text);
  std::size_t cut = kLongest;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return std::string(text.substr(0, cut)) + "...";
}

}  // namespace

SourceGuard::SourceGuard(std::string_view source) : source_(source) {
  if (source_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  // Comments and empty lines may stand in front of the `---` line.
  std::size_t line = at_;
  while (line < source_.size()) {
    const std::size_t text = source_.find_first_not_of(' ', line);
    if (text == std::string_view::npos || (source_[text] != '#' && !is_break_or_end(source_[text]))) break;
    const std::size_t end = source_.find('\n', text);
    line = end == std::string_view::npos ? source_.size() : end + 1;
  }
  if (source_.substr(line).starts_with("---")) {
    at_ = line + 3;
    tabs_allowed_ = true;
    line_lead_ = false;
  }
}

bool SourceGuard::fail(std::size_t begin, std::size_t end, std::string message, std::string help) {
  error_ = {.kind = ProblemKind::kSyntax,
            .begin = begin,
            .end = std::max(begin, end),
            .message = std::move(message),
            .help = std::move(help)};
  return false;
}

bool SourceGuard::fail_tab(std::size_t at) {
  error_ = {.kind = ProblemKind::kTab, .begin = at, .end = at + 1, .message = {}, .help = {}};
  return false;
}

bool SourceGuard::blank_at(std::size_t offset) const { return offset >= source_.size() || is_space(source_[offset]); }

int SourceGuard::column(std::size_t offset) const {
  const std::size_t found = offset == 0 ? std::string_view::npos : source_.rfind('\n', offset - 1);
  std::size_t start = found == std::string_view::npos ? 0 : found + 1;
  if (start == 0 && source_.starts_with("\xEF\xBB\xBF")) start = std::min<std::size_t>(3, offset);
  return static_cast<int>(offset - start);
}

bool SourceGuard::skip_tab(bool in_flow, int indent) {
  if (behind_plain_ && line_lead_) return column(at_) > indent;
  return in_flow || tabs_allowed_;
}

bool SourceGuard::skip(bool in_flow, int indent) {
  while (at_ < source_.size()) {
    switch (source_[at_]) {
      case ' ':
        ++at_;
        break;
      case '\t':
        if (!skip_tab(in_flow, indent)) return fail_tab(at_);
        ++at_;
        break;
      case '\n':
      case '\r':
        ++at_;
        line_lead_ = true;
        if (!in_flow) tabs_allowed_ = false;
        break;
      case '#': {
        const std::size_t end = source_.find('\n', at_);
        at_ = end == std::string_view::npos ? source_.size() : end;
        break;
      }
      default:
        return true;
    }
  }
  return true;
}

bool SourceGuard::entry(int indent) {
  if (!skip(false, indent)) return false;
  if (peek() != '-' || !blank_at(at_ + 1)) return fail(at_, at_ + 1, "expected a list item (`- `) here");
  ++at_;
  tabs_allowed_ = behind_plain_ = line_lead_ = false;
  return true;
}

bool SourceGuard::comma(std::size_t previous_end, int indent) {
  if (!skip(true, indent)) return false;
  if (peek() != ',') {
    return fail(previous_end, previous_end, "a comma is missing between two items",
                "separate the items of [ ] and { } with commas");
  }
  ++at_;
  behind_plain_ = false;
  return true;
}

bool SourceGuard::explicit_key(bool in_flow, int indent, bool& found) {
  if (!skip(in_flow, indent)) return false;
  found = peek() == '?' && (in_flow || blank_at(at_ + 1));
  if (found) {
    ++at_;
    tabs_allowed_ = behind_plain_ = line_lead_ = false;
  }
  return true;
}

bool SourceGuard::colon(const Colon& expected, bool& found) {
  found = false;
  if (expected.explicit_key) {
    // `? key` may stand without a value; the `:` then belongs to nobody else, since keys start with content.
    if (!skip(expected.in_flow, expected.indent)) return false;
  } else {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }
  if (peek() == ':' && (expected.in_flow || blank_at(at_ + 1))) {
    if (!expected.explicit_key) {
      const std::string_view key = source_.substr(expected.key_begin, at_ - expected.key_begin);
      if (key.find('\n') != std::string_view::npos)
        return fail(expected.key_begin, expected.key_end, "a key must stand on one line");
      const bool quoted = key.starts_with('"') || key.starts_with('\'');
      if (expected.in_flow && !quoted && is_flow_indicator(peek(1)))
        return fail(at_, at_ + 1, "a blank is missing behind the colon");
      if (key.size() > kMaxSimpleKey)
        return fail(expected.key_begin, expected.key_end, "a key is longer than 1024 bytes");
    }
    ++at_;
    found = true;
    tabs_allowed_ = !expected.explicit_key;
    behind_plain_ = line_lead_ = false;
    return true;
  }
  if (expected.may_be_absent) return true;
  const std::string_view key = source_.substr(expected.key_begin, expected.key_end - expected.key_begin);
  return fail(expected.key_begin, expected.key_end, fmt::format("no colon behind the key `{}`", excerpt(key)),
              "write `key: value`, with a blank behind the colon");
}

bool SourceGuard::properties(bool in_flow, int indent) {
  for (;;) {
    if (!skip(in_flow, indent)) return false;
    const char c = peek();
    if (c == '&') {
      const std::size_t begin = at_++;
      while (is_anchor_char(peek())) ++at_;
      if (at_ == begin + 1 || !(blank_at(at_) || is_flow_indicator(peek()))) {
        return fail(begin, at_ + 1, "an anchor name has only letters, digits, `-` and `_`",
                    "quote the value if it is meant to start with `&`");
      }
    } else if (c == '!') {
      if (!tag(in_flow)) return false;
    } else {
      return true;
    }
    tabs_allowed_ = true;
    behind_plain_ = line_lead_ = false;
  }
}

/// A tag, with the characters that libyaml allows in one. No handle can be declared, so only `!` and `!!` exist.
bool SourceGuard::tag(bool in_flow) {
  const std::size_t begin = at_++;
  const auto is_uri = [](char c) {
    return is_anchor_char(c) || std::string_view(";/?:@&=+$,.!~*'()%[]").find(c) != std::string_view::npos;
  };
  const bool verbatim = peek() == '<';
  if (verbatim) ++at_;
  const std::size_t name = at_;
  while (at_ < source_.size() && is_uri(peek()) && !(in_flow && is_flow_indicator(peek()))) ++at_;
  const std::string_view text = source_.substr(name, at_ - name);
  if (verbatim) {
    if (text.empty() || peek() != '>') return fail(begin, at_ + 1, "a broken tag");
    ++at_;
  } else if (const std::size_t handle = text.find('!'); handle != 0 && handle != std::string_view::npos) {
    return fail(begin, at_, fmt::format("tag handle `!{}` is not declared", text.substr(0, handle + 1)));
  }
  if (blank_at(at_) || (in_flow && is_flow_indicator(peek()))) return true;
  return fail(begin, at_ + 1, "a blank is missing behind a tag", "quote the value if it is meant to start with `!`");
}

bool SourceGuard::bracket(char expected, int indent, std::size_t opened_at) {
  if (!skip(true, indent)) return false;
  const bool closing = expected == ']' || expected == '}';
  if (closing && peek() == ',') {  // one comma may stand behind the last item
    ++at_;
    if (!skip(true, indent)) return false;
  }
  if (peek() != expected) {
    return closing ? fail(opened_at, opened_at + 1, fmt::format("this bracket is never closed by `{}`", expected))
                   : fail(at_, at_ + 1, fmt::format("expected `{}` here", expected));
  }
  ++at_;
  behind_plain_ = line_lead_ = false;
  tabs_allowed_ = true;
  return true;
}

std::optional<ScalarExtent> SourceGuard::scalar(std::string_view value, int indent) {
  std::optional<ScalarExtent> extent;
  switch (peek()) {
    case '"':
    case '\'':
      extent = quoted(value, peek());
      break;
    case '|':
    case '>':
      extent = block(indent);
      break;
    default:
      extent = plain(value, indent);
      break;
  }
  if (extent) line_lead_ = extent->style == Style::kLiteral || extent->style == Style::kFolded;
  return extent;
}

std::optional<ScalarExtent> SourceGuard::quoted(std::string_view value, char quote) {
  ScalarExtent extent{.begin = at_, .end = at_, .style = quote == '"' ? Style::kDoubleQuoted : Style::kSingleQuoted};
  tabs_allowed_ = true;
  behind_plain_ = false;
  const std::string_view inside = source_.substr(at_ + 1);
  // Most quoted scalars hold no escape: their value is what stands between the quotes.
  if (inside.size() > value.size() && inside[value.size()] == quote && inside.substr(0, value.size()) == value &&
      value.find('\n') == std::string_view::npos && (quote == '"' || value.find('\'') == std::string_view::npos)) {
    if (quote == '\'' || value.find('\\') == std::string_view::npos) {
      at_ += value.size() + 2;
      extent.end = at_;
      extent.verbatim = true;
      return extent;
    }
  }
  std::size_t end = 0;
  for (;; ++end) {
    if (end >= inside.size()) {
      fail(extent.begin, extent.begin + 1, "this quote is never closed");
      return std::nullopt;
    }
    if (inside[end] == '\\' && quote == '"') {
      ++end;
    } else if (inside[end] == quote) {
      if (quote == '\'' && end + 1 < inside.size() && inside[end + 1] == '\'') {
        ++end;
      } else {
        break;
      }
    }
  }
  at_ += end + 2;
  extent.end = at_;
  return extent;
}

std::optional<ScalarExtent> SourceGuard::block(int indent) {
  ScalarExtent extent{.begin = at_, .end = at_, .style = peek() == '|' ? Style::kLiteral : Style::kFolded};
  const auto refuse = [&](std::string message, std::string help = {}) -> std::optional<ScalarExtent> {
    const std::size_t line_end = source_.find('\n', extent.begin);
    fail(extent.begin, std::min(line_end, source_.size()), std::move(message), std::move(help));
    return std::nullopt;
  };
  ++at_;
  int explicit_indent = 0;
  char chomp = '\0';
  for (int i = 0; i < 2; ++i) {
    if (peek() >= '0' && peek() <= '9' && explicit_indent == 0) {
      if (peek() == '0') return refuse("the indentation of a block scalar cannot be 0");
      explicit_indent = peek() - '0';
      ++at_;
    } else if ((peek() == '+' || peek() == '-') && chomp == '\0') {
      chomp = peek();
      ++at_;
    }
  }
  while (peek() == ' ' || peek() == '\t') ++at_;
  if (peek() == '#')
    while (!is_break_or_end(peek())) ++at_;
  if (!is_break_or_end(peek())) {
    return refuse("text must not follow a block scalar's header on its line",
                  "start the text on the next line, or quote the value");
  }

  // The lines that belong to it are the blank ones and those indented at least as far as the first that is not blank.
  std::size_t line = source_.find('\n', at_);
  line = line == std::string_view::npos ? source_.size() : line + 1;
  extent.end = std::min(line, source_.size());
  const int least = std::max(indent + 1, 1);
  int content_indent = explicit_indent > 0 ? std::max(indent, 0) + explicit_indent : 0;
  int widest_blank = 0;
  while (line < source_.size()) {
    std::size_t column_at = line;
    while (column_at < source_.size() && source_[column_at] == ' ') ++column_at;
    const int width = static_cast<int>(column_at - line);
    const std::size_t line_break = source_.find('\n', line);
    const std::size_t next = line_break == std::string_view::npos ? source_.size() : line_break + 1;
    const char c = column_at < source_.size() ? source_[column_at] : '\0';
    if (is_break_or_end(c)) {
      widest_blank = std::max(widest_blank, width);
    } else {
      if (content_indent == 0) {
        if (c == '\t') {
          fail_tab(column_at);
          return std::nullopt;
        }
        if (width < least) break;
        content_indent = std::max({width, widest_blank, least});
      }
      if (width < content_indent) break;
      extent.end = line_break == std::string_view::npos ? next : line_break;
    }
    line = next;
  }
  if (extent.end > extent.begin && extent.end <= source_.size()) {
    at_ = std::max(extent.end, at_);
    extent.end = at_;
  }
  while (extent.end > extent.begin && (source_[extent.end - 1] == '\n' || source_[extent.end - 1] == '\r'))
    --extent.end;
  extent.trailing_breaks = chomp == '-' ? 0 : breaks_behind(extent.end, line);
  if (chomp == '\0')
    extent.trailing_breaks = std::min<std::size_t>(extent.trailing_breaks, content_indent == 0 ? 0 : 1);
  tabs_allowed_ = behind_plain_ = false;
  return extent;
}

std::size_t SourceGuard::breaks_behind(std::size_t from, std::size_t to) const {
  const std::string_view tail = source_.substr(from, std::min(to, source_.size()) - from);
  return static_cast<std::size_t>(std::ranges::count(tail, '\n'));
}

std::optional<ScalarExtent> SourceGuard::plain(std::string_view value, int indent) {
  ScalarExtent extent{.begin = at_, .end = at_, .style = Style::kPlain};
  tabs_allowed_ = true;
  behind_plain_ = true;
  const std::string_view rest = source_.substr(at_);
  if (rest.starts_with(value)) {
    at_ += value.size();
    extent.end = at_;
    extent.verbatim = true;
    return extent;
  }
  // Several lines: the value is the source with each run of blanks and breaks between lines folded.
  std::size_t from = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (is_space(value[i])) {
      bool lead = false;
      while (from < rest.size() && is_space(rest[from])) {
        if (rest[from] == '\t' && lead && column(extent.begin + from) <= indent) {
          fail_tab(extent.begin + from);
          return std::nullopt;
        }
        lead = lead || rest[from] == '\n';
        ++from;
      }
    } else if (from < rest.size() && rest[from] == value[i]) {
      ++from;
    } else {
      fail(extent.begin, extent.begin + from, "cannot make sense of this value", "quote it");
      return std::nullopt;
    }
  }
  at_ += from;
  extent.end = at_;
  return extent;
}

std::string_view SourceGuard::null_literal(bool in_flow, int indent) {
  SourceGuard ahead = *this;  // only looks: a value that is absent leaves the cursor where it is
  if (!ahead.skip(in_flow, indent)) return {};
  const std::size_t at = ahead.at_;
  if (!in_flow && ahead.line_lead_ && column(at) <= indent) return {};
  for (const std::string_view literal : {"~", "null", "Null", "NULL"}) {
    if (!source_.substr(at).starts_with(literal)) continue;
    const std::size_t end = at + literal.size();
    const bool ends = blank_at(end) || source_[end] == ':' || (in_flow && is_flow_indicator(source_[end]));
    if (!ends) continue;
    *this = ahead;
    return literal;
  }
  return {};
}

std::optional<ScalarExtent> SourceGuard::alias() {
  ScalarExtent extent{.begin = at_, .end = at_};
  if (peek() != '*') {
    fail(at_, at_ + 1, "expected an alias here");
    return std::nullopt;
  }
  ++at_;
  while (is_anchor_char(peek())) ++at_;
  const char c = peek();
  const bool ends = blank_at(at_) || is_flow_indicator(c) || c == ':' || c == '?' || c == '%' || c == '@' || c == '`';
  if (at_ == extent.begin + 1 || !ends) {
    fail(extent.begin, at_, "a value that starts with `*` is an alias", "quote it: \"*...\"");
    return std::nullopt;
  }
  extent.end = at_;
  tabs_allowed_ = true;
  behind_plain_ = line_lead_ = false;
  return extent;
}

bool SourceGuard::finish() {
  if (!skip(false, -1)) return false;
  if (at_ >= source_.size()) return true;
  if (source_.substr(at_).starts_with("...") && column(at_) == 0 && blank_at(at_ + 3)) return true;
  const char c = peek();
  if (c == ']' || c == '}') return fail(at_, at_ + 1, fmt::format("`{}` closes nothing", c));
  return fail(at_, at_ + 1, "unexpected text behind the end of the document");
}

}  // namespace wicket::yaml
