// A statement ends at its line's end, but for one behind a back-tick or inside brackets. Browsers write what is not
// ASCII as $([char]233): UTF-16 units, of which two may make one character.

#include "replay/powershell.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/utf8.h"

namespace wicket::replay {
namespace {

constexpr int kMaxDepth = 32;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

tl::unexpected<Error> open_since(std::string_view what, std::size_t line) {
  return failure(ErrorCode::kInvalid, fmt::format("has {} on line {} that is not closed", what, line));
}

// The number of [char]233, [char]0xe9.
std::optional<std::uint32_t> char_code(std::string_view expression) {
  constexpr std::string_view kCast = "[char]";
  if (!expression.starts_with(kCast)) return std::nullopt;
  expression.remove_prefix(kCast.size());
  const bool is_hex = expression.starts_with("0x");
  if (is_hex) expression.remove_prefix(2);
  std::uint32_t code = 0;
  const char* end = expression.data() + expression.size();
  const auto [stop, error] = std::from_chars(expression.data(), end, code, is_hex ? 16 : 10);
  if (error != std::errc() || stop != end || code > 0xffff) return std::nullopt;
  return code;
}

}  // namespace

char PowerShellText::take() {
  const char c = text_[at_++];
  if (c == '\n') ++line_;
  return c;
}

void PowerShellText::skip(std::size_t count) {
  for (; count > 0 && !at_end(); --count) take();
}

void PowerShellText::skip_comment() {
  if (peek() == '#') {
    while (!at_end() && peek() != '\n') take();
    return;
  }
  const std::size_t end = text_.find("#>", at_);  // <# … #>
  skip(end == std::string_view::npos ? text_.size() - at_ : end + 2 - at_);
}

// Blanks, comments, back-ticks at a line's end; inside brackets also ends of lines. False when there was none.
bool PowerShellText::skip_filling(bool inside) {
  const std::size_t before = at_;
  while (!at_end()) {
    const char c = peek();
    if (c == ' ' || c == '\t' || c == '\r' || (inside && (c == '\n' || c == ';'))) {
      take();
    } else if (c == '`' && (peek(1) == '\n' || (peek(1) == '\r' && peek(2) == '\n'))) {
      skip(peek(1) == '\n' ? 2 : 3);
    } else if (c == '#' || (c == '<' && peek(1) == '#')) {
      skip_comment();
    } else {
      break;
    }
  }
  return at_ != before;
}

Result<std::vector<PowerShellToken>> PowerShellText::next() {
  if (at_ == 0 && text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  std::vector<PowerShellToken> tokens;
  while (!at_end()) {
    if (skip_filling(false)) continue;
    if (const char c = peek(); c == '\n' || c == ';' || c == '|' || c == '&') {
      take();
      if (!tokens.empty()) break;
      continue;
    }
    if (Result<void> taken = token(tokens, 0); !taken) return tl::unexpected<Error>(taken.error());
  }
  return tokens;
}

Result<void> PowerShellText::token(std::vector<PowerShellToken>& out, int depth) {
  const char c = peek();
  if (c == '"' || c == '\'') return quoted(out);
  if (c == '@' && (peek(1) == '"' || peek(1) == '\'')) return here_string(out);
  if (c == '@' && peek(1) == '{') return brackets(out, PowerShellKind::kTable, "@{", depth);
  if (c == '@' && peek(1) == '(') return brackets(out, PowerShellKind::kGroup, "@(", depth);
  if (c == '$' && peek(1) == '(') return brackets(out, PowerShellKind::kGroup, "$(", depth);
  if (c == '(' || c == '{') return brackets(out, PowerShellKind::kGroup, text_.substr(at_, 1), depth);
  if (c == '$') return variable(out), Result<void>();
  if (c == '=' || c == ',') {
    out.push_back({.kind = PowerShellKind::kOperator, .text = std::string(1, take()), .line = line_});
    return {};
  }
  return bare(out), Result<void>();
}

Result<void> PowerShellText::brackets(std::vector<PowerShellToken>& out, PowerShellKind kind, std::string_view opening,
                                      int depth) {
  if (depth >= kMaxDepth)
    return failure(ErrorCode::kInvalid,
                   fmt::format("has more than {} brackets in each other on line {}", kMaxDepth, line_));
  const std::size_t line = line_;
  const char closing = opening.ends_with('{') ? '}' : ')';
  skip(opening.size());
  PowerShellToken group{.kind = kind, .line = line};
  while (!at_end()) {
    if (skip_filling(true)) continue;
    if (peek() == closing) {
      take();
      out.push_back(std::move(group));
      return {};
    }
    if (Result<void> taken = token(group.inner, depth + 1); !taken) return taken;
  }
  return open_since(fmt::format("a {}", opening), line);
}

// Behind a back-tick.
void PowerShellText::escape(std::string& to) {
  constexpr std::string_view kNames = "0abefnrtv", kValues{"\0\a\b\x1b\f\n\r\t\v", 9};
  const char c = take();
  if (c == 'u' && peek() == '{') {
    const std::size_t end = text_.find('}', at_);
    std::uint32_t code = 0xfffd;
    if (end != std::string_view::npos) {
      const std::string_view digits = text_.substr(at_ + 1, end - at_ - 1);
      std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
      skip(end + 1 - at_);
    }
    append_utf8(to, code);
    return;
  }
  const std::size_t at = kNames.find(c);
  to.push_back(at == std::string_view::npos ? c : kValues[at]);
}

// $name, ${name}, $name.member and $( … ) inside a text.
void PowerShellText::substitution(PowerShellToken& token) {
  const std::string_view rest = text_.substr(at_);
  std::size_t size = 1;
  std::string_view name;
  if (rest.starts_with("$(") || rest.starts_with("${")) {
    size = std::min(rest.find(rest[1] == '(' ? ')' : '}'), rest.size() - 1) + 1;
    name = rest.substr(2, std::max<std::size_t>(size, 3) - 3);
  } else {
    while (size < rest.size() && (is_name(rest[size]) || (rest[size] == ':' && size > 1))) ++size;
    name = rest.substr(1, size - 1);
  }
  if (size == 1) return token.text.push_back(take());
  skip(size);
  if (rest[1] == '(') {
    if (const std::optional<std::uint32_t> code = char_code(name)) {
      const bool is_low = *code >= 0xdc00 && *code < 0xe000, is_high = *code >= 0xd800 && *code < 0xdc00;
      if (is_high) {
        high_surrogate_ = *code;
      } else if (is_low && high_surrogate_ != 0) {
        append_utf8(token.text, 0x10000 + ((high_surrogate_ - 0xd800) << 10U) + (*code - 0xdc00));
        high_surrogate_ = 0;
      } else {
        append_utf8(token.text, *code);
      }
      return;
    }
  } else if (const std::optional<std::string> value = lookup_(name)) {
    token.text += *value;
    return;
  }
  token.substitutions.emplace_back(rest.substr(0, size));
  token.text.append(rest.substr(0, size));
}

Result<void> PowerShellText::quoted(std::vector<PowerShellToken>& out) {
  PowerShellToken token{.kind = PowerShellKind::kText, .line = line_};
  const char quote = take();
  while (!at_end()) {
    if (quote == '"' && peek() == '$') {
      substitution(token);
      continue;
    }
    const char c = take();
    if (c == quote) {
      if (peek() != quote) {
        out.push_back(std::move(token));
        return {};
      }
      token.text.push_back(take());  // doubled
    } else if (c == '`' && quote == '"' && !at_end()) {
      escape(token.text);
    } else {
      token.text.push_back(c);
    }
  }
  return open_since("a quote", token.line);
}

// @" … "@: the first line is empty, the last one begins with the end.
Result<void> PowerShellText::here_string(std::vector<PowerShellToken>& out) {
  PowerShellToken token{.kind = PowerShellKind::kText, .line = line_};
  const char quote = peek(1);
  const std::string end = std::string("\n") + quote + '@';
  skip(2);
  while (!at_end() && peek() != '\n') take();
  while (!at_end()) {
    if (text_.substr(at_).starts_with(end)) {
      skip(end.size());
      if (token.text.starts_with('\n')) token.text.erase(0, 1);
      if (token.text.ends_with('\r')) token.text.pop_back();
      out.push_back(std::move(token));
      return {};
    }
    if (quote == '"' && peek() == '$') {
      substitution(token);
    } else if (const char c = take(); c == '`' && quote == '"' && !at_end()) {
      escape(token.text);
    } else {
      token.text.push_back(c);
    }
  }
  return open_since("a here-string", token.line);
}

void PowerShellText::variable(std::vector<PowerShellToken>& out) {
  PowerShellToken token{.kind = PowerShellKind::kVariable, .line = line_};
  take();
  const bool braced = peek() == '{';
  if (braced) take();
  while (!at_end() &&
         (is_name(peek()) || peek() == ':' || (peek() == '.' && is_name(peek(1))) || (braced && peek() != '}')))
    token.text.push_back(take());
  if (braced && peek() == '}') take();
  out.push_back(std::move(token));
}

void PowerShellText::bare(std::vector<PowerShellToken>& out) {
  constexpr std::string_view kEnds = " \t\r\n;|&(){}=,\"'";
  PowerShellToken token{.kind = PowerShellKind::kWord, .line = line_};
  // A URL goes on behind the signs that end other words.
  do {
    if (peek() == '`' && at_ + 1 < text_.size()) take();
    token.text.push_back(take());
  } while (!at_end() && (kEnds.find(peek()) == std::string_view::npos ||
                         ((peek() == '=' || peek() == ',') && token.text.find("://") != std::string::npos)));
  out.push_back(std::move(token));
}

}  // namespace wicket::replay
