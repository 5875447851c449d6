#include "replay/changes.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace wicket::replay {
namespace {

constexpr std::size_t kGroups = 200;

std::string_view without_query(std::string_view url) { return url.substr(0, url.find('?')); }

// Where the rule stands that decided, so that two rules that change alike are told apart.
void add_rule(const route::Decision& decision, std::string& key) {
  if (const rules::Rule* rule = decision.rule())
    fmt::format_to(std::back_inserter(key), "{} {} {}", rule->from.virtual_service, rule->from.index, rule->from.match);
  key.push_back('\0');
}

}  // namespace

std::string signature(const route::Decision& decision) {
  std::string text =
      fmt::format("{} {} {} ", static_cast<int>(decision.outcome), decision.status, decision.grpc_status.value_or(0));
  for (const rules::WeightedDestination& destination : decision.destinations)
    fmt::format_to(std::back_inserter(text), "{}*{} ", destination.cluster->name, destination.weight);
  text.append(without_query(decision.location)).push_back('\0');
  if (decision.is_rewritten && decision.target) text.append(without_query(*decision.target));
  text.push_back('\0');
  if (decision.authority) text.append(*decision.authority);
  text.push_back('\0');
  text.append(decision.body);
  return text;
}

void Changes::add(const std::string& file, const Record& record, const AnswerSide& before, const AnswerSide& after) {
  if (before.signature == after.signature) {
    ++same;
    return;
  }
  ++changed;
  key_.assign(before.signature).push_back('\0');
  key_.append(after.signature).push_back('\0');
  // What is made of the path differs with every path: the rules are the same.
  if (before.answer.decision->rule() != nullptr && after.answer.decision->rule() != nullptr) key_.clear();
  add_rule(*before.answer.decision, key_);
  add_rule(*after.answer.decision, key_);
  if (const auto found = by_key_.find(key_); found != by_key_.end()) {
    ++found->second->requests;
    return;
  }
  if (groups.size() >= kGroups) {
    ++further;
    return;
  }
  auto group = std::make_unique<ChangeGroup>();
  group->requests = 1;
  group->file = file;
  group->first = record;
  group->first.request.port = before.answer.port;
  group->first.request.tls = before.answer.tls;
  group->first.telling = nullptr;  // the reader's, which is gone by then
  group->port_after = after.answer.port;
  group->tls_after = after.answer.tls;
  by_key_.emplace(key_, group.get());
  groups.push_back(std::move(group));
}

}  // namespace wicket::replay
