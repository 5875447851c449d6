// wicket replay from the outside: goldens in testdata/replay, exit codes, and input that is wrong.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "support/catch.h"
#include "support/golden.h"

namespace wicket::cli {
namespace {

using Strings = std::vector<std::string>;

constexpr const char* kRoutes = "testdata/test/routes.yaml";

// Runs at the top of the source tree, so that no path depends on where that is.
Outcome replay(const Strings& args, const std::string& input = "") {
  Strings all = {"replay", "-C", test::source_path(""), "-f", kRoutes};
  all.insert(all.end(), args.begin(), args.end());
  return run_wicket(all, input);
}

TEST_CASE("logs of every format") {
  struct Case {
    const char* name;
    ExitCode code;
  };
  const Case cases[] = {
      {"istio.log", ExitCode::kFindings},         {"istio.json", ExitCode::kFindings},
      {"envoy.log", ExitCode::kFindings},         {"nginx.log", ExitCode::kFindings},
      {"vhosts.log", ExitCode::kFindings},        {"browser.har", ExitCode::kFindings},
      {"commands.sh", ExitCode::kClean},          {"browser.ps1", ExitCode::kClean},
      {"requests.hurl", ExitCode::kFindings},     {"validator.yaml", ExitCode::kFindings},
      {"router-check.yaml", ExitCode::kFindings},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const std::string file = std::string("testdata/replay/") + c.name;
    const Outcome outcome = replay({"--host", "garden.example", file});
    CHECK(outcome.code == c.code);
    CHECK(outcome.err.empty());
    test::check_golden(file + ".want", outcome.out);
  }
}

TEST_CASE("a replay as JSON") {
  const Outcome outcome = replay({"-o", "json", "--coverage", "testdata/replay/istio.log"});
  CHECK(outcome.code == ExitCode::kFindings);
  test::check_golden("testdata/replay/istio.log.json.want", outcome.out);
}

TEST_CASE("a log that is gzipped reads as it did before") {
  const Outcome outcome = replay({"testdata/replay/istio.json.gz"});
  CHECK(outcome.code == ExitCode::kClean);
  CHECK(outcome.out.find("4 requests (JSON)") != std::string::npos);
  CHECK(outcome.out.find("contradicts           0") != std::string::npos);
}

TEST_CASE("entries of a log in one document, and tests as JSON") {
  struct Case {
    const char* name;
    const char* out;
  };
  for (const Case& c :
       {Case{"entries.json", "3 requests (JSON entries), 1 entry not read"},
        Case{"loki.json", "3 requests (JSON entries)"}, Case{"router-check.json", "1 request (router check)"}}) {
    INFO(c.name);
    const Outcome outcome = replay({std::string("testdata/replay/") + c.name});
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == ExitCode::kClean);
    CHECK(outcome.out.find(c.out) != std::string::npos);
    CHECK(outcome.out.find("contradicts           0") != std::string::npos);
  }
}

// A folder of this test's own.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "wicket-replay-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream stream(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  void write(const std::string& name, std::string_view text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }

 private:
  std::filesystem::path path_;
};

TEST_CASE("requests are written in formats that are read again") {
  const Folder folder;
  const Outcome outcome = replay({"--write", "test=" + folder.file("some_test.yaml"), "--write",
                                  "har=" + folder.file("some.har"), "--write", "hurl=" + folder.file("some.hurl"),
                                  "--write", "curl=" + folder.file("some.sh"), "testdata/replay/istio.log"});
  CHECK(outcome.code == ExitCode::kFindings);
  CHECK(outcome.err.empty());
  test::check_golden("testdata/replay/written_test.yaml.want", folder.read("some_test.yaml"));
  test::check_golden("testdata/replay/written.hurl.want", folder.read("some.hurl"));
  test::check_golden("testdata/replay/written.sh.want", folder.read("some.sh"));
  const Outcome tested =
      run_wicket({"test", "-C", test::source_path(""), "-f", kRoutes, folder.file("some_test.yaml")});
  INFO(tested.out << tested.err);
  CHECK(tested.code == ExitCode::kClean);
  for (const char* name : {"some.har", "some.hurl", "some.sh"}) {
    const Outcome again = replay({"--coverage", folder.file(name)});
    INFO(name << again.out << again.err);
    CHECK(again.code == ExitCode::kClean);
    CHECK(again.out.find("5 requests") != std::string::npos);
  }
}

