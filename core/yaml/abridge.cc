#include "yaml/abridge.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace wicket::yaml {
namespace {

constexpr std::size_t kLongestWord = 256;  // bytes; longer keys are not for us: yaml-cpp counts those

enum class Letter : std::uint8_t {
  kOther,
  kInner,  // may stand in a word
  kFirst,  // may begin one, too
};

// What means nothing by itself, neither in block nor in flow context. A word never begins with what could begin
// something else: an indicator, a marker (`---`, `...`), a null (`~`), a merge (`<<`).
constexpr std::array<Letter, 256> kLetters = [] {
  std::array<Letter, 256> letters{};
  for (const char c : std::string_view("-.*+=|@%~")) letters[static_cast<unsigned char>(c)] = Letter::kInner;
  for (const char c : std::string_view("/_^$()\\")) letters[static_cast<unsigned char>(c)] = Letter::kFirst;
  for (unsigned char c = '0'; c <= '9'; ++c) letters[c] = Letter::kFirst;
  for (unsigned char c = 'a'; c <= 'z'; ++c) letters[c] = Letter::kFirst;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) letters[c] = Letter::kFirst;
  return letters;
}();

Letter letter(char c) { return kLetters[static_cast<unsigned char>(c)]; }

/// yaml-cpp makes another event of these.
bool is_null_word(std::string_view word) {
  return word.size() == 4 && (word == "null" || word == "Null" || word == "NULL");
}

/// The word that begins at `at`; empty where none does.
std::string_view word_at(std::string_view text, std::size_t at) {
  if (at >= text.size() || letter(text[at]) != Letter::kFirst) return {};
  std::size_t end = at + 1;
  while (end < text.size() && letter(text[end]) != Letter::kOther) ++end;
  const std::string_view word = text.substr(at, end - at);
  return word.size() > kLongestWord || is_null_word(word) ? std::string_view() : word;
}

/// A quoted text without escapes on one line, with its quotes.
std::string_view quoted_at(std::string_view text, std::size_t at) {
  const char quote = at < text.size() ? text[at] : '\0';
  if (quote != '"' && quote != '\'') return {};
  const std::size_t end = text.find_first_of(quote == '"' ? "\"\\\n" : "'\n", at + 1);
  if (end == std::string_view::npos || text[end] != quote) return {};
  if (quote == '\'' && end + 1 < text.size() && text[end + 1] == quote) return {};
  return text.substr(at, end + 1 - at);
}

/// Writes one line, its break included.
class Line {
 public:
  Line(std::string_view text, std::string& out) : text_(text), out_(out) {
    end_ = text_.size();
    while (end_ > 0 && (text_[end_ - 1] == '\n' || text_[end_ - 1] == '\r')) --end_;
  }

  /// Returns whether there are marks in it.
  bool write() {
    skip_blanks();
    bool is_item = false;
    while (at_ + 1 < end_ && text_[at_] == '-' && text_[at_ + 1] == ' ') {
      is_item = true;
      at_ += 2;
      skip_blanks();
    }
    if (const std::string_view word = word_at(text_, at_); !word.empty()) {
      const std::size_t behind = at_ + word.size();
      if (behind == end_) {
        if (is_item) mark(word);
      } else if (text_[behind] == ':' && (behind + 1 == end_ || text_[behind + 1] == ' ')) {
        mark(word);
        ++at_;
        skip_blanks();
        mark_last();
      }
    } else if (is_item) {
      mark_last();
    }
    out_.append(text_.substr(written_));
    return written_ > 0;
  }

 private:
  void skip_blanks() {
    while (at_ < end_ && text_[at_] == ' ') ++at_;
  }
  void mark(std::string_view scalar) {
    out_.append(text_.substr(written_, at_ - written_)).push_back(kWordMark);
    at_ = written_ = at_ + scalar.size();
  }
  /// Marks what is left of the line, if it is one scalar.
  void mark_last() {
    std::string_view scalar = word_at(text_, at_);
    if (scalar.empty()) scalar = quoted_at(text_, at_);
    if (!scalar.empty() && at_ + scalar.size() == end_) mark(scalar);
  }

  std::string_view text_;
  std::string& out_;
  std::size_t end_ = 0;  // of what stands in front of the break
  std::size_t at_ = 0;
  std::size_t written_ = 0;
};

}  // namespace

bool abridge(std::string_view source, std::string& out) {
  out.clear();
  out.reserve(source.size());
  bool has_marks = false;
  for (std::size_t at = 0; at < source.size();) {
    const std::size_t found = source.find('\n', at);
    const std::size_t next = found == std::string_view::npos ? source.size() : found + 1;
    has_marks |= Line(source.substr(at, next - at), out).write();
    at = next;
  }
  return has_marks;
}

std::string_view marked_scalar(std::string_view source, std::size_t at) {
  const std::string_view word = word_at(source, at);
  return word.empty() ? quoted_at(source, at) : word;
}

}  // namespace wicket::yaml
