#include "replay/summary.h"

#include <fmt/format.h>

#include <algorithm>

namespace wicket::replay {
namespace {

constexpr std::size_t kGroups = 200;       // of differences
constexpr std::size_t kLostGroups = 1000;  // of hosts that nothing is served for

bool is_lost(const route::Decision& decision) {
  return decision.outcome == route::Outcome::kNotFound || decision.outcome == route::Outcome::kRefused ||
         decision.outcome == route::Outcome::kReset;
}

// Where it went: as recorded where that is one of the places it may go to, else all of these.
void destination_of(const Record& record, const Answer& answer, std::string& out) {
  const route::Decision& decision = *answer.decision;
  out.clear();
  if (decision.destinations.empty()) {
    out = route::outcome_name(decision.outcome);
  } else if (decision.picked != nullptr) {
    out = decision.picked->cluster->name;
  } else if (answer.judgement->difference.empty() && !record.recorded.cluster.text.empty()) {
    out = record.recorded.cluster.text;
  } else {
    for (const rules::WeightedDestination& destination : decision.destinations)
      out.append(out.empty() ? "" : " | ").append(destination.cluster->name);
  }
}

}  // namespace

void Summary::add_undecided(const Record& record) {
  if (record.kind == RecordKind::kElsewhere) ++elsewhere;
  if (record.kind == RecordKind::kBroken) ++broken;
}

void Summary::add(const std::string& file, const Record& record, const Answer& answer) {
  const route::Decision& decision = *answer.decision;
  ++requests;
  if (answer.is_guessed_port) ++guessed_ports;
  ++verdicts[static_cast<std::size_t>(answer.judgement->verdict)];
  destination_of(record, answer, key_);
  ++destinations[key_];
  ++statuses[record.recorded.knows_status ? record.recorded.status : decision.status];
  if (const rules::Rule* rule = decision.rule()) ++rules[rule];
  if (!answer.judgement->difference.empty()) add_difference(file, record, answer);
  if (is_lost(decision)) add_lost(file, record, answer);
}

void Summary::add_difference(const std::string& file, const Record& record, const Answer& answer) {
  const route::Decision& decision = *answer.decision;
  const Judgement& judgement = *answer.judgement;
  key_.clear();
  for (const std::string_view part :
       {std::string_view(judgement.difference), std::string_view(judgement.explanation),
        std::string_view(record.recorded.cluster.text), std::string_view(record.recorded.route.text),
        std::string_view(record.recorded.flags.text)})
    key_.append(part).push_back('\0');
  if (record.expected != nullptr) key_ += words_of(*record.expected);
  key_ += fmt::format("{} {} {}", static_cast<const void*>(decision.rule()),
                      static_cast<const void*>(decision.virtual_host),
                      record.recorded.cluster.text.empty() ? record.recorded.status : 0);
  const auto found = groups_.find(key_);
  if (found != groups_.end()) {
    ++found->second->requests;
    return;
  }
  auto& groups = judgement.verdict == Verdict::kContradicts ? contradictions : consistent;
  if (groups.size() >= kGroups) {
    ++further_differences;
    return;
  }
  auto group = std::make_unique<DifferenceGroup>();
  group->requests = 1;
  group->file = file;
  group->first = record;
  group->first.request.port = answer.port;
  group->first.request.tls = answer.tls;
  group->first.telling = nullptr;  // the reader's, which is gone by then
  group->judgement = judgement;
  group->decision = decision;
  groups_.emplace(key_, group.get());
  groups.push_back(std::move(group));
}

void Summary::add_lost(const std::string& file, const Record& record, const Answer& answer) {
  const route::Decision& decision = *answer.decision;
  key_ = fmt::format("{} {} {}", static_cast<int>(decision.stage), answer.port,
                     decision.virtual_host != nullptr ? decision.virtual_host->domain : record.request.authority);
  const auto [found, is_new] = lost_by_key_.try_emplace(key_, lost.size());
  if (!is_new) {
    ++lost[found->second].requests;
    return;
  }
  if (lost.size() >= kLostGroups) {
    lost_by_key_.erase(found);
    ++further_lost;
    return;
  }
  Record asked = record;
  asked.request.port = answer.port;
  asked.request.tls = answer.tls;
  lost.push_back({.requests = 1,
                  .file = file,
                  .line = record.line,
                  .host = decision.virtual_host != nullptr ? decision.virtual_host->domain : record.request.authority,
                  .port = answer.port,
                  .stage = decision.stage,
                  .first = title(asked)});
}

}  // namespace wicket::replay
