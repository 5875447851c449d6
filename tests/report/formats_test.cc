// Every format of findings: as recorded, and what a format must do with awkward input.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "report/finding_parts.h"
#include "report/findings.h"
#include "support/catch.h"
#include "support/golden.h"
#include "support/lint.h"

namespace wicket::report {
namespace {

using Json = nlohmann::json;
using Format = std::string (*)(const LintReport&);

/// A typo with a repair, a duplicate key with a second place, a warning, and a file that is sound.
const std::map<std::string, std::string> kFiles = {
    {"apps/shop.yaml",
     "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: shop, namespace: shop}\n"
     "spec:\n  hosts: [w]\n  http:\n  - timeout: 5s\n    timeout: 1d\n    route:\n"
     "    - destination: {host: w}\n      weight: \"100\"\n"},
    {"apps/sound.yaml",
     "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: shop}\n"
     "spec: {selector: {a: b}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [a.b]}]}\n"},
    {"n\xC3\xA4me, 100%.yaml",
     "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: \"<a>&b|#\", namespace: shop}\n"
     "spec: {hosts: [x], http: [{match: [{queryParams: {1: {}}}], route: [{destination: {host: w}}]}]}\n"}};

LintReport report_of(const test::Linted& linted) {
  return {.sources = linted.loaded.sources,
          .diagnostics = linted.result.diagnostics,
          .failures = {},
          .counts = {.files = linted.loaded.sources.size(), .resources = 3},
          .tool_version = "1.2.3"};
}

std::string markdown(const LintReport& report) { return findings_markdown(report); }

struct Named {
  const char* name;
  Format format;
};
constexpr Named kFormats[] = {{"jsonl", findings_jsonl},           {"sarif", findings_sarif},
                              {"junit", findings_junit},           {"tap", findings_tap},
                              {"github", findings_github},         {"gitlab", findings_gitlab},
                              {"checkstyle", findings_checkstyle}, {"markdown", markdown}};

TEST_CASE("every format is as recorded: findings, none, and a file that cannot be read") {
  const test::Linted faulty = test::lint_files(kFiles);
  const test::Linted sound = test::lint_files({{"apps/sound.yaml", kFiles.at("apps/sound.yaml")}});
  CHECK(faulty.result.diagnostics.size() == 5);
  CHECK(sound.result.diagnostics.empty());
  for (const Named& c : kFormats) {
    INFO(c.name);
    const std::string folder = std::string("testdata/lint/formats/") + c.name;
    LintReport report = report_of(faulty);
    report.paths.prefix = "deploy";
    test::check_golden(folder + ".findings.want", c.format(report));
    test::check_golden(folder + ".sound.want", c.format(report_of(sound)));
    const test::Linted shop = test::lint_files({{"apps/shop.yaml", kFiles.at("apps/shop.yaml")}});
    const std::vector<check::Suppressed> known = {
        {shop.result.diagnostics[0], check::Silencer::kBaseline, "known since May"}};
    const std::vector<check::Diagnostic> none;
    const LintReport unread{.sources = shop.loaded.sources,
                            .diagnostics = none,
                            .failures = {{"gone.yaml", "permission \"denied\""}},
                            .counts = {.files = 1, .resources = 1, .suppressed = 1},
                            .tool_version = "1.2.3",
                            .suppressed = known};
    test::check_golden(folder + ".unread.want", c.format(unread));
  }
}

TEST_CASE("names start at the top of the repository") {
  const test::Linted linted = test::lint_text("a: [\n");
  LintReport report = report_of(linted);
  struct Case {
    const char* root;
    const char* prefix;
    const char* name;
    const char* want;
  };
  for (const Case& c : {Case{"", "", "a/b.yaml", "a/b.yaml"},
                        {"/r", "", "./a/../b.yaml", "b.yaml"},
                        {"/r", "deploy/x", "b.yaml", "deploy/x/b.yaml"},
                        {"/r", "deploy", "../b.yaml", "b.yaml"},
                        {"/r", "deploy", "/r/x/b.yaml", "x/b.yaml"},
                        {"/r", "deploy", "/rest/b.yaml", "/rest/b.yaml"},
                        {"/r", "", "../b.yaml", "../b.yaml"}}) {
    INFO(c.name);
    report.paths = {.root = c.root, .prefix = c.prefix};
    CHECK(Places(report).path(c.name) == c.want);
  }
}

TEST_CASE("URIs and XML carry any name") {
  CHECK(uri_of("a b#c?.yaml") == "a%20b%23c%3F.yaml");
  CHECK(uri_of("<stdin>") == "%3Cstdin%3E");
  CHECK(uri_of("c:x/n\xC3\xA4me") == "c%3Ax/n%C3%A4me");
  CHECK(uri_of("/tmp/x") == "file:///tmp/x");
  CHECK(xml_attribute("<a b=\"c\">&\n\t\x01") == "&lt;a b=&quot;c&quot;&gt;&amp;&#10;&#9;\xEF\xBF\xBD");
  CHECK(xml_text("a\n\tb\r") == "a\n\tb&#13;");
  CHECK(valid_utf8("a\xFF"
                   "b") ==
        "a\xEF\xBF\xBD"
        "b");
}

TEST_CASE("workflow commands: worst first, and nothing that ends them early") {
  const test::Linted linted = test::lint_files(kFiles);
  const std::string text = findings_github(report_of(linted));
  CHECK(text.find("::warning ") > text.rfind("::error "));
  CHECK(text.find("file=n\xC3\xA4me%2C 100%25.yaml,line=4,endLine=4,col=") != std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') == 5);
}

TEST_CASE("what does not fail the run is not red") {
  const test::Linted linted = test::lint_files(kFiles);
  LintReport report = report_of(linted);
  CHECK(findings_junit(report).find("failures=\"4\"") != std::string::npos);
  report.fail_on = check::Severity::kWarning;
  CHECK(findings_junit(report).find("failures=\"5\"") != std::string::npos);
  CHECK(findings_tap(report).find("# TODO") == std::string::npos);
  report.fail_on.reset();
  CHECK(findings_junit(report).find("<failure") == std::string::npos);
  CHECK(findings_tap(report).find("# TODO") != std::string::npos);
}

TEST_CASE("equal findings have fingerprints of their own for GitLab") {
  const test::Linted linted = test::lint_text(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: shop}\nspec:\n"
      "  hosts: [w]\n  http:\n  - {timeout: 1d, route: [{destination: {host: w}}]}\n"
      "  - {timeout: 1d, route: [{destination: {host: w}}]}\n",
      *check::Selection::from({.select = {"WK117"}, .extend_select = {}, .ignore = {}}));
  const Json issues = Json::parse(findings_gitlab(report_of(linted)));
  REQUIRE(issues.size() == 2);
  CHECK(issues[0]["fingerprint"] != issues[1]["fingerprint"]);
}

TEST_CASE("a table of Markdown ends where it is told to") {
  const test::Linted linted = test::lint_files(kFiles);
  const std::string text = findings_markdown(report_of(linted), 2);
  CHECK(text.find("\nand 3 more\n") != std::string::npos);
  CHECK(text.find("\\<a>") == std::string::npos);
}

}  // namespace
}  // namespace wicket::report
