#include "suite/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/edit_distance.h"
#include "model/duration.h"

namespace wicket::suite {

std::optional<std::uint64_t> number_value(Scope& scope, NodeId node, std::string_view where, std::uint64_t min,
                                          std::uint64_t max) {
  const std::optional<std::string> text = scope.text(node, where);
  if (!text) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = text->data() + text->size();
  const auto [last, error] = std::from_chars(text->data(), end, number);
  if (error == std::errc() && last == end && number >= min && number <= max) return number;
  const bool open = max == std::numeric_limits<std::uint64_t>::max();
  scope.fail(node, open ? fmt::format("{} needs a number, found \"{}\"", where, *text)
                        : fmt::format("{} needs a number from {} to {}, found \"{}\"", where, min, max, *text));
  return std::nullopt;
}

std::optional<double> share_value(Scope& scope, NodeId node, std::string_view where) {
  const std::optional<std::string> text = scope.text(node, where);
  if (!text) return std::nullopt;
  const std::string_view digits = text->ends_with('%') ? std::string_view(*text).substr(0, text->size() - 1) : *text;
  double share = 0;
  const auto [last, error] = std::from_chars(digits.data(), digits.data() + digits.size(), share);
  if (error == std::errc() && last == digits.data() + digits.size() && std::isfinite(share) && share >= 0) return share;
  scope.fail(node, fmt::format("{} needs a number of 0 or more, found \"{}\"", where, *text));
  return std::nullopt;
}

std::optional<std::string> word_value(Scope& scope, NodeId node, std::string_view where,
                                      std::span<const std::string_view> words) {
  std::optional<std::string> text = scope.text(node, where);
  if (!text || std::ranges::find(words, *text) != words.end()) return text;
  const std::optional<std::string_view> near = nearest(*text, words);
  std::string all;
  for (const std::string_view word : words) all.append(all.empty() ? "" : ", ").append(word);
  scope.fail(node, near ? fmt::format("{} takes no \"{}\"; did you mean {}?", where, *text, *near)
                        : fmt::format("{} takes no \"{}\"; it is one of {}", where, *text, all));
  return std::nullopt;
}

std::optional<bool> boolean_value(Scope& scope, NodeId node, std::string_view where) {
  constexpr std::string_view kWords[] = {"true", "false"};
  const std::optional<std::string> word = word_value(scope, node, where, kWords);
  if (!word) return std::nullopt;
  return *word == "true";
}

std::optional<std::string> duration_value(Scope& scope, NodeId node, std::string_view where) {
  const std::optional<std::string> text = scope.text(node, where);
  if (!text || *text == "none") return text;
  if (const std::optional<model::Duration> duration = model::parse_duration(*text))
    return model::format_duration(*duration);
  scope.fail(node, fmt::format("{} needs a duration such as 5s, 500ms or 1h30m, or none; found \"{}\"", where, *text));
  return std::nullopt;
}

bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

}  // namespace wicket::suite
