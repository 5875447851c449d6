// What tests of routes came to, in every format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_set.h"
#include "report/findings.h"
#include "route/table.h"
#include "suite/coverage.h"
#include "suite/run.h"
#include "suite/suite.h"

namespace wicket::report {

/// One thing that is not as expected.
struct TestMismatch {
  std::string key;  // destination, request-headers.x-user …
  std::string expected;
  std::string actual;
  std::uint32_t line = 0;    // of the expectation, in the test file
  std::uint32_t column = 0;  // code points
  std::string source;        // that line
};

/// One request.
struct TestedCase {
  std::string name;
  std::uint32_t line = 0;
  std::string request;  // POST https://a.com/cart
  std::vector<TestMismatch> mismatches;
  std::vector<std::string> hints;  // what to look at, or to change
  std::vector<std::string> trace;  // lines: what decided, and what was tried before it

  [[nodiscard]] bool passed() const { return mismatches.empty(); }
};

/// Something wrong with a test file.
struct TestFileError {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string message;
  std::string source;  // the line
};

struct TestedFile {
  std::string file;
  std::vector<TestedCase> cases;
  std::vector<TestFileError> errors;

  [[nodiscard]] std::size_t failed() const;
};

/// Everything that a run tells.
struct TestReport {
  std::vector<TestedFile> files;
  std::vector<UnreadFile> failures;  // what could not be read
  std::optional<suite::CoverageReport> coverage;
  std::optional<double> fail_under;  // percent
  std::string_view tool_version;
  RepositoryPaths paths = {};
};

struct TestCounts {
  std::size_t tests = 0;
  std::size_t failed = 0;
  std::size_t errors = 0;
};
[[nodiscard]] TestCounts count_tests(const TestReport& report);
/// Whether coverage is below what is asked for.
[[nodiscard]] bool lacks_coverage(const TestReport& report);

/// A case with everything that explains its failure. Decides it once more where it failed, for the trace.
[[nodiscard]] TestedCase tested_case(const suite::CaseResult& result, const suite::Suite& suite,
                                     const route::RouteTable& table, const SourceSet& manifests);
/// The errors of a test file, in its order.
[[nodiscard]] std::vector<TestFileError> file_errors(const suite::Suite& suite);

struct TestTextStyle {
  bool color = false;
  bool summary = true;  // the last line, with the counts
  bool passed = false;  // name those that passed as well
};

/// Errors and failures, then coverage, then the counts.
[[nodiscard]] std::string tests_text(const TestReport& report, const TestTextStyle& style);
/// Schema: schemas/test-report.schema.json, version 1.
[[nodiscard]] std::string tests_json(const TestReport& report);
/// JUnit XML: a suite a file, a test case a request.
[[nodiscard]] std::string tests_junit(const TestReport& report);
/// Test Anything Protocol 13: a line a request.
[[nodiscard]] std::string tests_tap(const TestReport& report);
/// Workflow commands of GitHub Actions, at the expectations that do not hold.
[[nodiscard]] std::string tests_github(const TestReport& report);
/// For a comment or a job summary, at most `max_rows` failures long.
[[nodiscard]] std::string tests_markdown(const TestReport& report, std::size_t max_rows = 1000);

/// A table of VirtualServices with their percentages, then what nothing reached, each with its place.
[[nodiscard]] std::string coverage_text(const suite::CoverageReport& report);
/// A tracefile as lcov and genhtml read it: a line for every host, route, match block and destination; routes are its
/// functions, match blocks and destinations its branches. Source: geninfo(1), FILES.
[[nodiscard]] std::string coverage_lcov(const suite::CoverageReport& report);

}  // namespace wicket::report
