// Findings in every format: text for people, the others for machines. One source file a format.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/source_set.h"
#include "check/diagnostic.h"

namespace wicket::report {

/// What was counted beside the findings.
struct LintCounts {
  std::size_t files = 0;  // of the input: the first ones of the sources
  std::size_t resources = 0;
  std::size_t skipped = 0;  // documents of other kinds
  std::size_t suppressed = 0;
  std::size_t unknown_references = 0;
};

/// A file that could not be read.
struct UnreadFile {
  std::string file;
  std::string message;
};

/// Where the names of files start, for formats that want them from the top of the repository.
struct RepositoryPaths {
  std::string root;    // absolute path of the repository, without a slash at its end; empty: unknown
  std::string prefix;  // of the folder that relative names start from, below the root; empty: the root itself
};

/// Everything that a report of one run tells.
struct LintReport {
  const SourceSet& sources;
  const std::vector<check::Diagnostic>& diagnostics;
  std::vector<UnreadFile> failures;
  LintCounts counts;
  std::string_view tool_version;
  std::span<const check::Suppressed> suppressed = {};                // told by formats that have a place for them
  std::optional<check::Severity> fail_on = check::Severity::kError;  // formats of tests: what counts as failed
  RepositoryPaths paths = {};
};

struct TextStyle {
  bool color = false;
  bool summary = true;  // the last line, with the counts
};

/// One finding after the other: place, level, message and code, the line with a caret, the other place, the way out.
[[nodiscard]] std::string findings_text(const LintReport& report, const TextStyle& style);

/// Schema: schemas/diagnostics.schema.json, version 1.
[[nodiscard]] std::string findings_json(const LintReport& report);

/// One JSON object a line: the findings as in findings_json, what could not be read, and at the end the summary.
/// Schema: schemas/diagnostics.schema.json, $defs/line.
[[nodiscard]] std::string findings_jsonl(const LintReport& report);

/// SARIF 2.1.0, as code scanning of GitHub and others read it. Suppressed findings are told as such.
/// Source: OASIS SARIF 2.1.0, and GitHub's list of the properties that it reads.
[[nodiscard]] std::string findings_sarif(const LintReport& report);

/// JUnit XML: a suite a file, a test case a finding; a file without a finding is a case that passed.
[[nodiscard]] std::string findings_junit(const LintReport& report);

/// Test Anything Protocol 13: a line a finding, a line a file without one. What does not fail the run is a TODO.
/// Source: https://testanything.org/tap-version-13-specification.html
[[nodiscard]] std::string findings_tap(const LintReport& report);

/// Workflow commands of GitHub Actions, worst first: it shows the first ten of each level beside the changed lines.
/// Source: GitHub, "Workflow commands for GitHub Actions"; actions/toolkit escapes as is done here.
[[nodiscard]] std::string findings_github(const LintReport& report);

/// The code quality report of GitLab: a list of issues, each with a fingerprint of its own.
[[nodiscard]] std::string findings_gitlab(const LintReport& report);

/// Checkstyle XML, which most review bots read.
[[nodiscard]] std::string findings_checkstyle(const LintReport& report);

/// A table for a comment or a job summary, at most `max_rows` long.
[[nodiscard]] std::string findings_markdown(const LintReport& report, std::size_t max_rows = 1000);

}  // namespace wicket::report
