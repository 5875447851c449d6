// Why a test failed, for somebody who did not write the routes: what decided, what was tried before it, and, where a
// destination or a route was expected, which routes lead there and what keeps the request from them.

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/edit_distance.h"
#include "report/decision_words.h"
#include "report/tests.h"
#include "route/decide.h"
#include "rules/rule_set.h"

namespace wicket::report {
namespace {

using suite::Subject;

constexpr std::size_t kMaxTried = 5;   // rules before the one that won
constexpr std::size_t kMaxRoutes = 3;  // routes that lead where it was expected

/// A case, decided with a trace.
struct Explained {
  const suite::CaseResult& result;
  const DecisionReport& report;
  const route::Trace& trace;
};

std::string rule_place(const rules::Provenance& from, const SourceSet& sources) {
  return fmt::format("{} ({})", rule_title(from), place(sources, from.span));
}

/// What a test wants a route to be: where it leads, or its name.
struct Wanted {
  const suite::Check* check = nullptr;

  [[nodiscard]] std::string text() const {
    if (check->subject != Subject::kRouteName) return "leads to " + check->destinations.front().text;
    return fmt::format("has the name \"{}\"", check->want.text);
  }
  [[nodiscard]] bool is(const rules::Rule& rule) const {
    if (check->subject == Subject::kRouteName) return rule.name == check->want.text;
    const auto* forward = std::get_if<rules::Forward>(&rule.action);
    return forward != nullptr && std::ranges::any_of(forward->destinations, [this](const auto& destination) {
             return suite::is_wanted(check->destinations.front(), *destination.cluster);
           });
  }
};

std::optional<Wanted> wanted(const suite::Verdict& verdict) {
  for (const suite::Mismatch& mismatch : verdict.mismatches) {
    const suite::Check& check = *mismatch.check;
    if (check.negated) continue;
    if (check.subject == Subject::kDestination) return Wanted{&check};
    if (check.subject == Subject::kRouteName && check.want.kind == suite::TextTest::Kind::kExact) return Wanted{&check};
  }
  return std::nullopt;
}

// ---- where the expected destination is ----

/// Routes of the virtual host that the request got to.
void add_routes_here(const Explained& e, const Wanted& want, std::vector<std::string>& hints) {
  const route::Decision& decision = e.report.decision;
  std::size_t index = 0;
  for (const rules::RuleRef& rule : decision.virtual_host->rules) {
    const std::size_t position = index++;
    if (!want.is(*rule) || hints.size() >= kMaxRoutes) continue;
    const std::string title = rule_place(rule->from, e.report.sources);
    if (rule.get() == decision.rule()) {
      if (decision.destinations.size() < 2) continue;
      hints.push_back(
          fmt::format("{} {} for a part of the requests only: expect weights, or pin one destination with draw", title,
                      want.text()));
    } else if (position < e.trace.tried.size() && !e.trace.tried[position].matched) {
      const route::FailedPredicate& failed = e.trace.tried[position].failed;
      hints.push_back(fmt::format("{} {}, but {} ({})", title, want.text(), failure_text(failed),
                                  place(e.report.sources, failed.wanted->span)));
    } else if (decision.rule() != nullptr) {
      hints.push_back(fmt::format("{} {}, but stands behind {}, which takes the request first", title, want.text(),
                                  rule_place(decision.rule()->from, e.report.sources)));
    }
  }
}

/// Routes of other hosts.
void add_routes_elsewhere(const Explained& e, const Wanted& want, std::vector<std::string>& hints) {
  std::set<std::string> told;
  for (const rules::HostTable& table : e.report.table.rules().tables) {
    for (const rules::VirtualHost& host : table.hosts) {
      for (const rules::RuleRef& rule : host.rules) {
        if (!want.is(*rule) || !told.insert(host.domain).second) continue;
        hints.push_back(
            fmt::format("{} {}, for host {}", rule_place(rule->from, e.report.sources), want.text(), host.domain));
        if (told.size() >= kMaxRoutes) return;
      }
    }
  }
}

/// One of `names` that differs from those asked for in its namespace alone; empty: none.
std::string_view in_another_namespace(const std::vector<std::string>& asked,
                                      const std::vector<std::string_view>& names) {
  const auto service = [](std::string_view name) { return name.substr(0, name.find('.')); };
  for (const std::string& name : asked)
    if (const auto found = std::ranges::find(names, service(name), service); found != names.end()) return *found;
  return {};
}

/// Names that there are, for one that there is not.
void add_nearest_name(const Explained& e, const Wanted& want, std::vector<std::string>& hints) {
  std::set<std::string> names;
  const bool is_route = want.check->subject == Subject::kRouteName;
  for (const rules::HostTable& table : e.report.table.rules().tables)
    for (const rules::VirtualHost& host : table.hosts)
      for (const rules::RuleRef& rule : host.rules) {
        if (is_route) {
          if (!rule->name.empty()) names.insert(rule->name);
        } else if (const auto* forward = std::get_if<rules::Forward>(&rule->action)) {
          for (const rules::WeightedDestination& destination : forward->destinations)
            names.insert(destination.cluster->host);
        }
      }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::vector<std::string> asked =
      is_route ? std::vector<std::string>{want.check->want.text} : want.check->destinations.front().hosts;
  std::string near;
  for (const std::string& name : asked)
    if (const std::optional<std::string_view> found = nearest(name, views)) near = *found;
  const std::string_view namesake = is_route ? std::string_view() : in_another_namespace(asked, views);
  if (!namesake.empty() && std::ranges::find(asked, near) == asked.end()) {
    hints.push_back(
        fmt::format("no route of the manifests {}; did you mean {}, in another namespace?", want.text(), namesake));
  } else if (near.empty()) {
    hints.push_back(fmt::format("no route of the manifests {}", want.text()));
  } else if (std::ranges::find(asked, near) != asked.end()) {
    hints.push_back(fmt::format("no route of the manifests {}; there are routes to {}, with another port or subset",
                                want.text(), near));
  } else {
    hints.push_back(fmt::format("no route of the manifests {}; did you mean {}?", want.text(), near));
  }
}

std::vector<std::string> hints(const Explained& e) {
  std::vector<std::string> hints;
  const std::optional<Wanted> want = wanted(e.result.verdict);
  if (!want) return hints;
  const route::Decision& decision = e.report.decision;
  if (decision.virtual_host != nullptr) add_routes_here(e, *want, hints);
  if (hints.empty() && (decision.rule() == nullptr || !want->is(*decision.rule()))) {
    add_routes_elsewhere(e, *want, hints);
    if (hints.empty()) add_nearest_name(e, *want, hints);
  }
  return hints;
}

// ---- the trace ----

/// The rules that came nearest, in the order in which they were tried: those whose path fits first of all.
std::vector<const route::TriedRule*> nearest_tried(const route::Trace& trace) {
  std::vector<const route::TriedRule*> tried;
  for (const bool path_fits : {true, false})
    for (const route::TriedRule& rule : trace.tried)
      if (!rule.matched && (rule.failed.field != route::Field::kPath) == path_fits && tried.size() < kMaxTried)
        tried.push_back(&rule);
  std::ranges::sort(tried);
  return tried;
}

std::vector<std::string> trace_lines(const Explained& e) {
  std::vector<std::string> lines;
  const std::vector<const route::TriedRule*> tried = nearest_tried(e.trace);
  for (const route::TriedRule* rule : tried)
    lines.push_back(fmt::format("  passed by   {}: {}", rule_place(rule->route->rule->from, e.report.sources),
                                failure_text(rule->failed)));
  const auto failed = std::ranges::count_if(e.trace.tried, [](const route::TriedRule& rule) { return !rule.matched; });
  if (static_cast<std::size_t>(failed) > tried.size())
    lines.push_back(fmt::format("              and {} more", static_cast<std::size_t>(failed) - tried.size()));
  // What `wicket route` says of the request.
  const std::string text = decision_text(e.report);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

TestMismatch told(const suite::Mismatch& mismatch, const SourceSet& sources) {
  const Span& span = mismatch.check->span;
  const Position at = sources.position(span.file, span.begin);
  return {.key = mismatch.check->key,
          .expected = mismatch.expected,
          .actual = mismatch.actual,
          .line = at.line,
          .column = at.column,
          .source = std::string(sources.line(span.file, span.begin).text)};
}

}  // namespace

TestedCase tested_case(const suite::CaseResult& result, const suite::Suite& suite, const route::RouteTable& table,
                       const SourceSet& manifests) {
  const suite::Case& test = *result.test;
  TestedCase tested{.name = test.name,
                    .line = suite.sources.position(test.span.file, test.span.begin).line,
                    .request = fmt::format("{} {}", test.request.method, test.url),
                    .mismatches = {},
                    .hints = {},
                    .trace = {}};
  if (result.verdict.passed()) return tested;
  for (const suite::Mismatch& mismatch : result.verdict.mismatches)
    tested.mismatches.push_back(told(mismatch, suite.sources));

  std::vector<route::HeaderView> lines;
  const route::RequestView request = suite::view(test, lines);
  route::Trace trace;
  const route::Decision decision = route::decide(table, request, test.draw, &trace);
  const DecisionReport report{.url = test.url,
                              .request = request,
                              .decision = decision,
                              .table = table,
                              .sources = manifests,
                              .trace = decision.rule() == nullptr ? &trace : nullptr};
  const Explained explained{.result = result, .report = report, .trace = trace};
  tested.hints = hints(explained);
  tested.trace = trace_lines(explained);
  return tested;
}

std::vector<TestFileError> file_errors(const suite::Suite& suite) {
  std::vector<const suite::SuiteError*> ordered;
  for (const suite::SuiteError& error : suite.errors) ordered.push_back(&error);
  std::ranges::stable_sort(ordered, {}, [](const auto* error) { return error->span.begin; });
  std::vector<TestFileError> errors;
  for (const suite::SuiteError* error : ordered) {
    const Position at = suite.sources.position(error->span.file, error->span.begin);
    errors.push_back({.line = at.line,
                      .column = at.column,
                      .message = error->message,
                      .source = std::string(suite.sources.line(error->span.file, error->span.begin).text)});
  }
  return errors;
}

}  // namespace wicket::report
