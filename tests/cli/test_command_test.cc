// wicket test from the outside: goldens in testdata/test, exit codes, and input that is wrong.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "suite/format.h"
#include "support/catch.h"
#include "support/golden.h"

namespace wicket::cli {
namespace {

using Strings = std::vector<std::string>;

// Runs at the top of the source tree, so that no path depends on where that is.
Outcome test_run(const Strings& args) {
  Strings all = {"test", "-C", test::source_path("")};
  all.insert(all.end(), args.begin(), args.end());
  return run_wicket(all);
}

// A folder of this test's own.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "wicket-test-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, std::string_view text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  [[nodiscard]] Outcome run(const Strings& args) const {
    Strings all = {"test", "-C", path_.string()};
    all.insert(all.end(), args.begin(), args.end());
    return run_wicket(all);
  }

 private:
  std::filesystem::path path_;
};

TEST_CASE("a service of another namespace is found by its name") {
  const Folder folder;
  folder.write("routes.yaml", test::read_source_file("testdata/test/routes.yaml"));
  folder.write("a_test.yaml", "tests:\n- {request: \"http://seeds.example/\", expect: {destination: seeds}}\n");
  const Outcome outcome = folder.run({});
  INFO(outcome.out);
  CHECK(outcome.code == ExitCode::kFindings);
  CHECK(outcome.out.find("hint: no route of the manifests leads to seeds; did you mean "
                         "seeds.garden.svc.cluster.local, in another namespace?") != std::string::npos);
}

TEST_CASE("failures in every format") {
  for (const char* format : {"text", "json", "junit", "tap", "github", "markdown"}) {
    INFO(format);
    const Outcome outcome = test_run({"-o", format, "testdata/test/failing.yaml"});
    CHECK(outcome.code == ExitCode::kFindings);
    CHECK(outcome.err.empty());
    test::check_golden("testdata/test/failing." + std::string(format) + ".want", outcome.out);
  }
}

TEST_CASE("the failures that docs/tests.md explains are those that are shown") {
  const std::string page = test::read_source_file("docs/tests.md");
  const std::string shown = test_run({"testdata/test/failing.yaml"}).out;
  std::size_t examples = 0;
  for (std::size_t open = page.find("```\n"); open != std::string::npos; ++examples) {
    const std::size_t close = page.find("```\n", open + 4);
    REQUIRE(close != std::string::npos);
    const std::string example = page.substr(open + 4, close - open - 4);
    INFO(example);
    CHECK(shown.find(example) != std::string::npos);
    open = page.find("```\n", close + 4);
  }
  CHECK(examples == 3);
}

TEST_CASE("what is wrong with a test file") {
  const Outcome outcome = test_run({"testdata/test/broken.yaml"});
  CHECK(outcome.code == ExitCode::kUsage);
  test::check_golden("testdata/test/broken.text.want", outcome.out);
}

TEST_CASE("the shop's suite reaches everything, the teams' suite leaves out one destination, which is named") {
  const Outcome shop = test_run({"--coverage", "--fail-under", "100", "testdata/estates/shop"});
  CHECK(shop.code == ExitCode::kClean);
  test::check_golden("testdata/test/shop.coverage.want", shop.out);
  const Outcome teams = test_run({"--fail-under", "100%", "testdata/estates/teams"});
  CHECK(teams.code == ExitCode::kFindings);
  test::check_golden("testdata/test/teams.coverage.want", teams.out);
  CHECK(teams.out.find("tcp[0] -> broker.cinder.svc.cluster.local:1883 (subset green)") != std::string::npos);
}

TEST_CASE("coverage as lcov reads it") {
  const Folder folder;
  folder.write("routes.yaml", test::read_source_file("testdata/test/routes.yaml"));
  folder.write("some_test.yaml", "tests:\n- {request: 'http://garden.example/basket', expect: {route: orders}}\n");
  CHECK(folder.run({"--lcov", "cover.info"}).code == ExitCode::kClean);
  test::check_golden("testdata/test/lcov.want", folder.read("cover.info"));
}

TEST_CASE("the examples of the manual pass") {
  const Folder folder;
  folder.write("gateway.yaml", test::read_source_file("testdata/hello/gateway.yaml"));
  folder.write("virtual-service.yaml", test::read_source_file("testdata/hello/virtual-service.yaml"));
  folder.write("short_test.yaml", suite::short_example());
  folder.write("long_test.yaml", suite::long_example());
  const Outcome outcome = folder.run({"--fail-under", "100"});
  INFO(outcome.out);
  CHECK(outcome.code == ExitCode::kClean);
  CHECK(outcome.out.ends_with("13 tests in 2 files: 13 passed\n"));
}

TEST_CASE("exit codes, and what is said") {
  struct Case {
    const char* name;
    Strings args;
    ExitCode code;
    std::string_view err;
  };
  const Case kCases[] = {
      {"a folder without tests",
       {"testdata/hello"},
       ExitCode::kUsage,
       "wicket: no tests in testdata/hello: test files are called *_test.yaml\n"},
      {"a filter that takes nothing",
       {"-k", "no such name", "testdata/estates"},
       ExitCode::kUsage,
       "wicket: no test has a name that --filter 'no such name' takes\n"},
      {"a filter that takes something", {"-k", "^checkout|carts", "testdata/estates"}, ExitCode::kClean, ""},
      {"a filter that is no regex",
       {"-k", "(", "testdata/estates"},
       ExitCode::kUsage,
       "wicket: --filter '(' is no regex: missing ): (\n"},
      {"a filter that only looks like one",
       {"-k", "a)|(b", "testdata/estates"},
       ExitCode::kUsage,
       "wicket: --filter 'a)|(b' is no regex: unexpected ): a)|(b\n"},
      {"a file that is not there",
       {"testdata/nowhere_test.yaml"},
       ExitCode::kFailure,
       "wicket: cannot read testdata/nowhere_test.yaml: no such file"},
      {"a Gateway that is not there",
       {"--gateway", "garden/edges", "testdata/test/failing.yaml"},
       ExitCode::kUsage,
       "wicket: the input has no Gateway garden/edges; did you mean garden/edge?\n"},
      {"manifests that are not there",
       {"-f", "testdata/nowhere", "testdata/test/failing.yaml"},
       ExitCode::kFailure,
       "wicket: cannot read testdata/nowhere: no such file"},
      {"a percentage that is none",
       {"--fail-under", "101"},
       ExitCode::kUsage,
       "wicket: --fail-under takes a percentage from 0 to 100, not '101'\n"},
      {"standard input as a test", {"-"}, ExitCode::kUsage, "wicket: a test file has a name"},
      {"a manifest as a test", {"testdata/hello/gateway.yaml"}, ExitCode::kUsage, "wicket: no tests ran\n"},
  };
  for (const Case& c : kCases) {
    INFO(c.name);
    const Outcome outcome = test_run(c.args);
    INFO(outcome.err);
    CHECK(outcome.code == c.code);
    CHECK(outcome.err.starts_with(c.err));
    if (c.err.empty()) CHECK(outcome.err.empty());
  }
}

TEST_CASE("a run does not depend on the number of threads") {
  const Outcome one = test_run({"-v", "-j", "1", "--coverage", "testdata/estates"});
  CHECK(one.code == ExitCode::kClean);
  CHECK(test_run({"-v", "-j", "7", "--coverage", "testdata/estates"}).out == one.out);
}

}  // namespace
}  // namespace wicket::cli
