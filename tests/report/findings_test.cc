#include "report/findings.h"

#include <nlohmann/json.hpp>

#include "support/catch.h"
#include "support/lint.h"

namespace wicket::report {
namespace {

constexpr const char* kFaulty =
    "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: shop}\n"
    "spec:\n  hosts: [w]\n  http:\n  - timeout: 1d\n    route: [{destination: {host: w}}]\n";

LintReport report_of(const test::Linted& linted) {
  return {.sources = linted.loaded.sources,
          .diagnostics = linted.result.diagnostics,
          .failures = {},
          .counts = {.files = 1, .resources = 1},
          .tool_version = "1.2.3"};
}

TEST_CASE("text shows place, line, caret and way out") {
  const test::Linted linted = test::lint_text(kFaulty);
  CHECK(findings_text(report_of(linted), {}) ==
        "test.yaml:7:14: error: \"1d\" is not a duration; use for example 5s, 500ms or 1h30m [WK117]\n"
        "      7 |   - timeout: 1d\n"
        "        |              ^~\n"
        "1 error in 1 resource, 1 file\n");
}

TEST_CASE("text without summary and with colour") {
  const test::Linted linted = test::lint_text(kFaulty);
  const std::string plain = findings_text(report_of(linted), {.color = false, .summary = false});
  CHECK(plain.find("1 error") == std::string::npos);
  const std::string colored = findings_text(report_of(linted), {.color = true, .summary = true});
  CHECK(colored.find("\x1b[1;31merror\x1b[0m") != std::string::npos);
}

TEST_CASE("very long lines and wide characters keep the caret below the fault") {
  const std::string filler(3000, 'x');
  const test::Linted linted = test::lint_text(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: shop}\n"
      "spec: {hosts: [w], http: [{name: \"\xC3\xA9" +
      filler + "\", timeout: 1d, route: [{destination: {host: w}}]}]}\n");
  const std::string text = findings_text(report_of(linted), {});
  const std::size_t mark = text.find('^');
  REQUIRE(mark != std::string::npos);
  std::size_t mark_line = text.rfind('\n', mark);
  const std::size_t source_line = text.rfind('\n', mark_line - 1);
  const std::string above = text.substr(source_line + 1, mark_line - source_line - 1);
  CHECK(above.size() < 200);
  CHECK(above.substr(mark - mark_line - 1, 2) == "1d");
}

TEST_CASE("JSON counts code points and lists what could not be read") {
  test::Linted linted = test::lint_text("# \xF0\x9F\x98\x80\nkind: Gateway\nmetadata: {name: \"\xC3\xA9\"}\n");
  LintReport report = report_of(linted);
  report.failures.push_back({"b.yaml", "permission denied"});
  const auto json = nlohmann::json::parse(findings_json(report));
  CHECK(json["schemaVersion"] == 1);
  CHECK(json["tool"]["version"] == "1.2.3");
  CHECK(json["failures"][0]["file"] == "b.yaml");
  REQUIRE(json["findings"].size() == 1);
  CHECK(json["findings"][0]["code"] == "WK128");
  CHECK(json["findings"][0]["line"] == 2);
  CHECK(json["findings"][0]["column"] == 1);
  CHECK(json["findings"][0]["fingerprint"].get<std::string>().size() == 16);
}

TEST_CASE("a fingerprint stays when the fault moves") {
  const auto fingerprint = [](const std::string& text) {
    return test::lint_text(text).result.diagnostics[0].fingerprint;
  };
  const std::string text = kFaulty;
  std::string moved = text;
  moved.insert(moved.find("  - timeout"),
               "  # more\n  - match: [{uri: {prefix: /new}}]\n    route: [{destination: {host: w}}]\n");
  CHECK(fingerprint(text) == fingerprint("# comment\n" + text));
  CHECK(fingerprint(text) == fingerprint(moved));
}

}  // namespace
}  // namespace wicket::report
