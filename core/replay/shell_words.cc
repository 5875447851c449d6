// One scanner a shell, over one cursor. A word begins with its first byte or quote, so that '' is a word, and ends at a
// blank or an operator.

#include "replay/shell_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/utf8.h"

namespace wicket::replay {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_operator(char c) { return c == ';' || c == '&' || c == '|'; }
bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// The text, and the commands made of it so far.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  char take() {
    const char c = text_[at_++];
    if (c == '\n') ++line_;
    return c;
  }
  void skip(std::size_t count) {
    for (; count > 0 && !at_end(); --count) take();
  }
  // Passes over a line break, with its carriage return; false when there is none.
  bool take_line_break() {
    if (peek() == '\r' && peek(1) == '\n') return skip(2), true;
    if (peek() != '\n') return false;
    take();
    return true;
  }

  void begin_word() {
    if (in_word_) return;
    in_word_ = true;
    if (command_.words.empty()) command_.line = line_;
  }
  void add(char c) {
    begin_word();
    word_.push_back(c);
  }
  void add(std::string_view text) {
    begin_word();
    word_.append(text);
  }
  [[nodiscard]] bool in_word() const { return in_word_; }
  void end_word() {
    if (!in_word_) return;
    if (!std::exchange(drops_word_, false)) command_.words.push_back(word_);
    word_.clear();
    in_word_ = false;
  }
  // The next word, or the one that is being read, is the file of a redirection.
  void drop_word() { drops_word_ = true; }
  void end_command() {
    end_word();
    drops_word_ = false;
    if (!command_.words.empty()) commands_.push_back(std::move(command_));
    command_ = {};
  }
  void note_substitution(std::string_view text) { command_.substitutions.emplace_back(text); }

  [[nodiscard]] std::size_t line() const { return line_; }
  std::vector<ShellCommand> finish() {
    end_command();
    return std::move(commands_);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  bool in_word_ = false;
  bool drops_word_ = false;
  std::string word_;
  ShellCommand command_;
  std::vector<ShellCommand> commands_;
};

tl::unexpected<Error> open_quote(std::size_t line) {
  return failure(ErrorCode::kInvalid, fmt::format("has a quote on line {} that is not closed", line));
}

// What may stand between words in every shell; false when it is something else.
bool take_separator(Scanner& in) {
  if (is_blank(in.peek()) && !(in.peek() == '\r' && in.peek(1) == '\n')) {
    in.take();
    in.end_word();
    return true;
  }
  if (in.take_line_break()) {
    in.end_command();
    return true;
  }
  return false;
}

// ---- sh ----

std::size_t value_of_digits(std::string_view digits, unsigned base) {
  std::size_t value = 0;
  for (const char c : digits)
    value = value * base + static_cast<std::size_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
  return value;
}

// Up to `most` digits; as many as there are.
std::string_view take_digits(Scanner& in, std::size_t most, bool hex) {
  const std::string_view rest = in.rest();
  std::size_t count = 0;
  while (count < std::min(most, rest.size()) && ((rest[count] >= '0' && rest[count] <= (hex ? '9' : '7')) ||
                                                 (hex && (rest[count] | 0x20) >= 'a' && (rest[count] | 0x20) <= 'f')))
    ++count;
  in.skip(count);
  return rest.substr(0, count);
}

std::optional<char> single_escape(char c) {
  constexpr std::string_view kNames = "abeEfnrtv\\'\"?", kValues = "\a\b\x1b\x1b\f\n\r\t\v\\'\"?";
  const std::size_t at = kNames.find(c);
  return at == std::string_view::npos ? std::nullopt : std::optional(kValues[at]);
}

// One escape of $'…', behind its backslash.
void take_ansi_escape(Scanner& in) {
  const char c = in.peek();
  if (const std::optional<char> value = single_escape(c)) {
    in.take();
    return in.add(*value);
  }
  if (c >= '0' && c <= '7') return in.add(static_cast<char>(value_of_digits(take_digits(in, 3, false), 8)));
  if (c != 'x' && c != 'u' && c != 'U') return in.add('\\');  // no escape: both bytes stay
  in.take();
  const std::string_view digits = take_digits(in, c == 'x' ? 2 : c == 'u' ? 4 : 8, true);
  if (digits.empty()) return in.add(std::string{'\\', c});
  const std::size_t value = value_of_digits(digits, 16);
  if (c == 'x') return in.add(static_cast<char>(value));
  std::string utf8;
  append_utf8(utf8, static_cast<std::uint32_t>(std::min<std::size_t>(value, 0x110000)));
  in.add(utf8);
}

