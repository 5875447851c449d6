// A reader of RE2's syntax that keeps of each part only what the question needs: whether it can be empty, whether it
// can begin with a slash, whether it can match at all, and whether it insists on the start or the end of the text.
// Where the syntax is beyond it, it assumes that everything is possible: then nothing is said. Source: RE2,
// doc/syntax.txt.
#include "check/regex_shape.h"

#include <bitset>
#include <charconv>
#include <cstddef>
#include <string>

namespace wicket::check {
namespace {

/// What a part of a pattern takes.
struct Shape {
  bool impossible = false;   // nothing
  bool nullable = false;     // the empty text, among others
  bool slash = false;        // some text that begins with a slash
  bool needs_start = false;  // only at the start of the text
  bool needs_end = false;    // only at the end of the text
};

Shape nothing_left() { return {.nullable = true}; }

Shape either(const Shape& a, const Shape& b) {
  if (a.impossible) return b;
  if (b.impossible) return a;
  return {.nullable = a.nullable || b.nullable,
          .slash = a.slash || b.slash,
          .needs_start = a.needs_start && b.needs_start,
          .needs_end = a.needs_end && b.needs_end};
}

Shape behind(const Shape& a, const Shape& b) {
  Shape both{.impossible = a.impossible || b.impossible,
             .nullable = a.nullable && b.nullable,
             .slash = a.slash || (a.nullable && b.slash),
             .needs_start = a.needs_start || b.needs_start,
             .needs_end = a.needs_end || b.needs_end};
  if ((b.needs_start && !a.nullable) || (a.needs_end && !b.nullable)) both.impossible = true;
  if (b.needs_start) both.slash = b.slash;  // a is empty
  if (a.needs_end) both.slash = a.slash;    // b is empty
  return both;
}

Shape optional(const Shape& part) {
  if (part.impossible) return nothing_left();
  return {.nullable = true, .slash = part.slash};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Bytes that a class takes; those above ASCII are one.
using Bytes = std::bitset<129>;
constexpr std::size_t kBeyond = 128;

class Reader {
 public:
  struct Options {
    bool with_query = false;       // as if a path could have ? and #
    bool without_anchors = false;  // as if ^ and $ were not there
  };

  Reader(std::string_view pattern, Options options) : left_(pattern), options_(options) {}

  Shape read() {
    const Shape shape = alternatives();
    return left_.empty() ? shape : anything();
  }

 private:
  static Shape anything() { return {.nullable = true, .slash = true}; }

  bool take(std::string_view text) {
    if (!left_.starts_with(text)) return false;
    left_.remove_prefix(text.size());
    return true;
  }
  char next() {
    const char c = left_.front();
    left_.remove_prefix(1);
    return c;
  }

  Shape alternatives() {
    const bool outer = multi_line_;  // flags end with their group
    Shape all = sequence();
    while (take("|")) all = either(all, sequence());
    multi_line_ = outer;
    return all;
  }

  Shape sequence() {
    Shape all = nothing_left();
    while (!left_.empty() && left_.front() != '|' && left_.front() != ')') all = behind(all, repeated());
    return all;
  }

  Shape repeated() {
    Shape part = atom();
    while (!left_.empty()) {
      if (take("*") || take("?")) {
        part = optional(part);
      } else if (take("+")) {
        // at least one
      } else if (left_.front() == '{' && take_count()) {
        if (count_ == 0) part = optional(part);
      } else {
        break;
      }
      take("?");  // as few as possible: the same texts
    }
    return part;
  }

  /// {n}, {n,} or {n,m}.
  bool take_count() {
    std::size_t at = 1;
    while (at < left_.size() && is_digit(left_[at])) ++at;
    if (at == 1) return false;
    count_ = 1;
    std::from_chars(left_.data() + 1, left_.data() + at, count_);
    if (at < left_.size() && left_[at] == ',')
      for (++at; at < left_.size() && is_digit(left_[at]);) ++at;
    if (at >= left_.size() || left_[at] != '}') return false;
    left_.remove_prefix(at + 1);
    return true;
  }

  Shape atom() {
    switch (left_.front()) {
      case '(':
        return group();
      case '[':
        return one_of(char_class());
      case '.':
        next();
        return one_of(Bytes().set());
      case '^':
        next();
        return start_of_text(multi_line_);
      case '$':
        next();
        return end_of_text(multi_line_);
      case '\\':
        return escape();
      default:
        return literal(next());
    }
  }

  Shape start_of_text(bool of_line) const {
    return {.nullable = true, .needs_start = !of_line && !options_.without_anchors};
  }
  Shape end_of_text(bool of_line) const {
    return {.nullable = true, .needs_end = !of_line && !options_.without_anchors};
  }

  Shape one_of(Bytes bytes) const {
    if (!options_.with_query) bytes.reset('?').reset('#');
    return {.impossible = bytes.none(), .slash = bytes.test('/')};
  }
  Shape literal(char c) const { return one_of(Bytes().set(index_of(c))); }

  static std::size_t index_of(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < kBeyond ? byte : kBeyond;
  }

  Shape group() {
    next();
    if (take("?P<") || take("?<")) {
      while (!left_.empty() && next() != '>') continue;
    } else if (take("?")) {
      bool on = true;
      while (!left_.empty() && left_.front() != ':' && left_.front() != ')') {
        const char flag = next();
        if (flag == '-') on = false;
        if (flag == 'm') multi_line_ = on;
      }
      if (take(")")) return nothing_left();  // flags for the rest of the group around
      take(":");
    }
    const Shape inside = alternatives();
    take(")");
    return inside;
  }

  Shape escape() {
    next();
    if (left_.empty()) return anything();
    if (take("Q")) return quoted_text();
    const char c = next();
    switch (c) {
      case 'A':
        return start_of_text(false);
      case 'z':
        return end_of_text(false);
      case 'b':
      case 'B':
        return nothing_left();
      default:
        return one_of(escaped(c));
    }
  }

  Shape quoted_text() {
    Shape all = nothing_left();
    while (!left_.empty() && !take("\\E")) all = behind(all, literal(next()));
    return all;
  }

  /// The bytes behind a backslash, `c` being the first.
  Bytes escaped(char c) {
    Bytes bytes;
    const auto add = [&bytes](char from, char to) {
      for (int i = from; i <= to; ++i) bytes.set(static_cast<std::size_t>(i));
    };
    switch (c) {
      case 'd':
      case 'D':
        add('0', '9');
        return c == 'd' ? bytes : ~bytes;
      case 'w':
      case 'W':
        add('0', '9');
        add('a', 'z');
        add('A', 'Z');
        bytes.set('_');
        return c == 'w' ? bytes : ~bytes;
      case 's':
      case 'S':
        add('\t', '\r');
        bytes.reset('\v').set(' ');
        return c == 's' ? bytes : ~bytes;
      case 'p':
      case 'P':
        if (take("{")) {
          while (!left_.empty() && next() != '}') continue;
        } else if (!left_.empty()) {
          next();
        }
        return bytes.set();  // some of them
      case 'C':
        return bytes.set();
      case 'x':
        return bytes.set(hexadecimal());
      case 'a':
      case 'f':
      case 't':
      case 'n':
      case 'r':
      case 'v':
        return bytes.set('\n');  // some control character
      default:
        break;
    }
    if (is_digit(c)) {  // octal
      std::size_t value = static_cast<std::size_t>(c - '0');
      for (int i = 0; i < 2 && !left_.empty() && left_.front() >= '0' && left_.front() <= '7'; ++i)
        value = value * 8 + static_cast<std::size_t>(next() - '0');
      return bytes.set(value < kBeyond ? value : kBeyond);
    }
    return bytes.set(index_of(c));
  }

  std::size_t hexadecimal() {
    std::string digits;
    if (take("{")) {
      while (!left_.empty() && left_.front() != '}') digits += next();
      take("}");
    } else {
      for (int i = 0; i < 2 && !left_.empty(); ++i) digits += next();
    }
    std::size_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value < kBeyond ? value : kBeyond;
  }

  Bytes char_class() {
    next();
    const bool negated = take("^");
    Bytes bytes;
    bool vague = false;  // holds something of which not every byte is known
    bool first = true;
    while (!left_.empty() && (first || left_.front() != ']')) {
      first = false;
      if (left_.starts_with("[:")) {
        const std::size_t end = left_.find(":]");
        if (end != std::string_view::npos) {
          left_.remove_prefix(end + 2);
          vague = true;
          continue;
        }
      }
      bool is_set = false;
      const Bytes low = member(is_set, vague);
      if (is_set || left_.size() < 2 || left_.front() != '-' || left_[1] == ']') {
        bytes |= low;
        continue;
      }
      next();
      const Bytes high = member(is_set, vague);
      bool inside = false;
      for (std::size_t i = 0; i < bytes.size(); ++i) {
        inside = inside || low.test(i);
        if (inside) bytes.set(i);
        if (high.test(i)) break;
      }
    }
    take("]");
    if (vague) return Bytes().set();
    return negated ? ~bytes | Bytes().set(kBeyond) : bytes;
  }

  /// One member of a class; `is_set` for \d and the like, which begin no range.
  Bytes member(bool& is_set, bool& vague) {
    if (!take("\\")) return Bytes().set(index_of(next()));
    if (left_.empty()) return {};
    const char c = next();
    is_set = std::string_view("dDwWsSpP").find(c) != std::string_view::npos;
    vague = vague || c == 'p' || c == 'P';
    return escaped(c);
  }

  std::string_view left_;
  Options options_;
  bool multi_line_ = false;
  std::size_t count_ = 0;
};

bool takes_a_path(std::string_view pattern, Reader::Options options) {
  const Shape shape = Reader(pattern, options).read();
  return !shape.impossible && shape.slash;
}

}  // namespace

PathFault path_fault(std::string_view pattern) {
  if (takes_a_path(pattern, {})) return PathFault::kNone;
  if (takes_a_path(pattern, {.with_query = true})) return PathFault::kQuery;
  if (takes_a_path(pattern, {.with_query = true, .without_anchors = true})) return PathFault::kAnchor;
  return PathFault::kNoSlash;
}

bool begins_with_anchor(std::string_view pattern) { return Reader(pattern, {.with_query = true}).read().needs_start; }

}  // namespace wicket::check
