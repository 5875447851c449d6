// Which lines of which files a change touches, from the output of a diff.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace wicket::load {

/// Lines of files, which are named from the top of the repository.
class ChangedLines {
 public:
  /// Takes in a unified diff without context, as `git diff --unified=0` prints it with a/ and b/ in front of names.
  /// Where lines were only removed, their neighbours count as changed.
  /// Source: the unified format of diff(1); git quotes unusual names as C strings.
  void add_diff(std::string_view diff);
  /// Takes in a file that is new as a whole.
  void add_file(std::string path);

  /// Whether any of the lines from `first` to `last` (1-based, both included) is changed.
  [[nodiscard]] bool touches(const std::string& path, std::uint32_t first, std::uint32_t last) const;

 private:
  struct Range {
    std::uint32_t first = 1;
    std::uint32_t last = 0;
  };

  std::map<std::string, std::vector<Range>> files_;
};

}  // namespace wicket::load