Result<void> take_ansi_quote(Scanner& in) {
  const std::size_t line = in.line();
  in.skip(2);
  in.begin_word();
  while (!in.at_end()) {
    const char c = in.take();
    if (c == '\'') return {};
    if (c == '\\' && !in.at_end()) {
      take_ansi_escape(in);
    } else {
      in.add(c);
    }
  }
  return open_quote(line);
}

// Takes $NAME, ${…}, $(…) or `…` as it stands and remembers it; false when it is a plain dollar sign.
bool take_substitution(Scanner& in) {
  const std::string_view rest = in.rest();
  std::size_t size = 1;
  if (rest.starts_with("${") || rest.starts_with("$(")) {
    size = std::min(rest.find(rest[1] == '{' ? '}' : ')'), rest.size() - 1) + 1;
  } else if (rest.starts_with('`')) {
    size = std::min(rest.find('`', 1), rest.size() - 1) + 1;
  } else {
    while (size < rest.size() && is_name(rest[size])) ++size;
    if (size == 1) return false;
  }
  in.note_substitution(rest.substr(0, size));
  in.add(rest.substr(0, size));
  in.skip(size);
  return true;
}

Result<void> take_single_quote(Scanner& in) {
  const std::size_t line = in.line();
  in.take();
  in.begin_word();
  while (!in.at_end()) {
    const char c = in.take();
    if (c == '\'') return {};
    in.add(c);
  }
  return open_quote(line);
}

Result<void> take_double_quote(Scanner& in) {
  const std::size_t line = in.line();
  in.take();
  in.begin_word();
  while (!in.at_end()) {
    if ((in.peek() == '$' || in.peek() == '`') && take_substitution(in)) continue;
    const char c = in.take();
    if (c == '"') return {};
    if (c != '\\') {
      in.add(c);
    } else if (in.take_line_break()) {
      continue;
    } else if (std::string_view("$`\"\\").find(in.peek()) != std::string_view::npos && !in.at_end()) {
      in.add(in.take());
    } else {
      in.add('\\');
    }
  }
  return open_quote(line);
}

void skip_line(Scanner& in) {
  while (!in.at_end() && in.peek() != '\n') in.take();
}

// Passes over `>`, `>>`, `2>`, `2>&1` and `<`; the file behind it is dropped.
void take_redirection(Scanner& in) {
  while (in.peek() == '>' || in.peek() == '<') in.take();
  if (in.peek() == '&') in.take();
  in.end_word();
  in.drop_word();
}

Result<void> take_posix(Scanner& in) {
  if (in.rest().starts_with("$'")) return take_ansi_quote(in);
  if (in.rest().starts_with("$\"")) in.take();
  const char c = in.peek();
  if (c == '\'') return take_single_quote(in);
  if (c == '"') return take_double_quote(in);
  if ((c == '$' || c == '`') && take_substitution(in)) return {};
  if (c == '#' && !in.in_word()) return skip_line(in), Result<void>();
  if (c == '>' || c == '<') return take_redirection(in), Result<void>();
  if ((c == '1' || c == '2') && in.peek(1) == '>' && !in.in_word()) {
    in.take();
    return take_redirection(in), Result<void>();
  }
  if (is_operator(c)) {
    in.take();
    return in.end_command(), Result<void>();
  }
  in.take();
  if (c != '\\') {
    in.add(c);
  } else if (!in.take_line_break() && !in.at_end()) {
    in.add(in.take());
  }
  return {};
}

// ---- PowerShell ----

