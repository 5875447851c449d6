// Findings as a baseline: what is known and not to be reported again.
#pragma once

#include <string>

#include "report/findings.h"

namespace wicket::report {

/// What check::read_baseline reads: an entry a finding, sorted, so that a baseline written anew differs in what
/// changed. Schema: schemas/baseline.schema.json, version 1.
[[nodiscard]] std::string baseline_json(const LintReport& report);

}  // namespace wicket::report
