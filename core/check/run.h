// All checks over one input.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "base/source_set.h"
#include "check/diagnostic.h"
#include "check/selection.h"
#include "model/workspace.h"

namespace wicket::check {

/// What a check may look at.
struct CheckInput {
  const SourceSet& sources;
  const model::Workspace& workspace;
  bool closed_world = false;  // the input is all there is: a reference that nothing answers is a finding
};

/// Whether somebody silenced a finding: a comment, an annotation, settings, a baseline.
using IsSuppressed = std::function<bool(const Diagnostic&)>;

struct CheckOptions {
  Selection selection;
  bool only_admission = false;  // leave out what nobody objects to when the object is applied
  IsSuppressed is_suppressed;   // may be empty
};

struct CheckResult {
  std::vector<Diagnostic> diagnostics;  // by file, then offset, then rule id
  std::size_t suppressed = 0;
  std::size_t unknown_references = 0;  // references that the input does not answer, and need not
};

/// Runs every family. The order of the result does not depend on the number of threads or on the order of checks.
[[nodiscard]] CheckResult run(const CheckInput& input, const CheckOptions& options);

}  // namespace wicket::check
