// The machine format, version 1: keys are only ever added.
#include <nlohmann/json.hpp>

#include "report/coverage_json.h"
#include "report/tests.h"

namespace wicket::report {
namespace {

using Json = nlohmann::ordered_json;

Json case_json(const TestedCase& test) {
  Json json = {{"name", test.name},
               {"line", test.line},
               {"request", test.request},
               {"status", test.passed() ? "passed" : "failed"}};
  if (test.passed()) return json;
  Json& mismatches = json["mismatches"] = Json::array();
  for (const TestMismatch& mismatch : test.mismatches)
    mismatches.push_back({{"key", mismatch.key},
                          {"expected", mismatch.expected},
                          {"actual", mismatch.actual},
                          {"line", mismatch.line},
                          {"column", mismatch.column}});
  json["hints"] = test.hints;
  json["trace"] = test.trace;
  return json;
}

}  // namespace

std::string tests_json(const TestReport& report) {
  const TestCounts counts = count_tests(report);
  Json json = {{"schemaVersion", 1}};
  json["tool"] = {{"name", "wicket"}, {"version", report.tool_version}};
  json["summary"] = {{"files", report.files.size()},
                     {"tests", counts.tests},
                     {"passed", counts.tests - counts.failed},
                     {"failed", counts.failed},
                     {"errors", counts.errors}};
  Json& failures = json["failures"] = Json::array();
  for (const UnreadFile& failure : report.failures)
    failures.push_back({{"file", failure.file}, {"message", failure.message}});
  Json& files = json["files"] = Json::array();
  for (const TestedFile& file : report.files) {
    Json one = {{"file", file.file}};
    Json& errors = one["errors"] = Json::array();
    for (const TestFileError& error : file.errors)
      errors.push_back({{"line", error.line}, {"column", error.column}, {"message", error.message}});
    Json& tests = one["tests"] = Json::array();
    for (const TestedCase& test : file.cases) tests.push_back(case_json(test));
    files.push_back(std::move(one));
  }
  if (report.coverage) json["coverage"] = coverage_json<Json>(*report.coverage, report.fail_under);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wicket::report