TEST_CASE("hurl reads again what would mean something else to it") {
  const Folder folder;
  folder.write("some.har", R"({"log":{"entries":[{"request":{"method":"GET","url":"http://garden.example/a/../old",
    "headers":[{"name":"Cookie","value":"a # b \\ {{c}} \"d\""},{"name":"Origin","value":"null"}]}}]}})");
  folder.write("routes.yaml", R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: garden, namespace: garden}
spec:
  hosts: [garden.example]
  gateways: [istio-system/edge]
  http:
  - match: [{headers: {cookie: {regex: ".*"}}}]
    route: [{destination: {host: web, port: {number: 80}}}]
)");
  const Strings args = {"replay", "-f", folder.file("routes.yaml"), "--write", "hurl=" + folder.file("some.hurl")};
  Strings first = args, second = args;
  first.push_back(folder.file("some.har"));
  CHECK(run_wicket(first).code == ExitCode::kClean);
  const std::string written = folder.read("some.hurl");
  CHECK(written.find("Cookie: a \\# b \\\\ \\u{7b}{c}} \"d\"\n") != std::string::npos);
  CHECK(written.find("[Options]\npath-as-is: true\n") != std::string::npos);
  second.push_back(folder.file("some.hurl"));
  CHECK(run_wicket(second).code == ExitCode::kClean);
  CHECK(folder.read("some.hurl") == written);
}

TEST_CASE("tests as istio-config-validator reads them") {
  const Outcome outcome = replay({"--compat", "icv", "testdata/replay/ways.yaml"});
  CHECK(outcome.code == ExitCode::kFindings);
  test::check_golden("testdata/replay/ways.yaml.want", outcome.out);
  const Outcome gateway = replay({"testdata/replay/ways.yaml"});
  CHECK(gateway.code == ExitCode::kClean);
}

TEST_CASE("whose answer changes with other manifests") {
  const Folder folder;
  std::string routes = test::read_source_file(kRoutes);
  const auto replace = [&routes](const std::string& from, const std::string& to) {
    const std::size_t at = routes.find(from);
    REQUIRE(at != std::string::npos);
    routes.replace(at, from.size(), to);
  };
  replace("redirectCode: 308", "redirectCode: 301");
  replace("hosts: [seeds.example]", "hosts: [bulbs.example]");
  folder.write("other.yaml", routes);
  const Outcome outcome = replay({"--compare", folder.file("other.yaml"), "testdata/replay/istio.log"});
  INFO(outcome.out << outcome.err);
  const std::size_t at = outcome.out.find("with the other manifests\n");
  REQUIRE(at != std::string::npos);
  std::string told = outcome.out.substr(at);
  for (std::size_t i = told.find(folder.file("")); i != std::string::npos; i = told.find(folder.file("")))
    told.erase(i, folder.file("").size());
  test::check_golden("testdata/replay/compare.want", told);
  const Outcome same = replay({"-q", "--compare", kRoutes, "testdata/replay/istio.log"});
  CHECK(same.out.find("changed               0    0.0%") != std::string::npos);
}

TEST_CASE("a format of one's own") {
  struct Case {
    const char* name;
    const char* format;
    const char* line;
    const char* want;
  };
  const Case cases[] = {
      {"text", "%REQ(:METHOD)%|%REQ(:PATH)%|%REQ(:AUTHORITY)%|%UPSTREAM_CLUSTER%|%ROUTE_NAME%",
       "GET|/a?b=|garden.example|outbound|80|blue|web.garden.svc.cluster.local|web\n", "agrees                1"},
      {"cut", "%REQ(:METHOD)% %REQ(:PATH):5% %REQ(:AUTHORITY)% %ROUTE_NAME%", "GET /gree garden.example closed\n",
       "the log cuts the path off"},
      {"JSON",
       R"({"m": "%REQ(:METHOD)%", "at": {"p": "%REQ(:PATH)% of %REQ(:AUTHORITY)%"}, "r": "%ROUTE_NAME%", "n": 1})",
       "{\"n\":1,\"at\":{\"p\":\"/old of garden.example\"},\"r\":\"moved\",\"m\":\"GET\"}\n",
       "agrees                1"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const Outcome outcome = replay({"--log-format", c.format, "-"}, c.line);
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == ExitCode::kClean);
    CHECK(outcome.out.find(c.want) != std::string::npos);
  }
}

