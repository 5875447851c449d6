// The regex dialect of Envoy: RE2 with its default options.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace wicket::route {

/// Why RE2 refuses a pattern.
struct RegexFault {
  enum class Kind : std::uint8_t {
    kSyntax,  // anything that is not below
    kEscape,  // an escape that RE2 does not know
    kClass,   // [[:name:]], \p{name} or a reversed range
    kUnclosedBracket,
    kUnclosedParenthesis,
    kUnopenedParenthesis,
    kTrailingBackslash,
    kNothingToRepeat,
    kRepeatCount,   // above 1000, or reversed
    kDoubleRepeat,  // a**, a++, a{2}{3}
    kPerlOperator,  // look-around, atomic group, flag that RE2 lacks
    kGroupName,
    kTooLarge,  // sound, but its program needs more memory than RE2 allows itself
  };
  Kind kind{};
  std::string fragment;  // the part of the pattern concerned; may be empty
};

/// A compiled pattern. Copies share it; matching is safe from any thread.
/// Source: Envoy source/common/common/regex.cc, CompiledGoogleReMatcher.
class Regex {
 public:
  /// Nothing when RE2 refuses the pattern; `why` then says so in RE2's words.
  [[nodiscard]] static std::optional<Regex> compile(std::string_view pattern, std::string* why = nullptr);

  /// What RE2 objects to; nothing for a sound pattern.
  [[nodiscard]] static std::optional<RegexFault> fault_of(std::string_view pattern);

  /// Whether the pattern takes the text from its first to its last byte. '.' does not take a line break.
  [[nodiscard]] bool full_match(std::string_view text) const;
  /// Whether the pattern takes some part of the text.
  [[nodiscard]] bool finds_in(std::string_view text) const;
  /// The text with each match, left to right, replaced; \1 to \9 are groups, \0 is the match. A substitution with a
  /// group that is not there changes nothing.
  [[nodiscard]] std::string replace_all(std::string_view text, std::string_view substitution) const;
  /// Bytes that every text which the pattern takes begins with; as many as RE2 can tell, perhaps none.
  [[nodiscard]] std::string literal_prefix() const;
  /// Number of its groups, those without a capture not counted.
  [[nodiscard]] std::size_t groups() const;
  /// Size of the program, which Envoy limits (R-MATCH-3).
  [[nodiscard]] int program_size() const;

 private:
  explicit Regex(std::shared_ptr<const re2::RE2> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace wicket::route
