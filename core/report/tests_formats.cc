// Formats that have one place for everything that is to say of a test: JUnit, TAP, GitHub, Markdown.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "report/finding_parts.h"
#include "report/tests.h"

namespace wicket::report {
namespace {

std::string mismatch_text(const TestMismatch& mismatch) {
  return fmt::format("{}: expected {}, actual {}", mismatch.key, mismatch.expected, mismatch.actual);
}

std::string message(const TestedCase& test) {
  std::string text;
  for (const TestMismatch& mismatch : test.mismatches)
    text.append(text.empty() ? "" : "; ").append(mismatch_text(mismatch));
  return text;
}

/// Mismatches, hints and trace, a line each.
std::string whole_text(const TestedFile& file, const TestedCase& test) {
  std::string text = fmt::format("{}:{}: {}\n{}\n", file.file, test.line, test.name, test.request);
  for (const TestMismatch& mismatch : test.mismatches)
    text += fmt::format("{}:{}:{}: {}\n", file.file, mismatch.line, mismatch.column, mismatch_text(mismatch));
  for (const std::string& hint : test.hints) text += fmt::format("hint: {}\n", hint);
  for (const std::string& line : test.trace) text += line + "\n";
  return text;
}

std::string coverage_message(const TestReport& report) {
  return fmt::format("coverage {:.1f}% is less than the {:g}% of --fail-under", report.coverage->count().percent(),
                     *report.fail_under);
}

// ---- JUnit ----

void append_junit_file(std::string& out, const TestReport& report, const TestedFile& file) {
  const std::string path = repository_path(file.file, report.paths);
  auto end = std::back_inserter(out);
  fmt::format_to(end, "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n", xml_attribute(path),
                 file.cases.size() + file.errors.size(), file.failed(), file.errors.size());
  for (const TestFileError& error : file.errors)
    fmt::format_to(end,
                   "    <testcase classname=\"{0}\" name=\"line {1}\" file=\"{0}\" line=\"{1}\">\n"
                   "      <error type=\"test file\" message=\"{2}\"/>\n    </testcase>\n",
                   xml_attribute(path), error.line, xml_attribute(error.message));
  for (const TestedCase& test : file.cases) {
    fmt::format_to(end, "    <testcase classname=\"{0}\" name=\"{1}\" file=\"{0}\" line=\"{2}\"", xml_attribute(path),
                   xml_attribute(test.name), test.line);
    if (test.passed()) {
      out += "/>\n";
      continue;
    }
    fmt::format_to(end, ">\n      <failure type=\"mismatch\" message=\"{}\">{}</failure>\n    </testcase>\n",
                   xml_attribute(message(test)), xml_text(whole_text(file, test)));
  }
  out += "  </testsuite>\n";
}

}  // namespace

std::string tests_junit(const TestReport& report) {
  const TestCounts counts = count_tests(report);
  const std::size_t lacks = lacks_coverage(report) ? 1 : 0;
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  auto end = std::back_inserter(out);
  fmt::format_to(end, "<testsuites name=\"wicket test\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
                 counts.tests + counts.errors + report.failures.size() + lacks, counts.failed + lacks,
                 counts.errors + report.failures.size());
  for (const TestedFile& file : report.files) append_junit_file(out, report, file);
  if (!report.failures.empty()) {
    fmt::format_to(end, "  <testsuite name=\"input\" tests=\"{0}\" failures=\"0\" errors=\"{0}\">\n",
                   report.failures.size());
    for (const UnreadFile& failure : report.failures)
      fmt::format_to(end,
                     "    <testcase classname=\"{}\" name=\"readable\">\n"
                     "      <error type=\"unreadable\" message=\"{}\"/>\n    </testcase>\n",
                     xml_attribute(repository_path(failure.file, report.paths)), xml_attribute(failure.message));
    out += "  </testsuite>\n";
  }
  if (lacks > 0) {
    fmt::format_to(end,
                   "  <testsuite name=\"coverage\" tests=\"1\" failures=\"1\" errors=\"0\">\n"
                   "    <testcase classname=\"coverage\" name=\"fail-under\">\n"
                   "      <failure type=\"coverage\" message=\"{}\">{}</failure>\n    </testcase>\n  </testsuite>\n",
                   xml_attribute(coverage_message(report)), xml_text(coverage_text(*report.coverage)));
  }
  return out + "</testsuites>\n";
}

// ---- TAP ----

std::string tests_tap(const TestReport& report) {
  std::string lines;
  auto end = std::back_inserter(lines);
  std::size_t number = 0;
  for (const UnreadFile& failure : report.failures)
    fmt::format_to(end, "not ok {} - {}\n", ++number,
                   tap_description(fmt::format("{}: cannot read: {}", repository_path(failure.file, report.paths),
                                               failure.message)));
  for (const TestedFile& file : report.files) {
    const std::string path = repository_path(file.file, report.paths);
    for (const TestFileError& error : file.errors)
      fmt::format_to(end, "not ok {} - {}\n", ++number,
                     tap_description(fmt::format("{}:{}:{}: {}", path, error.line, error.column, error.message)));
    for (const TestedCase& test : file.cases) {
      fmt::format_to(end, "{} {} - {}\n", test.passed() ? "ok" : "not ok", ++number,
                     tap_description(fmt::format("{}:{}: {}", path, test.line, test.name)));
      if (test.passed()) continue;
      fmt::format_to(end, "  ---\n  request: {}\n  mismatches:\n", yaml_quoted(test.request));
      for (const TestMismatch& mismatch : test.mismatches)
        fmt::format_to(end, "    - key: {}\n      expected: {}\n      actual: {}\n      line: {}\n",
                       yaml_quoted(mismatch.key), yaml_quoted(mismatch.expected), yaml_quoted(mismatch.actual),
                       mismatch.line);
      const auto list = [&](std::string_view key, const std::vector<std::string>& texts) {
        if (texts.empty()) return;
        fmt::format_to(end, "  {}:\n", key);
        for (const std::string& text : texts) fmt::format_to(end, "    - {}\n", yaml_quoted(text));
      };
      list("hints", test.hints);
      list("trace", test.trace);
      lines += "  ...\n";
    }
  }
  if (lacks_coverage(report))
    fmt::format_to(end, "not ok {} - {}\n", ++number, tap_description(coverage_message(report)));
  return fmt::format("TAP version 13\n1..{}\n{}", number, lines);
}

// ---- GitHub ----

std::string tests_github(const TestReport& report) {
  std::string out;
  auto end = std::back_inserter(out);
  const auto error = [&](std::string_view file, std::uint32_t line, std::string_view title, std::string_view text) {
    fmt::format_to(end, "::error file={},line={},title={}::{}\n",
                   github_escaped(repository_path(file, report.paths), true), line, github_escaped(title, true),
                   github_escaped(text, false));
  };
  for (const UnreadFile& failure : report.failures)
    error(failure.file, 1, "unreadable", fmt::format("cannot read {}: {}", failure.file, failure.message));
  for (const TestedFile& file : report.files) {
    for (const TestFileError& problem : file.errors)
      error(file.file, problem.line, "error in a test file",
            fmt::format("{}:{}:{}: {}", file.file, problem.line, problem.column, problem.message));
    for (const TestedCase& test : file.cases)
      if (!test.passed()) error(file.file, test.mismatches.front().line, test.name, whole_text(file, test));
  }
  if (lacks_coverage(report))
    fmt::format_to(end, "::error title=coverage::{}\n", github_escaped(coverage_message(report), false));
  const TestCounts counts = count_tests(report);
  fmt::format_to(end, "{}: {} failed, {} passed\n", counted(counts.tests, "test", "tests"), counts.failed,
                 counts.tests - counts.failed);
  return out;
}

// ---- Markdown ----

std::string tests_markdown(const TestReport& report, std::size_t max_rows) {
  const TestCounts counts = count_tests(report);
  std::string out = "### wicket test\n\n";
  auto end = std::back_inserter(out);
  fmt::format_to(end, "{} in {}: {} failed, {} passed", counted(counts.tests, "test", "tests"),
                 counted(report.files.size(), "file", "files"), counts.failed, counts.tests - counts.failed);
  if (counts.errors > 0) fmt::format_to(end, "; {} in test files", counted(counts.errors, "error", "errors"));
  out += "\n";
  if (!report.failures.empty() || counts.errors > 0) out += "\n";
  for (const UnreadFile& failure : report.failures)
    fmt::format_to(end, "- cannot read {}: {}\n", markdown_cell(failure.file), markdown_cell(failure.message));
  for (const TestedFile& file : report.files)
    for (const TestFileError& error : file.errors)
      fmt::format_to(end, "- {}:{}:{}: {}\n", markdown_cell(file.file), error.line, error.column,
                     markdown_cell(error.message));
  std::size_t row = 0;
  for (const TestedFile& file : report.files) {
    for (const TestedCase& test : file.cases) {
      if (test.passed() || row++ >= max_rows) continue;
      if (row == 1) out += "\n| Place | Test | Expected and actual | Hint |\n| --- | --- | --- | --- |\n";
      std::string hints;
      for (const std::string& hint : test.hints) hints += (hints.empty() ? "" : "; ") + hint;
      fmt::format_to(end, "| {}:{} | {} | {} | {} |\n", markdown_cell(repository_path(file.file, report.paths)),
                     test.line, markdown_cell(test.name), markdown_cell(message(test)), markdown_cell(hints));
    }
  }
  if (row > max_rows) fmt::format_to(end, "\nand {} more\n", row - max_rows);
  if (report.coverage) {
    fmt::format_to(end, "\nCoverage {:.1f}%{}\n", report.coverage->count().percent(),
                   lacks_coverage(report) ? fmt::format(", less than {:g}%", *report.fail_under) : "");
    out += "\n| VirtualService | Covered | Not reached |\n| --- | --- | --- |\n";
    for (const suite::ServiceCoverage& service : report.coverage->services) {
      std::string lost;
      for (const suite::CoverageUnit* unit : unreached(service))
        lost += fmt::format("{}{} (line {})", lost.empty() ? "" : ", ", unit->title, unit->line);
      fmt::format_to(end, "| {} | {:.1f}% | {} |\n", markdown_cell(service.name), count(service).percent(),
                     markdown_cell(lost));
    }
  }
  return out;
}

}  // namespace wicket::report
