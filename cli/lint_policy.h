// What the command line and the settings say about findings, in the terms of check/.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/source_set.h"
#include "check/baseline.h"
#include "check/estate.h"
#include "check/policy.h"
#include "check/selection.h"
#include "cli/options.h"
#include "load/load.h"
#include "report/findings.h"

namespace wicket::cli {

/// One run's decisions. `policy` has no baseline yet: see join_baseline.
struct LintPolicy {
  check::Selection selection;
  check::Policy policy;
  std::vector<check::UnknownCode> unknown;  // of the settings; their spans have the file id 0
};

/// Errors: kInvalid for a code of the command line that no check has.
[[nodiscard]] Result<LintPolicy> lint_policy(const LintOptions& options);

/// What the settings say there is outside of the manifests.
[[nodiscard]] check::Known known_objects(const CommonOptions& options);

/// A baseline as one file, with the id 0 until it joins the sources.
/// Errors: those of reading.
[[nodiscard]] Result<std::shared_ptr<SourceFile>> read_baseline_file(const std::string& path);

/// Lets a file that is no manifest join the sources, so that findings can point into it.
FileId join_sources(SourceSet& sources, const std::shared_ptr<SourceFile>& file);

/// The entries that nothing answered to, of those that this run could have found: their check is on, and their file was
/// read or is gone.
[[nodiscard]] std::vector<const check::BaselineEntry*> stale_entries(const check::Baseline& baseline,
                                                                     const LintPolicy& policy,
                                                                     const report::LintReport& report);

}  // namespace wicket::cli
