#include "rules/http_rules.h"

#include <algorithm>
#include <memory>
#include <span>
#include <string>

#include "rules/delegates.h"
#include "rules/http_action.h"
#include "rules/http_match.h"

namespace wicket::rules {
namespace {

std::string join(std::string_view a, std::string_view separator, std::string_view b) {
  return std::string(a).append(separator).append(b);
}

// name-name of root and delegate, or the one there is.
std::string merged_name(std::string_view root, std::string_view own) {
  return root.empty() || own.empty() ? join(root, "", own) : join(root, "-", own);
}

std::string rule_name(const HttpRule& source, const MatchBlock& block) {
  const auto name_of = [](const auto* written) { return written != nullptr ? *written->name : std::string_view(); };
  const std::string rule = merged_name(source.root ? *source.root->route->name : "", *source.own.route->name);
  const std::string match = merged_name(name_of(block.root), name_of(block.own));
  return match.empty() ? rule : join(rule, ".", match);
}

std::string_view stat_prefix(const MatchBlock& block) {
  for (const model::HTTPMatchRequest* match : {block.own, block.root})
    if (match != nullptr && !match->stat_prefix->empty()) return *match->stat_prefix;
  return {};
}

Provenance provenance(const HttpRule& source, const MatchBlock& block) {
  const BoundService& service = *source.own.service;
  Provenance from{.virtual_service = service.name, .index = source.own.index, .match = block.own_index};
  if (source.root) from.root = source.root->service->name;
  from.span = service.resource->span(block.own != nullptr ? block.own->node : source.own.route->node);
  return from;
}

// A claim has no "present": Envoy refuses the matcher that Istio makes of {} (R-HDR-6).
void refuse_open_claims(const BoundService& service, const Lowering& lowering, Rule& rule) {
  for (const NamedPredicate& header : rule.match.headers) {
    if (!header.is_claim || header.value.type != MatchType::kPresent) continue;
    rule.refused = true;
    lowering.problems.push_back({.kind = ProblemKind::kClaimWithoutPattern,
                                 .span = header.value.span,
                                 .resource = service.name,
                                 .detail = header.name});
  }
}

RuleRef lower_rule(const HttpRule& source, const MatchBlock& block, const ServerContext& server,
                   const Lowering& lowering) {
  auto made = std::make_shared<Rule>();
  Rule& rule = *made;
  rule.name = rule_name(source, block);
  rule.gateway = server.gateway;
  rule.match = lower_match(block, source);
  rule.catch_all = is_catch_all(rule.match);
  rule.stat_prefix = stat_prefix(block);
  rule.from = provenance(source, block);
  refuse_open_claims(*source.own.service, lowering, rule);
  lower_action(source, server, lowering, rule);
  return made;
}

// The blocks that a rule is made for, if they apply; a rule without any is made once.
std::span<const MatchBlock> blocks_of(const HttpRule& source) {
  static constexpr MatchBlock kEverything;
  return source.matches.empty() ? std::span(&kEverything, 1) : std::span(source.matches);
}

}  // namespace

std::vector<RuleRef> lower_http(const BoundService& service, const ServerContext& server, const Lowering& lowering) {
  const std::vector<HttpRule> sources = expand_http(service, lowering);
  std::size_t most = 0;
  for (const HttpRule& source : sources) most += blocks_of(source).size();
  std::vector<RuleRef> rules;
  rules.reserve(most);
  for (const HttpRule& source : sources) {
    for (const MatchBlock& block : blocks_of(source)) {
      if (!applies(block, source, server, lowering)) continue;
      if (!rules.empty() && rules.back()->catch_all) {
        const model::NodeId node = block.own != nullptr ? block.own->node : source.own.route->node;
        lowering.problems.push_back({.kind = ProblemKind::kRuleBehindCatchAll,
                                     .span = source.own.service->resource->span(node),
                                     .other = rules.back()->from.span,
                                     .has_other = true,
                                     .resource = source.own.service->name});
        continue;
      }
      rules.push_back(lower_rule(source, block, server, lowering));
    }
  }
  return rules;
}

}  // namespace wicket::rules
