// The machine format, version 1: keys are only ever added.
#include <nlohmann/json.hpp>

#include "report/coverage_json.h"
#include "report/replay.h"

namespace wicket::report {
namespace {

using Json = nlohmann::ordered_json;

Json log_json(const ReplayedLog& log) {
  Json json = {{"file", log.file}, {"format", log.format}, {"records", log.records}, {"unread", log.unread}};
  if (!log.failure.empty()) json["failure"] = log.failure;
  Json& first = json["firstUnread"] = Json::array();
  for (const ReplayedUnread& unread : log.first_unread)
    first.push_back({{"line", unread.line}, {"why", unread.why}, {"text", unread.text}});
  return json;
}

Json difference_json(const ReplayDifference& one) {
  Json json = {{"requests", one.requests},
               {"file", one.file},
               {"line", one.line},
               {"request", one.request},
               {"difference", one.difference}};
  json["recorded"] = {{"text", one.recorded}};
  if (!one.recorded_rule.empty()) json["recorded"]["rule"] = one.recorded_rule;
  json["decided"] = {{"text", one.decided}};
  if (!one.decided_rule.empty()) json["decided"]["rule"] = one.decided_rule;
  if (!one.because.empty()) json["because"] = one.because;
  return json;
}

Json counts_json(const std::vector<ReplayCount>& counts, const char* key) {
  Json json = Json::array();
  for (const ReplayCount& count : counts) json.push_back({{key, count.name}, {"requests", count.requests}});
  return json;
}

template <class Items, class Make>
Json list_json(const Items& items, Make make) {
  Json json = Json::array();
  for (const auto& item : items) json.push_back(make(item));
  return json;
}

Json rule_json(const ReplayedRule& rule) {
  Json json = {{"title", rule.title}};
  if (!rule.name.empty()) json["name"] = rule.name;
  if (!rule.file.empty()) {
    json["file"] = rule.file;
    json["line"] = rule.line;
  }
  json["requests"] = rule.requests;
  return json;
}

Json loss_json(const ReplayLoss& lost) {
  return {{"requests", lost.requests},
          {"why", lost.why},
          {"file", lost.file},
          {"line", lost.line},
          {"request", lost.request}};
}

Json change_json(const ReplayChange& one) {
  const auto side = [](const std::string& answer, const std::string& rule) {
    Json json = {{"text", answer}};
    if (!rule.empty()) json["rule"] = rule;
    return json;
  };
  return {{"requests", one.requests},
          {"file", one.file},
          {"line", one.line},
          {"request", one.request},
          {"before", side(one.before, one.before_rule)},
          {"after", side(one.after, one.after_rule)}};
}

Json otherwise_json(const ReplayOtherwise& one) {
  return {{"file", one.file},
          {"line", one.line},
          {"request", one.request},
          {"passesThere", one.passes_there},
          {"why", one.why}};
}

}  // namespace

std::string replay_json(const ReplayReport& report) {
  Json json = {{"schemaVersion", 1}};
  json["tool"] = {{"name", "wicket"}, {"version", report.tool_version}};
  json["summary"] = {{"requests", report.requests},     {"agrees", report.agree},
                     {"consistent", report.consistent}, {"contradicts", report.contradict},
                     {"untold", report.untold},         {"broken", report.broken},
                     {"elsewhere", report.elsewhere},   {"guessedPorts", report.guessed_ports}};
  json["logs"] = list_json(report.logs, log_json);
  json["contradictions"] = list_json(report.contradictions, difference_json);
  json["consistent"] = list_json(report.explained, difference_json);
  json["furtherDifferences"] = report.further_differences;
  json["destinations"] = counts_json(report.destinations, "destination");
  json["statuses"] = counts_json(report.statuses, "status");
  json["routes"] = list_json(report.rules, rule_json);
  json["lost"] = list_json(report.lost, loss_json);
  json["furtherLost"] = report.further_lost;
  if (report.validator)
    json["validator"] = {{"passed", report.validator->passed},
                         {"failed", report.validator->failed},
                         {"differ", report.validator->differ},
                         {"otherwise", list_json(report.validator->otherwise, otherwise_json)}};
  if (report.comparison)
    json["comparison"] = {{"same", report.comparison->same},
                          {"changed", report.comparison->changed},
                          {"furtherChanges", report.comparison->further},
                          {"changes", list_json(report.comparison->changes, change_json)}};
  if (report.coverage) json["coverage"] = coverage_json<Json>(*report.coverage, report.fail_under);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wicket::report
