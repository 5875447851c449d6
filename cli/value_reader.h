// Reads the values of one command line, and remembers the first thing wrong with them, so that the code that fills an
// options struct is a list of assignments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/given.h"
#include "cli/option_table.h"

namespace wicket::cli {

class ValueReader {
 public:
  /// Keeps references: both outlive the reader.
  ValueReader(const CommandSpec& command, const Given& given) : command_(command), given_(given) {}

  [[nodiscard]] const Given& given() const { return given_; }
  [[nodiscard]] bool has(OptionId id) const { return given_.has(id); }

  /// Text that may not be empty.
  [[nodiscard]] std::string text(OptionId id, std::string fallback = {});
  /// A decimal number from `min` to `max`, or nothing when it was not given.
  [[nodiscard]] std::optional<std::uint64_t> number(OptionId id, std::uint64_t min, std::uint64_t max);
  /// One of the words in the option's row. Its enumerators have the order of the words.
  template <class Enum>
  [[nodiscard]] Enum choice(OptionId id, Enum fallback) {
    const std::string* word = given_.last(id);
    return word == nullptr ? fallback : static_cast<Enum>(choice_index(id, *word));
  }
  /// The same for all values of a repeatable option.
  template <class Enum>
  [[nodiscard]] std::vector<Enum> choices(OptionId id) {
    std::vector<Enum> chosen;
    for (const std::string& word : given_.all(id)) chosen.push_back(static_cast<Enum>(choice_index(id, word)));
    return chosen;
  }
  /// Position of a word among the option's choices; 0 beside an error.
  [[nodiscard]] std::size_t choice_index(OptionId id, std::string_view word);
  /// One of the words in the row of the command's only argument, which was given.
  template <class Enum>
  [[nodiscard]] Enum argument_choice() {
    const ArgumentSpec& argument = command_.arguments.front();
    return static_cast<Enum>(word_index(argument.placeholder, argument.choices, given_.arguments.front()));
  }
  /// All values of a repeatable option, taken apart at commas. Blanks around an item do not count.
  [[nodiscard]] std::vector<std::string> comma_list(OptionId id);

  /// The option as the user knows it: "--fail-on".
  [[nodiscard]] std::string_view name(OptionId id) const { return spec(id).long_name; }

  /// Remembers what is wrong, unless something was wrong before.
  void fail(std::string message);
  [[nodiscard]] const std::optional<std::string>& error() const { return error_; }

 private:
  [[nodiscard]] const OptionSpec& spec(OptionId id) const;
  [[nodiscard]] std::size_t word_index(std::string_view name, std::span<const std::string_view> words,
                                       std::string_view word);

  const CommandSpec& command_;
  const Given& given_;
  std::optional<std::string> error_;
};

}  // namespace wicket::cli
