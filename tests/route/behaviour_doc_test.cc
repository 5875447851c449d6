// docs/behaviour.md and the tests name the same rules.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "support/catch.h"

namespace wicket {
namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> find_all(const std::string& text, const char* pattern) {
  const std::regex regex(pattern);
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) found.insert((*at)[1]);
  return found;
}

// The ids in the names of all test cases.
std::set<std::string> tested_rules() {
  std::set<std::string> ids;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(WICKET_SOURCE_DIR "/tests")) {
    if (entry.path().extension() != ".cc") continue;
    for (const std::string& name : find_all(read(entry.path()), R"re(TEST_CASE\(\s*"([^"]*)")re"))
      ids.merge(find_all(name, "(R-[A-Z0-9]+-[0-9]+)"));
  }
  return ids;
}

TEST_CASE("every rule of docs/behaviour.md has a test, and every tested rule stands there") {
  const std::set<std::string> documented =
      find_all(read(WICKET_SOURCE_DIR "/docs/behaviour.md"), R"(\n\| (R-[A-Z0-9]+-[0-9]+) \|)");
  REQUIRE(documented.size() > 100);
  const std::set<std::string> tested = tested_rules();
  for (const std::string& id : documented) {
    INFO(id << " has no test");
    CHECK(tested.contains(id));
  }
  for (const std::string& id : tested) {
    INFO(id << " is not in docs/behaviour.md");
    CHECK(documented.contains(id));
  }
}

}  // namespace
}  // namespace wicket
