#include "support/golden.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "support/catch.h"

namespace wicket::test {

std::string source_path(std::string_view relative) {
  return std::string(WICKET_SOURCE_DIR "/") + std::string(relative);
}

std::string read_source_file(std::string_view relative) {
  std::ifstream file(source_path(relative), std::ios::binary);
  INFO(relative);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> list_source_folder(std::string_view relative, std::string_view suffix) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(source_path(relative))) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(suffix)) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

void check_golden(std::string_view relative, std::string_view actual) {
  const char* update = std::getenv("UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    std::ofstream file(source_path(relative), std::ios::binary | std::ios::trunc);
    file << actual;
    return;
  }
  INFO(relative);
  CHECK(std::string(actual) == read_source_file(relative));
}

}  // namespace wicket::test
