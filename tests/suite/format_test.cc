// Reader, schema and manual know the same keys.
#include "suite/format.h"

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

#include "suite/read.h"
#include "support/catch.h"
#include "support/golden.h"

namespace wicket::suite {
namespace {

using Keys = std::set<std::string>;

Keys documented(std::string_view section) {
  Keys keys;
  for (const FormatSection& each : format_sections())
    if (each.name == section)
      for (const FormatKey& key : each.keys) keys.emplace(key.key);
  return keys;
}

// What the reader says it takes, when it is given what it does not take.
Keys read_keys(const std::string& yaml, std::string_view section) {
  const Suite suite = read_suite("x_test.yaml", yaml);
  const std::string begin = "unknown key \"qqqqqqqqqqqq\" in " + std::string(section) + "; it takes ";
  for (const SuiteError& error : suite.errors) {
    if (!error.message.starts_with(begin)) continue;
    Keys keys;
    std::string rest = error.message.substr(begin.size());
    for (std::size_t at = 0; at < rest.size();) {
      const std::size_t end = std::min(rest.find(", ", at), rest.size());
      keys.insert(rest.substr(at, end - at));
      at = end + 2;
    }
    return keys;
  }
  return {};
}

Keys schema_keys(const nlohmann::json& object) {
  Keys keys;
  for (const auto& [key, value] : object["properties"].items()) keys.insert(key);
  return keys;
}

TEST_CASE("reader, schema and manual know the same keys") {
  const nlohmann::json schema = nlohmann::json::parse(test::read_source_file("schemas/test.schema.json"));
  const auto in_expect = [](std::string_view inner) {
    return "tests: [{request: a.io, expect: " + std::string(inner) + "}]\n";
  };
  struct Case {
    std::string_view section;
    std::string yaml;
    std::string_view definition;  // empty: the schema itself
  };
  const Case kCases[] = {
      {"a test file", "qqqqqqqqqqqq: 1\n", ""},
      {"a test", "tests: [{qqqqqqqqqqqq: 1}]\n", "test"},
      {"request", "tests: [{request: {qqqqqqqqqqqq: 1}, expect: no-route}]\n", "request-parts"},
      {"draw", "tests: [{request: a.io, draw: {qqqqqqqqqqqq: 1}, expect: no-route}]\n", "draws"},
      {"expect", in_expect("{qqqqqqqqqqqq: 1}"), "expectations"},
      {"location", in_expect("{location: {qqqqqqqqqqqq: 1}}"), "tested-text"},
      {"redirect", in_expect("{redirect: {qqqqqqqqqqqq: 1}}"), "redirect-parts"},
      {"direct-response", in_expect("{direct-response: {qqqqqqqqqqqq: 1}}"), "direct-response-parts"},
      {"response-edits", in_expect("{response-edits: {qqqqqqqqqqqq: 1}}"), "response-edits"},
      {"retries", in_expect("{retries: {qqqqqqqqqqqq: 1}}"), "retries"},
      {"fault", in_expect("{fault: {qqqqqqqqqqqq: 1}}"), "fault"},
      {"fault.delay", in_expect("{fault: {delay: {qqqqqqqqqqqq: 1}}}"), "delay"},
      {"fault.abort", in_expect("{fault: {abort: {qqqqqqqqqqqq: 1}}}"), "abort"},
  };
  CHECK(std::size(kCases) == format_sections().size());
  for (const Case& c : kCases) {
    INFO(c.section);
    const Keys keys = documented(c.section);
    CHECK_FALSE(keys.empty());
    CHECK(read_keys(c.yaml, c.section) == keys);
    CHECK(schema_keys(c.definition.empty() ? schema : schema["$defs"][std::string(c.definition)]) == keys);
  }
}

TEST_CASE("every row says what it is for") {
  for (const FormatSection& section : format_sections())
    for (const FormatKey& key : section.keys) {
      INFO(key.key);
      CHECK_FALSE(key.form.empty());
      CHECK_FALSE(key.help.empty());
      CHECK_FALSE(key.help.ends_with('.'));
    }
}

}  // namespace
}  // namespace wicket::suite
