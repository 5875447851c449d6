// The machine format, version 1: keys are only ever added.
#include <nlohmann/json.hpp>

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

Json count_json(const suite::CoverageCount& count) {
  return {{"reached", count.reached}, {"total", count.total}, {"percent", count.percent()}};
}

std::string_view kind_word(suite::UnitKind kind) {
  switch (kind) {
    case suite::UnitKind::kHost:
      return "host";
    case suite::UnitKind::kRoute:
      return "route";
    case suite::UnitKind::kMatch:
      return "match";
    case suite::UnitKind::kDestination:
      return "destination";
  }
  return "";
}

Json coverage_json(const TestReport& report) {
  const suite::CoverageReport& coverage = *report.coverage;
  Json json = count_json(coverage.count());
  if (report.fail_under) json["failUnder"] = *report.fail_under;
  json["routes"] = count_json(coverage.count(suite::UnitKind::kRoute));
  json["matches"] = count_json(coverage.count(suite::UnitKind::kMatch));
  json["destinations"] = count_json(coverage.count(suite::UnitKind::kDestination));
  json["hosts"] = count_json(coverage.count(suite::UnitKind::kHost));
  Json& services = json["virtualServices"] = Json::array();
  for (const suite::ServiceCoverage& service : coverage.services) {
    Json one = {{"name", service.name}, {"file", service.file}, {"line", service.line}};
    one.update(count_json(count(service)));
    Json& units = one["units"] = Json::array();
    for (const suite::CoverageUnit& unit : service.units) {
      Json item = {{"kind", kind_word(unit.kind)}, {"title", unit.title}};
      if (!unit.name.empty()) item["name"] = unit.name;
      item["file"] = unit.file;
      item["line"] = unit.line;
      item["hits"] = unit.hits;
      units.push_back(std::move(item));
    }
    services.push_back(std::move(one));
  }
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
  if (report.coverage) json["coverage"] = coverage_json(report);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wicket::report
