// Lints text in memory.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "check/run.h"
#include "load/load.h"

namespace wicket::test {

/// Input and what was found in it.
struct Linted {
  load::Loaded loaded;
  check::CheckResult result;

  /// "WK102 spec.http", one a finding, in order.
  [[nodiscard]] std::vector<std::string> findings() const;
  /// The text report.
  [[nodiscard]] std::string text() const;
};

/// Lints files in memory, as if all were named on the command line; as in a closed world where one of them has the line
/// "# lint --closed-world".
[[nodiscard]] Linted lint_files(std::map<std::string, std::string> files, const check::Selection& selection = {});
/// What a check says about its own example: a manifest, or for WK003 a baseline.
[[nodiscard]] Linted lint_example(std::string_view text, const check::Selection& selection);
/// The same for one file, "test.yaml".
[[nodiscard]] Linted lint_text(std::string text, const check::Selection& selection = {});

}  // namespace wicket::test
