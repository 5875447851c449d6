#include "check/policy.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "check/registry.h"
#include "check/run.h"
#include "support/catch.h"
#include "support/lint.h"

namespace wicket::check {
namespace {

using Names = std::vector<std::string>;

/// A VirtualService in block style: lines of an http rule, one of them with a fault.
std::string service(std::string_view lines, std::string_view annotations = "{}") {
  return fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: a\n  namespace: shop\n"
      "  annotations: {}\nspec:\n  hosts: [w]\n  http:\n{}    route:\n    - destination: {{host: w}}\n",
      annotations, lines);
}

CheckResult run_with(const test::Linted& linted, const Policy& policy) {
  return run({.sources = linted.loaded.sources, .workspace = *linted.loaded.workspace},
             {.selection = {}, .policy = &policy});
}

TEST_CASE("a comment silences its line, or the next one") {
  struct Case {
    const char* name;
    const char* lines;
    Names want;
  };
  const Case cases[] = {
      {"without", "  - timeout: 1d\n", {"WK117"}},
      {"on the line", "  - timeout: 1d # wicket:ignore WK117 -- why\n", {}},
      {"above", "  # wicket:ignore WK117\n  - timeout: 1d\n", {}},
      {"by name", "  - timeout: 1d # wicket:ignore malformed-duration\n", {}},
      {"by prefix", "  - timeout: 1d # wicket:ignore WK11\n", {}},
      {"by a code of another tool", "  - timeout: 100us # wicket:ignore IST0106\n", {}},
      {"letter case", "  - timeout: 1d # wicket:ignore wk117\n", {}},
      {"below", "  - timeout: 1d\n    # wicket:ignore WK117\n", {"WK117", "WK001"}},
      {"another check", "  - timeout: 1d # wicket:ignore WK102\n", {"WK117", "WK001"}},
      {"several comments above each other",
       "  # wicket:ignore WK117\n  # wicket:ignore WK001\n  - timeout: 1d\n",
       {"WK001"}},
      {"a check that does not run", "  - timeout: 1s # wicket:ignore WK103\n", {}},
      {"a block scalar", "  - timeout: 1s\n    name: |\n      # wicket:ignore WK117\n      a\n", {}},
      {"unknown", "  - timeout: 1s # wicket:ignore WK999\n", {"WK002"}},
      {"unreadable documents keep quiet", "  - timeout: [ # wicket:ignore WK117\n", {"WK100"}},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const test::Linted linted = test::lint_text(service(c.lines));
    Names codes;
    for (const Diagnostic& finding : linted.result.diagnostics) codes.emplace_back(finding.rule->id);
    std::ranges::sort(codes);
    Names want = c.want;
    std::ranges::sort(want);
    CHECK(codes == want);
  }
}

TEST_CASE("comments stay behind in rendered output, and speak in each document for themselves") {
  const std::string faulty = service("  # wicket:ignore WK117 -- the chart says so\n  - timeout: 1d\n");
  const test::Linted linted = test::lint_text("---\n# Source: shop/templates/a.yaml\n" + faulty +
                                              "---\n# Source: shop/templates/b.yaml\n" + service("  - timeout: 2d\n"));
  REQUIRE(linted.result.diagnostics.size() == 2);  // the second fault, and the same object twice
  REQUIRE(linted.result.suppressed.size() == 1);
  CHECK(linted.result.suppressed[0].by == Silencer::kComment);
  CHECK(linted.result.suppressed[0].reason == "the chart says so");
  for (const Diagnostic& finding : linted.result.diagnostics)
    CHECK(finding.notes.back().message == "rendered from shop/templates/b.yaml");
}

TEST_CASE("Istio's annotation silences the findings that have its codes") {
  struct Case {
    const char* annotations;
    bool silent;
  };
  for (const Case& c : {Case{"{galley.istio.io/analyze-suppress: IST0106}", true},
                        {"{galley.istio.io/analyze-suppress: 'IST0101,IST0106'}", true},
                        {"{galley.istio.io/analyze-suppress: '*'}", true},
                        {"{galley.istio.io/analyze-suppress: 'IST0101, IST0106'}", false},  // as Istio splits it
                        {"{galley.istio.io/analyze-suppress: IST0101}", false},
                        {"{galley.istio.io/analyze-suppress: WK117}", false},
                        {"{galley.istio.io/analyze-suppress: ''}", false},
                        {"{other: IST0106}", false}}) {
    INFO(c.annotations);
    const test::Linted linted = test::lint_text(service("  - timeout: 100us\n", c.annotations));
    CHECK(linted.result.diagnostics.empty() == c.silent);
    CHECK(linted.result.suppressed.size() == (c.silent ? 1 : 0));
  }
}

TEST_CASE("the settings give levels, and other ones to some files") {
  const test::Linted linted = test::lint_files(
      {{"a.yaml", service("  - timeout: 1d\n")}, {"old/b.yaml", "kind: Gateway\nmetadata: {name: x}\n"}});
  Policy policy;
  policy.levels.set(*find_rule("WK117"), Level::kInfo);
  policy.levels.set(*find_rule("WK128"), Level::kWarning);
  CheckResult result = run_with(linted, policy);
  REQUIRE(result.diagnostics.size() == 2);
  CHECK(result.diagnostics[0].severity == Severity::kInfo);
  CHECK(result.diagnostics[1].severity == Severity::kWarning);

  FileRules old{.covers = [](std::string_view name) { return name.starts_with("old/"); }, .levels = {}};
  old.levels.set(*find_rule("WK128"), Level::kOff);
  old.levels.set(*find_rule("WK117"), Level::kError);
  policy.files.push_back(old);
  result = run_with(linted, policy);
  REQUIRE(result.diagnostics.size() == 1);
  CHECK(result.diagnostics[0].severity == Severity::kInfo);
  REQUIRE(result.suppressed.size() == 1);
  CHECK(result.suppressed[0].by == Silencer::kSettings);

  FileRules older{.covers = [](std::string_view) { return true; }, .levels = {}};
  older.levels.set(*find_rule("WK128"), Level::kError);
  policy.files.push_back(older);
  CHECK(run_with(linted, policy).diagnostics.size() == 2);
}

TEST_CASE("a baseline silences each fault as often as it lists it, wherever it moved") {
  const test::Linted before = test::lint_text(service("  - timeout: 1d\n"));
  const BaselineEntry known{.fingerprint = before.result.diagnostics.at(0).fingerprint, .code = "WK117"};
  const test::Linted moved = test::lint_text(
      "# new\n\n" +
      service("  - match: [{uri: {prefix: /a}}]\n    route: [{destination: {host: w}}]\n  - timeout: 1d\n"));
  Policy policy;
  Baseline once({known});
  policy.baseline = &once;
  CHECK(run_with(moved, policy).diagnostics.empty());
  CHECK(once.left().empty());
  CHECK(run_with(moved, policy).diagnostics.size() == 1);  // the entry has answered

  Baseline twice({known, known, {.fingerprint = "00", .code = "WK100"}});
  policy.baseline = &twice;
  CHECK(run_with(moved, policy).diagnostics.empty());
  CHECK(twice.left().size() == 2);
}

TEST_CASE("fingerprints of faults without an object differ by file") {
  const test::Linted linted = test::lint_files({{"a.yaml", "a: [\n"}, {"b.yaml", "a: [\n"}});
  REQUIRE(linted.result.diagnostics.size() == 2);
  CHECK(linted.result.diagnostics[0].fingerprint != linted.result.diagnostics[1].fingerprint);
}

TEST_CASE("Kustomize says where an object comes from") {
  struct Case {
    const char* origin;
    const char* note;
  };
  for (const Case& c :
       {Case{"path: base/a.yaml\\n", "built from base/a.yaml"},
        {"path: base/a.yaml\\nref: v1\\nrepo: https://git.example/r\\n",
         "built from base/a.yaml of https://git.example/r"},
        {"configuredIn: kustomization.yaml\\nconfiguredBy:\\n  kind: X\\n", "generated by kustomization.yaml"}}) {
    INFO(c.origin);
    const test::Linted linted =
        test::lint_text(service("  - timeout: 1d\n", fmt::format("{{config.kubernetes.io/origin: \"{}\"}}", c.origin)));
    REQUIRE(linted.result.diagnostics.size() == 1);
    REQUIRE(linted.result.diagnostics[0].notes.size() == 1);
    CHECK(linted.result.diagnostics[0].notes[0].message == c.note);
  }
}

TEST_CASE("what the settings call known is not missing") {
  const test::Linted linted = test::lint_text(
      "apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: a, namespace: shop}\n"
      "spec: {host: pay.bank.svc.cluster.local}\n");
  const auto found = [&](std::vector<std::string> services) {
    CheckInput input{.sources = linted.loaded.sources, .workspace = *linted.loaded.workspace, .closed_world = true};
    input.known.services = std::move(services);
    return run(input, {.selection = {}}).diagnostics.size();
  };
  CHECK(found({}) == 1);
  CHECK(found({"pay.bank.svc.cluster.local"}) == 0);
  CHECK(found({"*.bank.svc.cluster.local"}) == 0);
  CHECK(found({"*.pay.bank.svc.cluster.local"}) == 1);
  CHECK(found({"bank.svc.cluster.local", "*.shop.svc.cluster.local"}) == 1);
}

TEST_CASE("a baseline is read as strictly as it is written") {
  struct Case {
    const char* text;
    const char* error;
  };
  for (const Case& c : {Case{"{\"schemaVersion\": 1, \"findings\": []}", ""},
                        {"{\"schemaVersion\": 1, \"findings\": [{\"code\": \"WK100\", \"fingerprint\": \"1\"}]}", ""},
                        {"{\"schemaVersion\": 2, \"findings\": []}",
                         "b.json:1:1: schemaVersion is not 1: this is no baseline that can be read"},
                        {"[]", "b.json:1:1: a baseline is a mapping"},
                        {"{\"schemaVersion\": 1, \"findings\": {}}", "b.json:1:1: findings is not a list"},
                        {"{\"schemaVersion\": 1, \"findings\": [{\"code\": \"WK100\"}]}",
                         "b.json:1:35: an entry needs a fingerprint and a code"}}) {
    INFO(c.text);
    SourceFile file;
    file.name = "b.json";
    file.segments.push_back({.offset = 0, .first_line = 1, .bytes = c.text});
    const auto read = read_baseline(file);
    CHECK((read ? "" : read.error().message) == c.error);
  }
  SourceFile broken;
  broken.name = "b.json";
  broken.segments.push_back({.offset = 0, .first_line = 1, .bytes = "{\"schemaVersion\": 1,\n\"findings\": [\n"});
  const auto read = read_baseline(broken);
  REQUIRE_FALSE(read);
  CHECK(read.error().message.starts_with("b.json:"));
}

}  // namespace
}  // namespace wicket::check