TEST_CASE("without -f the tree is asked; what is broken in it takes one line, and the log is no manifest") {
  const Folder folder;
  folder.write("routes.yaml", test::read_source_file(kRoutes));
  folder.write("access.json", test::read_source_file("testdata/replay/istio.json"));
  const Strings args = {"replay", "-C", folder.file("."), "access.json"};
  Outcome outcome = run_wicket(args);
  CHECK(outcome.code == run_wicket({"replay", "-f", folder.file("routes.yaml"), folder.file("access.json")}).code);
  CHECK(outcome.err.empty());
  for (const char* name : {"a.yaml", "b.yaml", "c.yaml", "d.yaml"})
    folder.write(name, "kind: VirtualService\nspec: [\n");
  outcome = run_wicket(args);
  CHECK(outcome.err ==
        "wicket: 4 things are not used in 4 files, such as a.yaml; the rest is; `wicket lint` shows them\n");
}

TEST_CASE("what is wrong with a replay") {
  struct Case {
    const char* name;
    Strings args;
    const char* input;
    ExitCode code;
    const char* err;
  };
  const Case cases[] = {
      {"no log", {}, "", ExitCode::kUsage, "missing LOG"},
      {"a log that is not there",
       {"no.log"},
       "",
       ExitCode::kFailure,
       "wicket: cannot read no.log: no such file or folder\n"},
      {"nothing known", {"-"}, "what is this\n", ExitCode::kUsage, "wicket: <stdin> is in no format that is known"},
      {"nothing at all", {"-"}, "", ExitCode::kClean, ""},
      {"an operator that is not closed",
       {"--log-format", "%REQ(:PATH)", "-"},
       "",
       ExitCode::kUsage,
       "has an operator without its closing %: %REQ(:PATH)"},
      {"operators that touch",
       {"--log-format", "%REQ(:PATH)%%PROTOCOL%", "-"},
       "",
       ExitCode::kUsage,
       "has two operators with nothing between them"},
      {"no path", {"--log-format", "%PROTOCOL%", "-"}, "", ExitCode::kUsage, "has no %REQ(:PATH)% in it"},
      {"a broken gzip file", {"-"}, "\x1f\x8b\x08rubbish", ExitCode::kFailure, "its gzip data"},
      {"a copy without a file",
       {"--write", "har", "-"},
       "",
       ExitCode::kUsage,
       "--write har names no file: --write har=FILE"},
      {"a copy that cannot be written",
       {"--write", "har=/no/such/folder/x.har", "-"},
       "",
       ExitCode::kFailure,
       "cannot write"},
      {"a HAR that is cut off", {"-"}, "{\"log\": {\"entries\": [", ExitCode::kFailure, "is no JSON, or is cut off"},
      {"a shell script without curl", {"-"}, "curl \n", ExitCode::kFailure, "URL"},
      {"lines that the given format does not fit",
       {"--log-format", "%REQ(:PATH)% %PROTOCOL%", "-"},
       "/a HTTP/1.1 and more\n",
       ExitCode::kFailure,
       "wicket: cannot read anything in <stdin>: line 1 "},
      {"standard input twice", {"-", "-f", "-"}, "", ExitCode::kUsage, "standard input (-) is named twice"},
      {"too little covered", {"--fail-under", "100", "testdata/replay/istio.json.gz"}, "", ExitCode::kFindings, ""},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const Outcome outcome = replay(c.args, c.input);
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == c.code);
    CHECK(outcome.err.find(c.err) != std::string::npos);
  }
}

}  // namespace
}  // namespace wicket::cli
