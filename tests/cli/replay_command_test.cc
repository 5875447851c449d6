// wicket replay from the outside: goldens in testdata/replay, exit codes, and input that is wrong.
#include <string>
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
  for (const Case& c : {Case{"istio.log", ExitCode::kFindings}, Case{"istio.json", ExitCode::kFindings},
                        Case{"envoy.log", ExitCode::kFindings}, Case{"nginx.log", ExitCode::kFindings},
                        Case{"vhosts.log", ExitCode::kFindings}}) {
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
