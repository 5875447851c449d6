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
    const bool is_script = entry.path().extension() == ".py";
    if (!is_script && entry.path().extension() != ".cc") continue;
    const char* const names = is_script ? R"re(\ndef \w+\(\):\n    """([^"]*)")re" : R"re(TEST_CASE\(\s*"([^"]*)")re";
    for (const std::string& name : find_all(read(entry.path()), names))
      ids.merge(find_all(name, "(R-[A-Z0-9]+-[0-9]+)"));
  }
  return ids;
}

// The ids that are somebody else's: those that are named, and what lies between the ends of "R-A-1 to R-A-3".
std::set<std::string> rules_of_others(const std::string& document) {
  const std::string section = document.substr(document.find("## What the engine does not decide"));
  std::set<std::string> ids = find_all(section, "(R-[A-Z0-9]+-[0-9]+)");
  const std::regex range("(R-[A-Z0-9]+-)([0-9]+) to R-[A-Z0-9]+-([0-9]+)");
  for (std::sregex_iterator at(section.begin(), section.end(), range), end; at != end; ++at)
    for (int i = std::stoi((*at)[2]); i <= std::stoi((*at)[3]); ++i) ids.insert((*at)[1].str() + std::to_string(i));
  return ids;
}

TEST_CASE("every rule of docs/behaviour.md has a test, and every tested rule stands there") {
  const std::string document = read(WICKET_SOURCE_DIR "/docs/behaviour.md");
  const std::set<std::string> documented = find_all(document, R"(\n\| (R-[A-Z0-9]+-[0-9]+) \|)");
  const std::set<std::string> of_others = rules_of_others(document);
  REQUIRE(documented.size() > 100);
  const std::set<std::string> tested = tested_rules();
  for (const std::string& id : documented) {
    INFO(id << " has no test");
    CHECK(tested.contains(id));
  }
  for (const std::string& id : tested) {
    INFO(id << " is not in docs/behaviour.md");
    CHECK((documented.contains(id) || of_others.contains(id)));
  }
}

}  // namespace
}  // namespace wicket
