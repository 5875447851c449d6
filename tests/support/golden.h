// Files under testdata/ that hold what a test expects.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wicket::test {

/// A path below the source tree.
[[nodiscard]] std::string source_path(std::string_view relative);
/// The content of a file below the source tree; fails the test when it cannot be read.
[[nodiscard]] std::string read_source_file(std::string_view relative);
/// Names of the files in a folder below the source tree that end in `suffix`, sorted.
[[nodiscard]] std::vector<std::string> list_source_folder(std::string_view relative, std::string_view suffix);
/// Compares with a golden file; with UPDATE_GOLDEN=1 in the environment writes it instead.
void check_golden(std::string_view relative, std::string_view actual);

}  // namespace wicket::test
