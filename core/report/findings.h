// Findings as text for people and as JSON for machines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/source_set.h"
#include "check/diagnostic.h"

namespace wicket::report {

/// What was counted beside the findings.
struct LintCounts {
  std::size_t files = 0;
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

/// Everything that a report of one run tells.
struct LintReport {
  const SourceSet& sources;
  const std::vector<check::Diagnostic>& diagnostics;
  std::vector<UnreadFile> failures;
  LintCounts counts;
  std::string_view tool_version;
};

struct TextStyle {
  bool color = false;
  bool summary = true;  // the last line, with the counts
};

/// One finding after the other: place, level, message and code, the line with a caret, the other place, the way out.
[[nodiscard]] std::string findings_text(const LintReport& report, const TextStyle& style);

/// Schema: schemas/diagnostics.schema.json, version 1.
[[nodiscard]] std::string findings_json(const LintReport& report);

}  // namespace wicket::report
