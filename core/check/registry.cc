#include "check/registry.h"

#include <algorithm>
#include <array>

namespace wicket::check {

extern const Family kDestinations;
extern const Family kPolicy;
extern const Family kPractice;
extern const Family kDocuments;
extern const Family kGateways;
extern const Family kReferences;
extern const Family kRouting;
extern const Family kVirtualServices;

std::string_view origin_name(Origin origin) {
  switch (origin) {
    case Origin::kReader:
      return "reader";
    case Origin::kSchema:
      return "schema";
    case Origin::kWebhook:
      return "webhook";
    case Origin::kAnalyzer:
      return "analyzer";
    case Origin::kKiali:
      return "kiali";
    case Origin::kPilot:
      return "pilot";
    case Origin::kOwn:
      return "wicket";
  }
  return {};
}

std::span<const Family* const> families() {
  static constexpr std::array<const Family*, 8> kFamilies = {
      &kPolicy, &kDocuments, &kGateways, &kVirtualServices, &kReferences, &kRouting, &kDestinations, &kPractice};
  return kFamilies;
}

const RuleInfo* find_rule(std::string_view id_or_name) {
  const auto equal = [](std::string_view id, std::string_view text) {
    return std::ranges::equal(id, text, [](char a, char b) { return a == (b >= 'a' && b <= 'z' ? b - 32 : b); });
  };
  for (const Family* family : families())
    for (const RuleInfo& rule : family->rules)
      if (rule.name == id_or_name || equal(rule.id, id_or_name)) return &rule;
  return nullptr;
}

std::vector<std::string_view> aliases_of(const RuleInfo& rule) {
  std::vector<std::string_view> aliases;
  for (std::string_view left = rule.aliases; !left.empty();) {
    const std::size_t end = std::min(left.find(' '), left.size());
    if (end > 0) aliases.push_back(left.substr(0, end));
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  if (rule.origin == Origin::kWebhook) {
    const std::string_view analyzer = rule.severity == Severity::kError ? "IST0106" : "IST0133";
    if (std::ranges::find(aliases, analyzer) == aliases.end()) aliases.push_back(analyzer);
  }
  return aliases;
}

}  // namespace wicket::check
