// Patterns of the settings, with the meaning that they have in .gitignore.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "load/ignore_file.h"

namespace wicket::load {

/// A list of patterns. A pattern without a slash matches in every folder, `*` stays inside a name, `**` crosses
/// folders,
/// `!` takes back what an earlier one matched; what matches a folder matches everything below it.
/// Source: gitignore(5).
class PatternList {
 public:
  explicit PatternList(const std::vector<std::string>& patterns);

  /// Whether a path, from the folder that the patterns start from, or a folder above it matches.
  [[nodiscard]] bool matches(std::string_view path, bool is_folder) const;

 private:
  IgnoreFile rules_;
};

}  // namespace wicket::load
