// .gitignore files, as far as they decide which files a walk finds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wicket::load {

/// Matches one name or path against a shell pattern: `*` and `?` stay inside a path segment, `**` crosses them,
/// `[a-z]`. Source: gitignore(5).
[[nodiscard]] bool matches_pattern(std::string_view pattern, std::string_view path);

/// The rules of one .gitignore file.
class IgnoreFile {
 public:
  /// `folder`: where the file stands, "" for the top; `text`: its content.
  IgnoreFile(std::string folder, std::string_view text);

  enum class Verdict { kNone, kIgnored, kKept };
  /// What the last rule that matches says about a path below the folder. Paths are relative to the walk's top.
  [[nodiscard]] Verdict verdict(std::string_view path, bool is_folder) const;

 private:
  struct Rule {
    std::string pattern;
    bool negated = false;
    bool folders_only = false;
    bool anchored = false;  // has a slash: matched against the whole path below the folder
  };
  std::string folder_;
  std::vector<Rule> rules_;
};

}  // namespace wicket::load
