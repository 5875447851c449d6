#include "support/lint.h"

#include <sstream>

#include "report/findings.h"

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
  for (const auto& [name, text] : files) paths.push_back(name);
  MemoryReader reader(std::move(files));
  std::istringstream input;
  Linted linted{.loaded = load::load({.paths = std::move(paths), .threads = 1}, reader, input), .result = {}};
  linted.result = check::run({.sources = linted.loaded.sources, .workspace = *linted.loaded.workspace},
                             {.selection = selection, .is_suppressed = {}});
  return linted;
}

Linted lint_text(std::string text, const check::Selection& selection) {
  std::map<std::string, std::string> files;
  files["test.yaml"] = std::move(text);
  return lint_files(std::move(files), selection);
}

}  // namespace wicket::test
