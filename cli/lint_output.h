// Where the reports of a lint go: standard output, files, the summary of a job.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"
#include "report/findings.h"

namespace wicket::cli {

/// What was asked for with -o; without one, workflow commands where GitHub Actions runs us, else text.
[[nodiscard]] std::vector<OutputTarget> chosen_outputs(const LintOptions& options, const Surroundings& surroundings);

/// Writes the reports. kFailure when one cannot be written, which is told on standard error; the others are all the
/// same.
[[nodiscard]] ExitCode write_reports(const report::LintReport& report, std::span<const OutputTarget> targets,
                                     Verbosity verbosity, Streams& streams);

/// Writes a file; false when that fails, which is told on standard error.
[[nodiscard]] bool write_file(const std::string& name, const std::string& text, Streams& streams);

/// Writes behind what a file holds; false when that fails, which is told on standard error.
[[nodiscard]] bool append_to_file(const std::string& name, const std::string& text, Streams& streams);

}  // namespace wicket::cli
