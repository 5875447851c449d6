// What holds for every check, walked over the registry.
#include "check/registry.h"

#include <algorithm>
#include <set>
#include <string>

#include "support/catch.h"
#include "support/golden.h"
#include "support/lint.h"

namespace wicket::check {
namespace {

template <class Action>
void for_each_rule(Action action) {
  for (const Family* family : families())
    for (const RuleInfo& rule : family->rules) {
      INFO(rule.id);
      action(*family, rule);
    }
}

Selection with(const RuleInfo& rule) {
  return *Selection::from({.select = {}, .extend_select = {std::string(rule.id)}, .ignore = {}});
}

/// A failing example that is too long to print holds `<N bytes>` where N bytes stand.
std::string spelled_out(std::string_view example) {
  const std::size_t at = example.find(" bytes>");
  if (at == std::string_view::npos) return std::string(example);
  const std::size_t start = example.rfind('<', at);
  const std::size_t size = std::stoul(std::string(example.substr(start + 1, at - start - 1)));
  return std::string(example.substr(0, start)) + std::string(size, 'x') + std::string(example.substr(at + 7));
}

/// Whether a finding of the second rule comes with each one of the first: the value is wrong in a field that is
/// deprecated as such, or unsafe as such; or a Gateway serves no host, and so not that
/// one; or a host is served twice, in two ways.
bool comes_with(std::string_view rule, std::string_view other) {
  return (rule == "WK347" && other == "WK348") || (rule == "WK223" && other == "WK703") ||
         (rule == "WK621" && other == "WK714") || (rule == "WK404" && other == "WK432") ||
         (rule == "WK717" && other == "WK417") || ((rule == "WK511" || rule == "WK512") && other == "WK427");
}

TEST_CASE("ids are unique, sorted and in the hundred of their family") {
  std::string last;
  for_each_rule([&](const Family& family, const RuleInfo& rule) {
    CHECK(rule.id.size() == 5);
    CHECK(rule.id.starts_with(family.prefix));
    CHECK(std::string(rule.id) > last);
    last = rule.id;
  });
}

TEST_CASE("names are unique, in kebab-case and of at most four words") {
  std::set<std::string_view> names;
  for_each_rule([&](const Family&, const RuleInfo& rule) {
    CHECK(names.insert(rule.name).second);
    CHECK(std::ranges::all_of(rule.name,
                              [](char c) { return (c >= 'a' && c <= 'z') || c == '-' || (c >= '0' && c <= '9'); }));
    CHECK(std::ranges::count(rule.name, '-') <= 3);
  });
}

TEST_CASE("every check says what, why and after whom") {
  for_each_rule([](const Family&, const RuleInfo& rule) {
    CHECK_FALSE(rule.summary.empty());
    CHECK_FALSE(rule.why.empty());
    CHECK_FALSE(rule.source.empty());
    CHECK(rule.summary.size() <= 80);
  });
}

TEST_CASE("the failing example of a check trips it and nothing else") {
  for_each_rule([](const Family&, const RuleInfo& rule) {
    const test::Linted linted = test::lint_example(spelled_out(rule.bad), with(rule));
    INFO(linted.text());
    CHECK_FALSE(linted.result.diagnostics.empty());
    const std::string_view speaker = rule.covered_by.empty() ? rule.id : rule.covered_by;
    bool spoke = false;
    for (const Diagnostic& finding : linted.result.diagnostics) {
      spoke = spoke || finding.rule->id == speaker;
      CHECK((finding.rule->id == speaker || comes_with(rule.id, finding.rule->id)));
    }
    CHECK(spoke);
  });
}

TEST_CASE("a check that another one covers speaks where that one is left out") {
  for_each_rule([](const Family&, const RuleInfo& rule) {
    if (rule.covered_by.empty()) return;
    REQUIRE(find_rule(rule.covered_by) != nullptr);
    CHECK(find_rule(rule.covered_by)->covered_by.empty());
    const Selection selection =
        *Selection::from({.select = {}, .extend_select = {}, .ignore = {std::string(rule.covered_by)}});
    const test::Linted linted = test::lint_text(std::string(rule.bad), selection);
    INFO(linted.text());
    CHECK_FALSE(linted.result.diagnostics.empty());
    for (const Diagnostic& finding : linted.result.diagnostics) CHECK(finding.rule->id == rule.id);
  });
}

TEST_CASE("the repaired example of a check is silent") {
  for_each_rule([](const Family&, const RuleInfo& rule) {
    const test::Linted linted = test::lint_example(rule.good, with(rule));
    INFO(linted.text());
    CHECK(linted.result.diagnostics.empty());
  });
}

TEST_CASE("every check has a golden case") {
  const auto files = test::list_source_folder("testdata/lint/err", ".yaml");
  for_each_rule([&](const Family&, const RuleInfo& rule) {
    const bool is_too_long = rule.bad.find(" bytes>") != std::string_view::npos;
    CHECK((is_too_long ||
           std::ranges::any_of(files, [&](const std::string& file) { return file.starts_with(rule.id); })));
  });
}

TEST_CASE("every check is on the page of the manual") {
  const std::string page = test::read_source_file("man/wicket-rules.7");
  for_each_rule([&](const Family&, const RuleInfo& rule) { CHECK(page.find(rule.id) != std::string::npos); });
}

TEST_CASE("a check is found by id in any letter case, and by name") {
  for_each_rule([](const Family&, const RuleInfo& rule) {
    CHECK(find_rule(rule.id) == &rule);
    CHECK(find_rule(rule.name) == &rule);
    std::string lower(rule.id);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    CHECK(find_rule(lower) == &rule);
  });
  CHECK(find_rule("WK000") == nullptr);
}

}  // namespace
}  // namespace wicket::check
