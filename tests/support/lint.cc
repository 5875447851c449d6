#include "support/lint.h"

#include <sstream>

#include "check/baseline.h"
#include "check/policy.h"
#include "report/findings.h"
#include "support/catch.h"

namespace wicket::test {

std::vector<std::string> Linted::findings() const {
  std::vector<std::string> all;
  for (const check::Diagnostic& finding : result.diagnostics)
    all.push_back(std::string(finding.rule->id) + " " + finding.path);
  return all;
}

std::string Linted::text() const {
  report::LintReport report{.sources = loaded.sources,
                            .diagnostics = result.diagnostics,
                            .failures = {},
                            .counts = {},
                            .tool_version = "test"};
  report.counts.files = loaded.workspace->files().size();
  for (const auto& file : loaded.workspace->files()) report.counts.resources += file->resources.size();
  report.counts.skipped = loaded.skipped;
  return report::findings_text(report, {});
}

Linted lint_files(std::map<std::string, std::string> files, const check::Selection& selection) {
  std::vector<std::string> paths;
  bool closed_world = false;
  for (const auto& [name, text] : files) {
    paths.push_back(name);
    closed_world = closed_world || text.find("# lint --closed-world\n") != std::string::npos;
  }
  MemoryReader reader(std::move(files));
  std::istringstream input;
  Linted linted{.loaded = load::load({.paths = std::move(paths), .threads = 1}, reader, input), .result = {}};
  linted.result = check::run(
      {.sources = linted.loaded.sources, .workspace = *linted.loaded.workspace, .closed_world = closed_world},
      {.selection = selection});
  return linted;
}

Linted lint_example(std::string_view text, const check::Selection& selection) {
  if (!text.starts_with('{')) return lint_text(std::string(text), selection);
  Linted linted;
  auto file = std::make_shared<SourceFile>();
  file->name = "baseline.json";
  file->segments.push_back({.offset = 0, .first_line = 1, .bytes = std::string(text)});
  linted.loaded.sources.add(file);
  linted.loaded.workspace = std::make_shared<model::Workspace>(std::vector<std::shared_ptr<const model::ParsedFile>>(),
                                                               model::WorkspaceOptions());
  const auto baseline = check::read_baseline(*file);
  REQUIRE(baseline);
  linted.result.diagnostics = check::check_policy(linted.loaded.sources, selection, {}, baseline->left());
  return linted;
}

Linted lint_text(std::string text, const check::Selection& selection) {
  std::map<std::string, std::string> files;
  files["test.yaml"] = std::move(text);
  return lint_files(std::move(files), selection);
}

}  // namespace wicket::test
