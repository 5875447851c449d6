// A root rule that names a delegate is replaced by the delegate's rules. Their match blocks are those pairs of a root's
// and a delegate's block that do not conflict, and "conflict" is decided by the text of two patterns: the delegate has
// to say something narrower in the same way, and a regex is never narrower than anything.

#include "rules/delegates.h"

#include <algorithm>
#include <variant>

#include "rules/host_names.h"
#include "rules/visibility.h"

namespace wicket::rules {
namespace {

bool conflict(const model::StringMatch& root, const model::StringMatch& own) {
  if (!root.regex->empty() || !own.regex->empty()) return true;
  if (!root.exact->empty()) return !own.prefix->empty() || *own.exact != *root.exact;
  if (root.prefix->empty()) return true;
  if (!own.prefix->empty()) return !own.prefix->starts_with(*root.prefix);
  if (!own.exact->empty()) return !own.exact->starts_with(*root.prefix);
  return true;
}

bool conflict(const model::Box<model::StringMatch>& root, const model::Box<model::StringMatch>& own) {
  return root && own && conflict(*root, *own);
}

bool conflict(const model::Map<model::StringMatch>& root, const model::Map<model::StringMatch>& own) {
  return std::ranges::any_of(root, [&own](const auto& entry) {
    const auto* same = own.find(entry.key);
    return same != nullptr && conflict(entry.value, same->value);
  });
}

bool conflict(const model::TextMap& root, const model::TextMap& own) {
  return std::ranges::any_of(root, [&own](const auto& entry) {
    const auto* same = own.find(entry.key);
    return same != nullptr && *same->value != *entry.value;
  });
}

std::vector<std::string> gateway_names(const model::HTTPMatchRequest& match, std::string_view ns) {
  std::vector<std::string> names;
  for (const model::Text& written : match.gateways) names.push_back(gateway_name(*written, ns).value_or("mesh"));
  return names;
}

struct Block {
  const model::HTTPMatchRequest& match;
  std::string_view ns;
};

bool gateways_conflict(const Block& root, const Block& own) {
  if (root.match.gateways.empty() || own.match.gateways.empty()) return false;
  if (own.match.gateways.size() > root.match.gateways.size()) return true;
  const std::vector<std::string> allowed = gateway_names(root.match, root.ns);
  return std::ranges::any_of(gateway_names(own.match, own.ns), [&allowed](const std::string& name) {
    return std::ranges::find(allowed, name) == allowed.end();
  });
}

// Source: Istio pilot/pkg/model/virtualservice.go, hasConflict (R-DEL-6).
bool conflict(const Block& root, const Block& own) {
  const model::HTTPMatchRequest& r = root.match;
  const model::HTTPMatchRequest& d = own.match;
  if (conflict(r.uri, d.uri) || conflict(r.scheme, d.scheme) || conflict(r.method, d.method) ||
      conflict(r.authority, d.authority))
    return true;
  if (conflict(r.headers, d.headers) || conflict(r.without_headers, d.without_headers) ||
      conflict(r.query_params, d.query_params))
    return true;
  if (*r.ignore_uri_case != *d.ignore_uri_case) return true;
  if (*r.port != 0 && *d.port != 0 && *r.port != *d.port) return true;
  if (!r.source_namespace->empty() && *r.source_namespace != *d.source_namespace) return true;
  return conflict(r.source_labels, d.source_labels) || gateways_conflict(root, own);
}

std::vector<MatchBlock> own_blocks(const model::HTTPRoute& route) {
  std::vector<MatchBlock> blocks;
  blocks.reserve(route.match.size());
  for (std::size_t i = 0; i < route.match.size(); ++i)
    blocks.push_back({.own = &route.match[i], .own_index = static_cast<std::int32_t>(i)});
  return blocks;
}

std::vector<MatchBlock> root_blocks(const model::HTTPRoute& route) {
  std::vector<MatchBlock> blocks;
  for (std::size_t i = 0; i < route.match.size(); ++i)
    blocks.push_back({.root = &route.match[i], .root_index = static_cast<std::int32_t>(i)});
  return blocks;
}

// The pairs that can hold together, the delegate's order outside. Nothing when a block of the delegate has no partner:
// then the whole rule goes (R-DEL-5).
std::optional<std::vector<MatchBlock>> merge_blocks(const WrittenRule& root, const WrittenRule& own) {
  if (root.route->match.empty()) return own_blocks(*own.route);
  if (own.route->match.empty()) return root_blocks(*root.route);
  std::vector<MatchBlock> merged;
  for (std::size_t d = 0; d < own.route->match.size(); ++d) {
    const std::size_t before = merged.size();
    for (std::size_t r = 0; r < root.route->match.size(); ++r) {
      const model::HTTPMatchRequest& of_root = root.route->match[r];
      const model::HTTPMatchRequest& of_own = own.route->match[d];
      if (conflict(Block{of_root, root.service->ns}, Block{of_own, own.service->ns})) continue;
      merged.push_back({.own = &of_own,
                        .root = &of_root,
                        .own_index = static_cast<std::int32_t>(d),
                        .root_index = static_cast<std::int32_t>(r)});
    }
    if (merged.size() == before) return std::nullopt;
  }
  return merged;
}

const BoundService* find_delegate(const WrittenRule& root, const Lowering& lowering) {
  const model::Delegate& named = *root.route->delegate;
  const std::string_view ns = named.ns->empty() ? root.service->ns : *named.ns;
  const std::string name = std::string(ns).append("/").append(*named.name);
  const BoundService* found = lowering.bindings.delegate(name);
  if (found != nullptr &&
      visibility(export_to_of(*found->spec, lowering.mesh), found->ns, root.service->ns) == Visibility::kHidden)
    found = nullptr;
  if (found == nullptr)
    lowering.problems.push_back({.kind = ProblemKind::kDelegateNotFound,
                                 .span = root.service->resource->span(named.node),
                                 .resource = root.service->name,
                                 .detail = name});
  return found;
}

void expand_delegate(const WrittenRule& root, const Lowering& lowering, std::vector<HttpRule>& rules) {
  const BoundService* delegate = find_delegate(root, lowering);
  if (delegate == nullptr) return;
  for (std::size_t i = 0; i < delegate->spec->http.size(); ++i) {
    const WrittenRule own{delegate, &delegate->spec->http[i], static_cast<std::uint32_t>(i)};
    if (std::optional<std::vector<MatchBlock>> matches = merge_blocks(root, own)) {
      rules.push_back({.own = own, .root = root, .matches = *std::move(matches)});
    } else {
      lowering.problems.push_back({.kind = ProblemKind::kDelegateConflict,
                                   .span = delegate->resource->span(own.route->node),
                                   .other = root.service->resource->span(root.route->node),
                                   .has_other = true,
                                   .resource = delegate->name,
                                   .detail = root.service->name.str()});
    }
  }
}

}  // namespace

std::optional<std::size_t> conflicting_block(const RuleInNamespace& root, const RuleInNamespace& own) {
  if (root.route.match.empty()) return std::nullopt;
  for (std::size_t d = 0; d < own.route.match.size(); ++d) {
    const bool goes = std::ranges::any_of(root.route.match, [&](const model::HTTPMatchRequest& of_root) {
      return !conflict(Block{of_root, root.ns}, Block{own.route.match[d], own.ns});
    });
    if (!goes) return d;
  }
  return std::nullopt;
}

std::vector<HttpRule> expand_http(const BoundService& service, const Lowering& lowering) {
  std::vector<HttpRule> rules;
  rules.reserve(service.spec->http.size());
  for (std::size_t i = 0; i < service.spec->http.size(); ++i) {
    const WrittenRule own{&service, &service.spec->http[i], static_cast<std::uint32_t>(i)};
    if (own.route->delegate) {
      expand_delegate(own, lowering, rules);
    } else {
      rules.push_back({.own = own, .root = std::nullopt, .matches = own_blocks(*own.route)});
    }
  }
  return rules;
}

}  // namespace wicket::rules
