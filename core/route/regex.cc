#include "route/regex.h"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

namespace wicket::route {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

RegexFault::Kind kind_of(re2::RE2::ErrorCode code) {
  using enum RegexFault::Kind;
  switch (code) {
    case re2::RE2::ErrorBadEscape:
      return kEscape;
    case re2::RE2::ErrorBadCharClass:
    case re2::RE2::ErrorBadCharRange:
      return kClass;
    case re2::RE2::ErrorMissingBracket:
      return kUnclosedBracket;
    case re2::RE2::ErrorMissingParen:
      return kUnclosedParenthesis;
    case re2::RE2::ErrorUnexpectedParen:
      return kUnopenedParenthesis;
    case re2::RE2::ErrorTrailingBackslash:
      return kTrailingBackslash;
    case re2::RE2::ErrorRepeatArgument:
      return kNothingToRepeat;
    case re2::RE2::ErrorRepeatSize:
      return kRepeatCount;
    case re2::RE2::ErrorRepeatOp:
      return kDoubleRepeat;
    case re2::RE2::ErrorBadPerlOp:
      return kPerlOperator;
    case re2::RE2::ErrorBadNamedCapture:
      return kGroupName;
    case re2::RE2::ErrorPatternTooLarge:
      return kTooLarge;
    case re2::RE2::NoError:
    case re2::RE2::ErrorInternal:
    case re2::RE2::ErrorBadUTF8:
      return kSyntax;
  }
  return kSyntax;
}

}  // namespace

std::optional<Regex> Regex::compile(std::string_view pattern, std::string* why) {
  auto compiled = std::make_shared<const re2::RE2>(piece(pattern), re2::RE2::Quiet);
  if (!compiled->ok()) {
    if (why != nullptr) *why = compiled->error();
    return std::nullopt;
  }
  return Regex(std::move(compiled));
}

std::optional<RegexFault> Regex::fault_of(std::string_view pattern) {
  const re2::RE2 compiled(piece(pattern), re2::RE2::Quiet);
  if (compiled.ok()) return std::nullopt;
  return RegexFault{.kind = kind_of(compiled.error_code()), .fragment = compiled.error_arg()};
}

bool Regex::full_match(std::string_view text) const { return re2::RE2::FullMatch(piece(text), *compiled_); }

bool Regex::finds_in(std::string_view text) const { return re2::RE2::PartialMatch(piece(text), *compiled_); }

std::string Regex::replace_all(std::string_view text, std::string_view substitution) const {
  std::string replaced(text);
  std::string why;
  if (compiled_->CheckRewriteString(piece(substitution), &why))
    re2::RE2::GlobalReplace(&replaced, *compiled_, piece(substitution));
  return replaced;
}

// What lies between two texts begins with what both of them begin with.
std::string Regex::literal_prefix() const {
  constexpr int kMaxBytes = 256;
  std::string least;
  std::string greatest;
  if (!compiled_->PossibleMatchRange(&least, &greatest, kMaxBytes)) return {};
  least.erase(std::ranges::mismatch(least, greatest).in1, least.end());
  return least;
}

std::size_t Regex::groups() const { return static_cast<std::size_t>(compiled_->NumberOfCapturingGroups()); }

int Regex::program_size() const { return compiled_->ProgramSize(); }

}  // namespace wicket::route
