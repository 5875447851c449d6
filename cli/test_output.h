// Where the reports of a test run go: standard output, files, the summary of a job.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"
#include "report/tests.h"

namespace wicket::cli {

/// Writes the reports that were asked for, without one workflow commands where GitHub Actions runs us, else text; and
/// the tracefile of --lcov. kFailure when one cannot be written, which is told on standard error.
[[nodiscard]] ExitCode write_test_reports(const report::TestReport& report, const TestOptions& options,
                                          Streams& streams);

}  // namespace wicket::cli
