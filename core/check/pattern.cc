// A pattern is first walked for what Go refuses and RE2 takes, and for what Go spells differently; then RE2 judges the
// rest. A property name that Go knows and RE2 does not is replaced by one that both know, and RE2 asked again.
#include "check/pattern.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "route/regex.h"

namespace wicket::check {
namespace {

using route::RegexFault;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Letters, digits and `_`: names of groups. Source: Go regexp/syntax, isValidCaptureName.
bool is_group_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

/// The pattern as RE2 needs it, and what Go alone refuses.
struct Walk {
  std::string spelled;  // (?<name> as (?P<name>
  std::optional<PatternFault> fault;
};

/// Bytes of a class in square brackets from its `[` on; npos when it is not closed.
std::size_t class_size(std::string_view text) {
  std::size_t at = 1;
  if (at < text.size() && text[at] == '^') ++at;
  if (at < text.size() && text[at] == ']') ++at;  // a member when it comes first
  while (at < text.size() && text[at] != ']') {
    if (text[at] == '\\') {
      at += 2;
    } else if (text.substr(at, 2) == "[:") {
      const std::size_t end = text.find(":]", at + 2);
      at = end == std::string_view::npos ? at + 1 : end + 2;
    } else {
      ++at;
    }
  }
  return at < text.size() ? at + 1 : std::string_view::npos;
}

/// Digits without a leading zero that are too many to be a count, as Go sees it: it refuses what RE2 takes literally.
bool is_huge_count(std::string_view digits) {
  constexpr std::size_t kDigitsOfHundredMillion = 9;
  return digits.size() >= kDigitsOfHundredMillion && digits.front() != '0';
}

/// {n}, {n,} or {n,m} at the start of `text`, with a count that is_huge_count; its size, or 0.
std::size_t huge_repeat_size(std::string_view text) {
  const auto digits_from = [&](std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    return text.substr(at, end - at);
  };
  const std::string_view least = digits_from(1);
  std::size_t at = 1 + least.size();
  if (least.empty() || at >= text.size()) return 0;
  std::string_view most;
  if (text[at] == ',') {
    most = digits_from(at + 1);
    at += 1 + most.size();
  }
  if (at >= text.size() || text[at] != '}') return 0;
  const auto has_leading_zero = [](std::string_view digits) { return digits.size() > 1 && digits.front() == '0'; };
  if (has_leading_zero(least) || has_leading_zero(most)) return 0;
  return is_huge_count(least) || is_huge_count(most) ? at + 1 : 0;
}

Walk walk(std::string_view pattern) {
  Walk result;
  const auto refuse = [&](std::string reason, std::size_t offset, std::size_t size) {
    if (!result.fault) result.fault = PatternFault{.reason = std::move(reason), .offset = offset, .size = size};
  };
  std::size_t at = 0;
  std::size_t copied = 0;
  while (at < pattern.size()) {
    const std::string_view rest = pattern.substr(at);
    if (rest.starts_with("\\Q")) {
      const std::size_t end = rest.find("\\E");
      at = end == std::string_view::npos ? pattern.size() : at + end + 2;
    } else if (rest.front() == '\\') {
      if (rest.starts_with("\\C")) refuse("Go's engine, which checks it, does not know \\C", at, 2);
      at += 2;
    } else if (rest.front() == '[') {
      const std::size_t size = class_size(rest);
      at = size == std::string_view::npos ? pattern.size() : at + size;
    } else if (rest.starts_with("(?P<") || rest.starts_with("(?<")) {
      const std::size_t name_at = rest[2] == 'P' ? 4 : 3;
      const std::size_t end = rest.find('>');
      const bool is_name = end != std::string_view::npos && is_group_name(rest.substr(name_at, end - name_at));
      const bool looks_behind = name_at == 3 && rest.size() > 3 && (rest[3] == '=' || rest[3] == '!');
      if (!is_name && !looks_behind)
        refuse("the name of a group has letters, digits and `_`", at, end == std::string_view::npos ? 0 : end + 1);
      if (is_name && name_at == 3) {
        result.spelled.append(pattern.substr(copied, at + 2 - copied)).append("P");
        copied = at + 2;
      }
      at += is_name ? end + 1 : name_at;
    } else if (rest.front() == '{') {
      const std::size_t size = huge_repeat_size(rest);
      if (size != 0) refuse("a repeat count is at most 1000", at, size);
      ++at;
    } else {
      ++at;
    }
  }
  result.spelled.append(pattern.substr(copied));
  return result;
}

std::string reason_of(const RegexFault& fault, std::string_view pattern, std::size_t offset) {
  using enum RegexFault::Kind;
  const std::string_view fragment = fault.fragment;
  switch (fault.kind) {
    case kEscape:
      if (fragment.size() == 2 && fragment[1] >= '1' && fragment[1] <= '9') return "RE2 has no back-references";
      return fmt::format("RE2 does not know the escape {}", fragment);
    case kClass:
      return fmt::format("{} is no character class", fragment);
    case kUnclosedBracket:
      return "a [ is not closed";
    case kUnclosedParenthesis:
      return "a ( is not closed";
    case kUnopenedParenthesis:
      return "a ) closes nothing";
    case kTrailingBackslash:
      return "it ends in a backslash";
    case kNothingToRepeat:
      return fmt::format("{} has nothing to repeat", fragment);
    case kRepeatCount:
      return fmt::format("{} is no repeat count up to 1000, nested counts multiplied", fragment);
    case kDoubleRepeat:
      return fmt::format("{} repeats twice; RE2 has no possessive repetition", fragment);
    case kPerlOperator: {
      const std::string_view operation = pattern.substr(offset, 4);
      if (operation.starts_with("(?=") || operation.starts_with("(?!")) return "RE2 has no look-ahead";
      if (operation == "(?<=" || operation == "(?<!") return "RE2 has no look-behind";
      if (operation.starts_with("(?>")) return "RE2 has no atomic groups";
      if (operation == "(?P=") return "RE2 has no back-references";
      return fmt::format("RE2 does not know {}", fragment);
    }
    case kGroupName:
      return fmt::format("{} is no name of a group", fragment);
    case kTooLarge:
      return "the proxy's RE2 needs too much memory for it";
    case kSyntax:
      return "RE2 cannot read it";
  }
  return {};
}

/// Names of general categories in words, with the short ones that RE2 knows: Go takes both since 1.25.
/// Source: Go regexp/syntax (unicodeTable), unicode.CategoryAliases.
struct CategoryName {
  std::string_view folded;  // lower-case, without `_`, `-` and blanks
  std::string_view short_name;
};
constexpr CategoryName kCategoryNames[] = {
    {"any", "L"},
    {"ascii", "L"},
    {"assigned", "L"},
    {"casedletter", "L"},
    {"closepunctuation", "Pe"},
    {"cn", "L"},
    {"cntrl", "Cc"},
    {"combiningmark", "M"},
    {"connectorpunctuation", "Pc"},
    {"control", "Cc"},
    {"currencysymbol", "Sc"},
    {"dashpunctuation", "Pd"},
    {"decimalnumber", "Nd"},
    {"digit", "Nd"},
    {"enclosingmark", "Me"},
    {"finalpunctuation", "Pf"},
    {"format", "Cf"},
    {"initialpunctuation", "Pi"},
    {"lc", "L"},
    {"letter", "L"},
    {"letternumber", "Nl"},
    {"lineseparator", "Zl"},
    {"lowercaseletter", "Ll"},
    {"mark", "M"},
    {"mathsymbol", "Sm"},
    {"modifierletter", "Lm"},
    {"modifiersymbol", "Sk"},
    {"nonspacingmark", "Mn"},
    {"number", "N"},
    {"openpunctuation", "Ps"},
    {"other", "C"},
    {"otherletter", "Lo"},
    {"othernumber", "No"},
    {"otherpunctuation", "Po"},
    {"othersymbol", "So"},
    {"paragraphseparator", "Zp"},
    {"privateuse", "Co"},
    {"punct", "P"},
    {"punctuation", "P"},
    {"separator", "Z"},
    {"spaceseparator", "Zs"},
    {"spacingmark", "Mc"},
    {"surrogate", "Cs"},
    {"symbol", "S"},
    {"titlecaseletter", "Lt"},
    {"unassigned", "L"},
    {"uppercaseletter", "Lu"},
};

/// What RE2 would call the property in \p{…} or \P{…}: a category in words, or a script in another letter case; empty
/// for something else.
std::string name_for_re2(std::string_view property) {
  std::string folded;
  std::string script;
  bool starts_word = true;
  for (const char c : property) {
    if (c == '_' || c == '-' || c == ' ') {
      starts_word = true;
      continue;
    }
    if (!is_letter(c)) return {};
    const auto lower = static_cast<char>(c | 0x20);
    if (starts_word && !script.empty()) script += '_';
    script += starts_word ? static_cast<char>(c & ~0x20) : lower;
    starts_word = false;
    folded += lower;
  }
  const auto* found = std::ranges::find(kCategoryNames, folded, &CategoryName::folded);
  if (found != std::end(kCategoryNames)) return std::string(found->short_name);
  return script;
}

/// Replaces the property that RE2 refused; false when it is none that Go knows.
bool replace_property(std::string& pattern, const RegexFault& fault) {
  const std::string_view fragment = fault.fragment;
  const bool is_property = fault.kind == RegexFault::Kind::kClass && fragment.size() > 4 && fragment.ends_with('}') &&
                           (fragment.starts_with("\\p{") || fragment.starts_with("\\P{"));
  if (!is_property) return false;
  std::string_view name = fragment.substr(3, fragment.size() - 4);
  const bool is_negated = name.starts_with('^');
  if (is_negated) name.remove_prefix(1);
  const std::string known = name_for_re2(name);
  const std::size_t at = pattern.find(fragment);
  if (known.empty() || known == name || at == std::string::npos) return false;
  pattern.replace(at, fragment.size(), fmt::format("\\p{{{}}}", known));
  return true;
}

/// The refused part in the pattern: its first occurrence that is not the start of a sound named group.
std::size_t find_fragment(std::string_view pattern, std::string_view fragment) {
  if (fragment.empty()) return std::string_view::npos;
  for (std::size_t at = pattern.find(fragment); at != std::string_view::npos; at = pattern.find(fragment, at + 1)) {
    const std::string_view rest = pattern.substr(at);
    const bool is_group =
        rest.starts_with("(?P<") || (rest.starts_with("(?<") && !rest.starts_with("(?<=") && !rest.starts_with("(?<!"));
    if (!is_group || fragment.size() > 3) return at;
  }
  return std::string_view::npos;
}

PatternFault told(const RegexFault& fault, std::string_view pattern) {
  // RE2 gives the refused part without its place; a `)` that closes nothing and the like are given with all before
  // them.
  const std::size_t found = find_fragment(pattern, fault.fragment);
  const std::size_t offset = found == std::string_view::npos ? 0 : found;
  const std::size_t size = found == std::string_view::npos ? 0 : fault.fragment.size();
  return {.reason = reason_of(fault, pattern, offset),
          .offset = offset,
          .size = size,
          .only_proxy = fault.kind == RegexFault::Kind::kTooLarge};
}

}  // namespace

std::optional<PatternFault> pattern_fault(std::string_view pattern) {
  if (pattern.find_first_of("\\[](){}*+?|^$") == std::string_view::npos) return std::nullopt;  // literals and dots
  Walk walked = walk(pattern);
  if (walked.fault) return walked.fault;
  std::optional<PatternFault> only_proxy;
  std::optional<PatternFault> first;
  std::optional<RegexFault> fault = route::Regex::fault_of(walked.spelled);
  constexpr int kMostProperties = 64;
  for (int i = 0; fault && i < kMostProperties && replace_property(walked.spelled, *fault); ++i) {
    if (!first) {
      first = told(*fault, pattern);
      only_proxy = first;
      only_proxy->reason = fmt::format("the proxy's RE2 does not know {}", fault->fragment);
      only_proxy->only_proxy = true;
    }
    fault = route::Regex::fault_of(walked.spelled);
  }
  if (!fault) return only_proxy;
  const bool was_replaced = first && pattern.find(fault->fragment) == std::string_view::npos;
  return was_replaced ? first : told(*fault, pattern);
}

const PatternFault* Patterns::fault_of(std::string_view pattern) {
  auto [entry, is_new] = known_.try_emplace(pattern);
  if (is_new) entry->second = pattern_fault(pattern);
  return entry->second ? &*entry->second : nullptr;
}

}  // namespace wicket::check
