#include "cli/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/edit_distance.h"

namespace wicket::cli {
namespace {

std::string question(std::string_view word) { return fmt::format("; did you mean {}?", word); }

// "--fail-on" → "fail-on", so that the dashes do not count as letters that are right.
std::string_view without_dashes(std::string_view option) {
  option.remove_prefix(std::min(option.find_first_not_of('-'), option.size()));
  return option;
}

bool holds_word(std::string_view blank_separated, std::string_view word) {
  while (!blank_separated.empty()) {
    const std::size_t blank = blank_separated.find(' ');
    if (blank_separated.substr(0, blank) == word) return true;
    if (blank == std::string_view::npos) return false;
    blank_separated.remove_prefix(blank + 1);
  }
  return false;
}

const OptionSpec* option_nearest_to(std::span<const OptionSpec* const> options, std::string_view word) {
  std::vector<std::string_view> names;
  for (const OptionSpec* option : options) names.push_back(without_dashes(option->long_name));
  const std::optional<std::string_view> name = nearest(without_dashes(word), names);
  if (!name) return nullptr;
  return *std::ranges::find(options, *name, [](const OptionSpec* option) { return without_dashes(option->long_name); });
}

const OptionSpec* option_with_synonym(std::span<const OptionSpec* const> options, std::string_view word) {
  const auto found =
      std::ranges::find_if(options, [word](const OptionSpec* option) { return holds_word(option->synonyms, word); });
  return found == options.end() ? nullptr : *found;
}

// The only option whose name begins like this: people who know getopt cut names short.
const OptionSpec* option_cut_short(std::span<const OptionSpec* const> options, std::string_view word) {
  if (word.size() < 5) return nullptr;  // two dashes and three letters
  const auto starts_so = [word](const OptionSpec* option) { return option->long_name.starts_with(word); };
  if (std::ranges::count_if(options, starts_so) != 1) return nullptr;
  return *std::ranges::find_if(options, starts_so);
}

bool has_option(const CommandSpec& command, std::string_view word) {
  return std::ranges::any_of(command.options, [word](const OptionSpec& option) {
    return option.long_name == word || option.short_name == word;
  });
}

bool looks_like_path(std::string_view word) {
  return word == "-" || word == "." || word.find('/') != std::string_view::npos || word.ends_with(".yaml") ||
         word.ends_with(".yml") || word.ends_with(".json");
}

}  // namespace

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::optional<std::string_view> found = nearest(word, candidates);
  return found ? question(*found) : std::string();
}

std::string unknown_option(const CommandSpec& command, std::string_view option) {
  const std::string_view word = option.substr(0, option.find('='));
  const std::string message = fmt::format("unknown option {}", word);

  const std::vector<const OptionSpec*> options = all_options(command);
  for (const auto search : {option_nearest_to, option_with_synonym, option_cut_short})
    if (const OptionSpec* found = search(options, word)) return message + question(found->long_name);

  for (const ArgumentSpec& argument : command.arguments)
    if (holds_word(argument.synonyms, word))
      return message + fmt::format("; a {} stands without an option", argument.placeholder);
  if (has_option(program(), word)) return message + fmt::format("; `{}` has it", full_name(CommandId::kProgram));
  for (const CommandSpec& other : commands())
    if (has_option(other, word)) return message + fmt::format("; `{}` has it", full_name(other.id));
  return message;
}

std::string unknown_command(std::string_view word) {
  const std::string message = fmt::format("unknown command {}", word);
  std::vector<std::string_view> names;
  for (const CommandSpec& command : commands()) names.push_back(command.name);
  if (std::string guess = did_you_mean(word, names); !guess.empty()) return message + guess;
  for (const CommandSpec& command : commands())
    if (holds_word(command.synonyms, word)) return message + question(command.name);

  if (word.find("://") != std::string_view::npos) return message + question(fmt::format("`wicket route {}`", word));
  if (looks_like_path(word)) return message + question(fmt::format("`wicket lint {}`", word));
  return message;
}

std::string listed(std::span<const std::string_view> words) {
  std::string sentence;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) sentence += i + 1 == words.size() ? " or " : ", ";
    sentence += words[i];
  }
  return sentence;
}

}  // namespace wicket::cli
