#include "cli/value_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "base/ensure.h"
#include "cli/suggest.h"

namespace wicket::cli {
namespace {

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

}  // namespace

std::string ValueReader::text(OptionId id, std::string fallback) {
  const std::string* value = given_.last(id);
  if (value == nullptr) return fallback;
  if (value->empty()) fail(fmt::format("{} is empty", name(id)));
  return *value;
}

std::optional<std::uint64_t> ValueReader::number(OptionId id, std::uint64_t min, std::uint64_t max) {
  const std::string* value = given_.last(id);
  if (value == nullptr) return std::nullopt;
  const char* end = value->data() + value->size();
  std::uint64_t number = 0;
  const std::from_chars_result result = std::from_chars(value->data(), end, number);
  if (result.ec == std::errc() && result.ptr == end && number >= min && number <= max) return number;
  fail(fmt::format("{} takes a number from {} to {}, not '{}'", name(id), min, max, *value));
  return std::nullopt;
}

std::size_t ValueReader::choice_index(OptionId id, std::string_view word) {
  return word_index(name(id), spec(id).choices, word);
}

std::vector<std::string> ValueReader::comma_list(OptionId id) {
  std::vector<std::string> items;
  for (const std::string& value : given_.all(id)) {
    std::string_view rest = value;
    while (true) {
      const std::size_t comma = rest.find(',');
      const std::string_view item = without_blanks(rest.substr(0, comma));
      if (item.empty()) fail(fmt::format("{} has an empty code in '{}'", name(id), value));
      items.emplace_back(item);
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return items;
}

void ValueReader::fail(std::string message) {
  if (!error_) error_ = std::move(message);
}

const OptionSpec& ValueReader::spec(OptionId id) const {
  for (const OptionSpec* option : all_options(command_))
    if (option->id == id) return *option;
  ENSURE(false, "a command reads only options that it has");
  return command_.options.front();
}

std::size_t ValueReader::word_index(std::string_view name, std::span<const std::string_view> words,
                                    std::string_view word) {
  const auto found = std::ranges::find(words, word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  fail(fmt::format("{} takes {}, not '{}'{}", name, listed(words), word, did_you_mean(word, words)));
  return 0;
}

}  // namespace wicket::cli
