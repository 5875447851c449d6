#include "check/selection.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/edit_distance.h"
#include "check/registry.h"

namespace wicket::check {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

bool has_alias(const RuleInfo& rule, std::string_view code) {
  const auto aliases = aliases_of(rule);
  return std::ranges::find(aliases, code) != aliases.end();
}

tl::unexpected<Error> unknown(std::string_view entry) {
  std::vector<std::string_view> words;
  for (const Family* family : families()) {
    for (const RuleInfo& rule : family->rules) {
      words.push_back(rule.id);
      words.push_back(rule.name);
    }
  }
  std::string message = fmt::format("no check is called \"{}\"", entry);
  if (const auto suggestion = nearest(entry, words)) message += fmt::format("; did you mean {}?", *suggestion);
  return failure(ErrorCode::kInvalid, message + " (`wicket rules` lists them)");
}

}  // namespace

Selection::Selection() {
  for (const Family* family : families())
    for (const RuleInfo& rule : family->rules) on_[rule_number(rule.id)] = rule.on_by_default;
  settle();
}

void Selection::settle() {
  for (const Family* family : families())
    for (const RuleInfo& rule : family->rules)
      if (!rule.covered_by.empty() && on_[rule_number(rule.covered_by)]) on_[rule_number(rule.id)] = false;
}

std::vector<const RuleInfo*> find_rules(std::string_view entry) {
  std::vector<const RuleInfo*> found;
  const std::string code = upper(entry);
  for (const Family* family : families()) {
    for (const RuleInfo& rule : family->rules) {
      const bool prefix = code.size() >= 2 && code.starts_with("WK") && rule.id.starts_with(code);
      if (code == "ALL" || prefix || rule.name == entry || has_alias(rule, code)) found.push_back(&rule);
    }
  }
  return found;
}

Result<Selection> Selection::from(const SelectionRequest& request) {
  Selection selection;
  const auto apply = [&](const std::vector<std::string>& entries, bool on) -> Result<void> {
    for (const std::string& entry : entries) {
      const auto rules = find_rules(entry);
      if (rules.empty()) return unknown(entry);
      for (const RuleInfo* rule : rules) selection.on_[rule_number(rule->id)] = on;
      for (const RuleInfo* rule : rules) selection.asked_for_[rule_number(rule->id)] = on;
    }
    return {};
  };
  // Settled at the end: a rule that another one covers comes back where that one is left out.
  for (const Family* family : families())
    for (const RuleInfo& rule : family->rules)
      selection.on_[rule_number(rule.id)] = rule.on_by_default && request.select.empty();
  if (request.select.empty())
    for (const auto& [rule, on] : request.settings) {
      selection.on_[rule_number(rule->id)] = on;
      selection.asked_for_[rule_number(rule->id)] = on;
    }
  for (const auto& [entries, on] :
       {std::pair(&request.select, true), {&request.extend_select, true}, {&request.ignore, false}}) {
    if (auto applied = apply(*entries, on); !applied) return tl::unexpected<Error>(applied.error());
  }
  selection.settle();
  return selection;
}

bool Selection::has(const RuleInfo& rule) const { return on_[rule_number(rule.id)]; }

bool Selection::is_asked_for(const RuleInfo& rule) const { return asked_for_[rule_number(rule.id)]; }

}  // namespace wicket::check