Result<void> take_powershell_quote(Scanner& in) {
  const std::size_t line = in.line();
  const char quote = in.take();
  in.begin_word();
  while (!in.at_end()) {
    if (quote == '"' && in.peek() == '$' && take_substitution(in)) continue;
    const char c = in.take();
    if (c == quote) {
      if (in.peek() != quote) return {};
      in.add(in.take());  // doubled
    } else if (c == '`' && quote == '"' && !in.at_end()) {
      const char escaped = in.take();
      in.add(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped == 't' ? '\t' : escaped == '0' ? '\0' : escaped);
    } else {
      in.add(c);
    }
  }
  return open_quote(line);
}

Result<void> take_powershell(Scanner& in) {
  const char c = in.peek();
  if (c == '\'' || c == '"') return take_powershell_quote(in);
  if (c == '$' && take_substitution(in)) return {};
  if (c == '#' && !in.in_word()) return skip_line(in), Result<void>();
  if (is_operator(c)) {
    in.take();
    return in.end_command(), Result<void>();
  }
  in.take();
  if (c != '`') {
    in.add(c);
  } else if (!in.take_line_break() && !in.at_end()) {
    in.add(in.take());
  }
  return {};
}

// ---- cmd ----

// What cmd.exe hands to the program: carets are gone, a line break behind one too. Quotes without a caret in front
// switch carets off. A line break that is left becomes one that ends a command.
std::string without_carets(std::string_view text) {
  std::string plain;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '^' && !quoted) {
      if (i + 1 == text.size()) break;
      if (text[i + 1] == '\r') ++i;
      if (i + 1 < text.size() && text[i + 1] == '\n') {
        ++i;
        if (i + 1 < text.size() && text[i + 1] == '\n') plain.push_back('\n'), ++i;  // a line break in a value
        continue;
      }
      if (i + 1 < text.size()) plain.push_back(text[++i]);
      continue;
    }
    if (c == '"') quoted = !quoted;
    if (c == '\n') quoted = false;
    plain.push_back(c);
  }
  return plain;
}

// One argument's stretch between quotes, as Microsoft's C runtime reads it.
Result<void> take_cmd_quote(Scanner& in) {
  const std::size_t line = in.line();
  in.take();
  in.begin_word();
  while (!in.at_end()) {
    std::size_t backslashes = 0;
    for (; in.peek() == '\\'; in.take()) ++backslashes;
    const bool before_quote = in.peek() == '"' && !in.at_end();
    in.add(std::string(before_quote ? backslashes / 2 : backslashes, '\\'));
    if (in.at_end()) break;
    if (!before_quote) {
      in.add(in.take());
    } else if (backslashes % 2 == 1) {
      in.add(in.take());
    } else {
      in.take();
      if (in.peek() != '"') return {};
      in.add(in.take());  // doubled
    }
  }
  return open_quote(line);
}

Result<void> take_cmd(Scanner& in) {
  if (in.peek() == '"') return take_cmd_quote(in);
  if (in.peek() == '\\' && in.peek(1) == '"') in.take();
  const char c = in.take();
  if (c == '&' || c == '|') {
    in.end_command();
  } else {
    in.add(c);
  }
  return {};
}

template <class Take>
Result<std::vector<ShellCommand>> scan(std::string_view text, Take take) {
  Scanner in(text);
  while (!in.at_end()) {
    if (take_separator(in)) continue;
    if (Result<void> taken = take(in); !taken) return tl::unexpected<Error>(taken.error());
  }
  return in.finish();
}

}  // namespace

// Quotes with a caret stand behind a blank: "^" inside a pattern is none. A back-tick in front of a quote may end a
// substitution of sh as well, so that the command has to be spelt as on Windows.
Shell guess_shell(std::string_view text) {
  const auto has = [text](std::string_view part) { return text.find(part) != std::string_view::npos; };
  if (has(" ^\"") || has("^\n") || has("^\r\n")) return Shell::kCmd;
  if (has("`\n") || has("`\r\n") || (has("`\"") && has("curl.exe"))) return Shell::kPowerShell;
  return Shell::kPosix;
}

Result<std::vector<ShellCommand>> split_commands(std::string_view text, Shell shell) {
  switch (shell) {
    case Shell::kPosix:
      return scan(text, take_posix);
    case Shell::kPowerShell:
      return scan(text, take_powershell);
    case Shell::kCmd:
      return scan(without_carets(text), take_cmd);
  }
  return {};
}

}  // namespace wicket::replay
