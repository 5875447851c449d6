#include "report/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "replay/fidelity.h"
#include "report/decision.h"
#include "report/decision_words.h"
#include "route/decide.h"

namespace wicket::report {
namespace {

std::string titled(const rules::Rule& rule, const SourceSet& sources) {
  return fmt::format("{}{} ({})", rule_title(rule.from), rule.name.empty() ? "" : fmt::format(", \"{}\"", rule.name),
                     place(sources, rule.from.span));
}

// "200, outbound|80||web.shop.svc.cluster.local, route "web", flags NR": what the log says.
std::string recorded_text(const replay::Recorded& recorded) {
  std::string text;
  const auto add = [&text](const std::string& part) { text += text.empty() ? part : ", " + part; };
  if (!recorded.cluster.text.empty()) add(recorded.cluster.text);
  if (recorded.knows_status) add(recorded.status == 0 ? "no answer" : std::to_string(recorded.status));
  if (!recorded.flags.text.empty()) add(recorded.flags.text);
  if (!recorded.route.text.empty()) add(fmt::format("route \"{}\"", recorded.route.text));
  if (recorded.cluster.text.empty() && !recorded.details.text.empty()) add(recorded.details.text);
  if (!recorded.location.text.empty()) add(recorded.location.text);
  return text.empty() ? "nothing" : text;
}

/// A rule that would have led to what was recorded, and why it did not.
struct Fitting {
  const rules::Rule* rule = nullptr;
  std::string because;
};

Fitting fitting_rule(const replay::Recorded& recorded, const route::Decision& decision, const route::Trace& trace,
                     const route::RouteTable& table) {
  if (recorded.cluster.text.empty() && recorded.route.text.empty()) return {};  // nothing leads to a status alone
  for (const route::TriedRule& tried : trace.tried)
    if (!tried.matched && replay::fits(recorded, *tried.route->rule))
      return {tried.route->rule.get(), failure_text(tried.failed)};
  if (decision.virtual_host != nullptr)
    for (const rules::RuleRef& rule : decision.virtual_host->rules)
      if (rule.get() != decision.rule() && replay::fits(recorded, *rule))
        return {rule.get(), "it stands behind the one that takes the request"};
  for (const rules::HostTable& hosts : table.rules().tables)
    for (const rules::VirtualHost& host : hosts.hosts)
      for (const rules::RuleRef& rule : host.rules)
        if (rule.get() != decision.rule() && replay::fits(recorded, *rule))
          return {rule.get(), fmt::format("it is a rule of host {}", host.domain)};
  return {};
}

ReplayDifference difference_of(const replay::DifferenceGroup& group, const route::RouteTable& table,
                               const SourceSet& sources) {
  std::vector<route::HeaderView> lines;
  const route::RequestView request = group.first.view(lines);
  route::Trace trace;
  route::Draw draw;
  draw.route = group.first.draw;
  const route::Decision decision = route::decide(table, request, draw, &trace);
  const std::string url = replay::title(group.first);
  const DecisionReport report{
      .url = "", .request = request, .decision = decision, .table = table, .sources = sources, .trace = &trace};
  std::string line = decision_line(report);
  line.pop_back();
  ReplayDifference out{.requests = group.requests,
                       .file = group.file,
                       .line = group.first.line,
                       .request = url,
                       .is_test = group.first.expected != nullptr,
                       .recorded = group.first.expected != nullptr ? replay::words_of(*group.first.expected)
                                                                   : recorded_text(group.first.recorded),
                       .recorded_rule = {},
                       .decided = line.substr(std::string_view(" -> ").size()),
                       .decided_rule = {},
                       .difference = group.judgement.difference,
                       .because = group.judgement.explanation};
  if (const rules::Rule* rule = decision.rule()) out.decided_rule = titled(*rule, sources);
  const Fitting fitting = fitting_rule(group.first.recorded, decision, trace, table);
  if (fitting.rule != nullptr) out.recorded_rule = titled(*fitting.rule, sources);
  if (out.because.empty()) out.because = fitting.because;
  return out;
}

std::vector<ReplayDifference> differences(const std::vector<std::unique_ptr<replay::DifferenceGroup>>& groups,
                                          const route::RouteTable& table, const SourceSet& sources) {
  std::vector<const replay::DifferenceGroup*> sorted;
  for (const auto& group : groups) sorted.push_back(group.get());
  std::ranges::stable_sort(sorted, std::ranges::greater(), &replay::DifferenceGroup::requests);
  std::vector<ReplayDifference> out;
  for (const replay::DifferenceGroup* group : sorted) out.push_back(difference_of(*group, table, sources));
  return out;
}

std::string loss_words(const replay::LostGroup& lost) {
  const std::string_view host = lost.host.empty() ? std::string_view("no host") : std::string_view(lost.host);
  switch (lost.stage) {
    case route::Stage::kListener:
      return fmt::format("nothing listens on port {}", lost.port);
    case route::Stage::kFilterChain:
      return fmt::format("no filter chain on port {} takes the connection", lost.port);
    case route::Stage::kVirtualHost:
      return fmt::format("no virtual host for {} on port {}", host, lost.port);
    case route::Stage::kRoute:
      return fmt::format("no route of host {} on port {}", host, lost.port);
    case route::Stage::kCodec:
    case route::Stage::kFilter:
      break;
  }
  return fmt::format("refused by the gateway on port {}", lost.port);
}

}  // namespace

ReplayReport replay_report(const replay::Summary& summary, const route::RouteTable& table, const SourceSet& sources) {
  ReplayReport report;
  for (const replay::ReplayedFile& file : summary.files) {
    ReplayedLog log{.file = file.name,
                    .format = file.read.format,
                    .has_entries = file.read.has_entries,
                    .records = file.read.records,
                    .unread = file.read.unread,
                    .first_unread = {},
                    .failure = file.read.failure};
    for (const replay::Unread& unread : file.read.first_unread)
      log.first_unread.push_back({unread.line, unread.why, unread.text});
    report.logs.push_back(std::move(log));
  }
  report.requests = summary.requests;
  report.broken = summary.broken;
  report.elsewhere = summary.elsewhere;
  report.guessed_ports = summary.guessed_ports;
  report.agree = summary.count(replay::Verdict::kAgrees);
  report.consistent = summary.count(replay::Verdict::kConsistent);
  report.contradict = summary.count(replay::Verdict::kContradicts);
  report.untold = summary.count(replay::Verdict::kUntold);
  report.contradictions = differences(summary.contradictions, table, sources);
  report.explained = differences(summary.consistent, table, sources);
  report.further_differences = summary.further_differences;
  for (const auto& [name, requests] : summary.destinations) report.destinations.push_back({name, requests});
  std::ranges::stable_sort(report.destinations, std::ranges::greater(), &ReplayCount::requests);
  for (const auto& [status, requests] : summary.statuses)
    report.statuses.push_back({status == 0 ? "none" : std::to_string(status), requests});
  for (const auto& [rule, requests] : summary.rules) {
    const rules::Provenance& from = rule->from;
    const bool is_written = from.span.end != 0;
    report.rules.push_back({.title = rule_title(from),
                            .name = rule->name,
                            .file = is_written ? sources.name(from.span.file) : std::string(),
                            .line = is_written ? sources.position(from.span.file, from.span.begin).line : 0,
                            .requests = requests});
  }
  // Rules lie in a hash table: what is told has an order of its own.
  std::ranges::sort(report.rules, [](const ReplayedRule& a, const ReplayedRule& b) {
    return std::tie(b.requests, a.file, a.line, a.title, a.name) <
           std::tie(a.requests, b.file, b.line, b.title, b.name);
  });
  for (const replay::LostGroup& lost : summary.lost)
    report.lost.push_back({.requests = lost.requests,
                           .why = loss_words(lost),
                           .file = lost.file,
                           .line = lost.line,
                           .request = lost.first});
  std::ranges::stable_sort(report.lost, std::ranges::greater(), &ReplayLoss::requests);
  report.further_lost = summary.further_lost;
  return report;
}

namespace {

struct Told {
  std::string answer;
  std::string rule;
};

Told told(const replay::Record& record, const ReplaySide& side) {
  std::vector<route::HeaderView> lines;
  const route::RequestView request = record.view(lines);
  const route::Decision decision = route::decide(side.table, request, {});
  std::string line = decision_line({.url = "",
                                    .request = request,
                                    .decision = decision,
                                    .table = side.table,
                                    .sources = side.sources,
                                    .trace = nullptr});
  line.pop_back();
  const rules::Rule* rule = decision.rule();
  return {line.substr(std::string_view(" -> ").size()), rule != nullptr ? titled(*rule, side.sources) : std::string()};
}

}  // namespace

ReplayComparison replay_comparison(const replay::Changes& changes, const ReplaySide& before, const ReplaySide& after) {
  ReplayComparison comparison{
      .same = changes.same, .changed = changes.changed, .further = changes.further, .changes = {}};
  for (const auto& group : changes.groups) {
    Told was = told(group->first, before);
    replay::Record other = group->first;
    other.request.port = group->port_after;
    other.request.tls = group->tls_after;
    Told is = told(other, after);
    comparison.changes.push_back({.requests = group->requests,
                                  .file = group->file,
                                  .line = group->first.line,
                                  .request = replay::title(group->first),
                                  .before = std::move(was.answer),
                                  .before_rule = std::move(was.rule),
                                  .after = std::move(is.answer),
                                  .after_rule = std::move(is.rule)});
  }
  std::ranges::stable_sort(comparison.changes, std::ranges::greater(), &ReplayChange::requests);
  return comparison;
}

ReplayValidator replay_validator(const replay::Validator& validator) {
  ReplayValidator told{
      .passed = validator.passed, .failed = validator.failed, .differ = validator.differ, .otherwise = {}};
  for (const replay::ReadOtherwise& one : validator.otherwise)
    told.otherwise.push_back({.file = one.file,
                              .line = one.line,
                              .request = one.request,
                              .passes_there = one.passes_there,
                              .why = one.passes_there ? one.gateway : one.there});
  return told;
}

bool lacks_coverage(const ReplayReport& report) {
  return report.fail_under && report.coverage && report.coverage->count().percent() < *report.fail_under;
}

}  // namespace wicket::report
