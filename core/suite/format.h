// The keys of test files, for those who write about them: the manual page is made from this table, and tests hold the
// reader and the schema to it.
#pragma once

#include <span>
#include <string_view>

namespace wicket::suite {

struct FormatKey {
  std::string_view key{};
  std::string_view form{};  // of the value
  std::string_view help{};  // a sentence without its full stop
};

/// The keys of one mapping.
struct FormatSection {
  std::string_view name{};   // as messages call the mapping
  std::string_view title{};  // as the manual heads it
  std::string_view help{};
  std::span<const FormatKey> keys{};
};

/// All of them, from the outside inwards.
[[nodiscard]] std::span<const FormatSection> format_sections();

/// Two test files that work with testdata/hello, as the manual shows them: the shortest, and one with most of it.
[[nodiscard]] std::string_view short_example();
[[nodiscard]] std::string_view long_example();

}  // namespace wicket::suite
