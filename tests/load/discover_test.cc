#include "load/discover.h"

#include "support/catch.h"

namespace wicket::load {
namespace {

std::vector<std::string> found(const std::vector<std::string>& paths, MemoryReader& reader, bool honour = true) {
  std::vector<std::string> names;
  for (const FoundFile& file : discover(paths, honour, reader).files) names.push_back(file.path);
  return names;
}

TEST_CASE("folders are walked in the order of paths") {
  MemoryReader reader({{"b.yaml", ""},
                       {"a/z.yml", ""},
                       {"a/b/c.json", ""},
                       {"a.yaml", ""},
                       {"a/readme.md", ""},
                       {".git/x.yaml", ""},
                       {"node_modules/x.yaml", ""}});
  using Names = std::vector<std::string>;
  CHECK(found({}, reader) == Names{"a.yaml", "a/b/c.json", "a/z.yml", "b.yaml"});
  CHECK(found({"a"}, reader) == Names{"a/b/c.json", "a/z.yml"});
  CHECK(found({"b.yaml", "a/readme.md", "b.yaml"}, reader) == Names{"b.yaml", "a/readme.md"});
  CHECK(found({"a/*.yml", "**/*.json"}, reader) == Names{"a/z.yml", "a/b/c.json"});
}

TEST_CASE("ignore files count while walking, not for files that are named") {
  MemoryReader reader({{".gitignore", "gen/\n*.tmp.yaml\n"},
                       {"a.yaml", ""},
                       {"a.tmp.yaml", ""},
                       {"gen/b.yaml", ""},
                       {"sub/.gitignore", "!x.tmp.yaml\n"},
                       {"sub/x.tmp.yaml", ""},
                       {"sub/y.tmp.yaml", ""}});
  using Names = std::vector<std::string>;
  CHECK(found({}, reader) == Names{"a.yaml", "sub/x.tmp.yaml"});
  CHECK(found({"sub"}, reader) == Names{"sub/x.tmp.yaml"});
  CHECK(found({}, reader, false).size() == 5);
  CHECK(found({"gen/b.yaml"}, reader) == Names{"gen/b.yaml"});
}

TEST_CASE("what is not there is a failure that names it") {
  MemoryReader reader(std::map<std::string, std::string>{{"a.yaml", ""}});
  const Discovered missing = discover({"nope.yaml", "x/*.yaml", "a.yaml"}, true, reader);
  CHECK(missing.files.size() == 1);
  REQUIRE(missing.failures.size() == 2);
  CHECK(missing.failures[0].file == "nope.yaml");
  CHECK(missing.failures[1].error.message == "no file matches this pattern");
}

}  // namespace
}  // namespace wicket::load
