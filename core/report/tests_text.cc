#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "report/finding_parts.h"
#include "report/tests.h"

namespace wicket::report {
namespace {

struct Paint {
  bool on = false;

  [[nodiscard]] std::string bold(std::string_view text) const { return wrap("1", text); }
  [[nodiscard]] std::string faint(std::string_view text) const { return wrap("2", text); }
  [[nodiscard]] std::string red(std::string_view text) const { return wrap("1;31", text); }
  [[nodiscard]] std::string green(std::string_view text) const { return wrap("32", text); }

 private:
  [[nodiscard]] std::string wrap(std::string_view code, std::string_view text) const {
    return on ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
};

void append_source(std::string& out, std::uint32_t line, std::string_view source, const Paint& paint) {
  if (source.empty()) return;
  fmt::format_to(std::back_inserter(out), "  {:>5} {} {}\n", line, paint.faint("|"), printable(valid_utf8(source)));
}

void append_failure(std::string& out, const TestedFile& file, const TestedCase& test, const Paint& paint) {
  auto end = std::back_inserter(out);
  fmt::format_to(end, "{}: {}: {}\n  {}\n", paint.bold(fmt::format("{}:{}", file.file, test.line)), paint.red("FAIL"),
                 paint.bold(test.name), test.request);
  std::uint32_t shown = 0;
  for (const TestMismatch& mismatch : test.mismatches) {
    if (mismatch.line != shown) append_source(out, mismatch.line, mismatch.source, paint);
    shown = mismatch.line;
    fmt::format_to(end, "  {}\n    expected  {}\n    actual    {}\n", mismatch.key, mismatch.expected, mismatch.actual);
  }
  for (const std::string& hint : test.hints) fmt::format_to(end, "  hint: {}\n", hint);
  for (const std::string& line : test.trace) fmt::format_to(end, "  {}\n", line);
}

std::string summary(const TestReport& report, const Paint& paint) {
  const TestCounts counts = count_tests(report);
  std::string text =
      fmt::format("{} in {}: ", counted(counts.tests, "test", "tests"), counted(report.files.size(), "file", "files"));
  if (counts.failed > 0) text += paint.red(fmt::format("{} failed", counts.failed)) + ", ";
  text += paint.green(fmt::format("{} passed", counts.tests - counts.failed));
  if (counts.errors > 0) text += "; " + paint.red(counted(counts.errors, "error", "errors") + " in test files");
  return text + "\n";
}

}  // namespace

std::size_t TestedFile::failed() const {
  return static_cast<std::size_t>(std::ranges::count_if(cases, [](const TestedCase& test) { return !test.passed(); }));
}

TestCounts count_tests(const TestReport& report) {
  TestCounts counts;
  for (const TestedFile& file : report.files) {
    counts.tests += file.cases.size();
    counts.failed += file.failed();
    counts.errors += file.errors.size();
  }
  return counts;
}

bool lacks_coverage(const TestReport& report) {
  return report.fail_under && report.coverage && report.coverage->count().percent() < *report.fail_under;
}

std::string tests_text(const TestReport& report, const TestTextStyle& style) {
  const Paint paint{.on = style.color};
  std::string out;
  auto end = std::back_inserter(out);
  for (const TestedFile& file : report.files) {
    for (const TestFileError& error : file.errors) {
      fmt::format_to(end, "{}: {}: {}\n", paint.bold(fmt::format("{}:{}:{}", file.file, error.line, error.column)),
                     paint.red("error"), error.message);
      append_source(out, error.line, error.source, paint);
    }
    for (const TestedCase& test : file.cases) {
      if (!test.passed()) {
        append_failure(out, file, test, paint);
      } else if (style.passed) {
        fmt::format_to(end, "{}:{}: {}: {}\n", file.file, test.line, paint.green("ok"), test.name);
      }
    }
  }
  if (report.coverage) out += coverage_text(*report.coverage);
  if (lacks_coverage(report))
    fmt::format_to(end, "{}: {:.1f}% is less than the {:g}% of --fail-under\n", paint.red("coverage"),
                   report.coverage->count().percent(), *report.fail_under);
  if (style.summary) out += summary(report, paint);
  return out;
}

}  // namespace wicket::report
