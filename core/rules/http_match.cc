#include "rules/http_match.h"

#include <algorithm>
#include <array>

#include "rules/host_names.h"

namespace wicket::rules {
namespace {

constexpr std::string_view kClaims = "@request.auth.claims";

// A block together with whom it was written by.
struct Side {
  const model::HTTPMatchRequest* match = nullptr;
  const BoundService* service = nullptr;
};

/// The delegate's side first: what it says wins.
class Sides {
 public:
  Sides(const MatchBlock& block, const HttpRule& rule) {
    if (block.own != nullptr) sides_[count_++] = {block.own, rule.own.service};
    if (block.root != nullptr) sides_[count_++] = {block.root, rule.root->service};
  }
  [[nodiscard]] const Side* begin() const { return sides_.data(); }
  [[nodiscard]] const Side* end() const { return sides_.data() + count_; }

 private:
  std::array<Side, 2> sides_{};
  std::size_t count_ = 0;
};

bool names_gateway(const Side& side, std::string_view gateway) {
  return std::ranges::any_of(side.match->gateways, [&](const model::Text& written) {
    const std::optional<std::string> name = gateway_name(*written, side.service->ns);
    return name ? *name == gateway : gateway == kMesh;
  });
}

bool carries(const Workload& workload, std::string_view key, std::string_view value) {
  return std::ranges::any_of(workload.labels,
                             [&](const auto& label) { return label.first == key && label.second == value; });
}

bool labels_fit(const Sides& both, const Workload& workload) {
  return std::ranges::all_of(both, [&](const Side& side) {
    return std::ranges::all_of(side.match->source_labels,
                               [&](const auto& label) { return carries(workload, label.key, *label.value); });
  });
}

std::optional<StringPredicate> pick_string(const Sides& both,
                                           model::Box<model::StringMatch> model::HTTPMatchRequest::*field) {
  for (const Side& side : both)
    if (const auto& box = side.match->*field) return lower_string(*box, *side.service->resource);
  return std::nullopt;
}

std::optional<StringPredicate> lower_path(const Sides& both) {
  for (const Side& side : both) {
    if (!side.match->uri) continue;
    const model::StringMatch& uri = *side.match->uri;
    if (!uri.exact && !uri.prefix && !uri.regex) return std::nullopt;
    StringPredicate path = lower_string(uri, *side.service->resource);
    if (path.type == MatchType::kPresent) path.type = MatchType::kRegex;  // "*" has no special meaning for paths
    path.ignore_case = *both.begin()->match->ignore_uri_case;
    return path;
  }
  return std::nullopt;
}

bool is_claim(std::string_view name) {
  return name.starts_with(kClaims) && name.size() > kClaims.size() &&
         (name[kClaims.size()] == '.' || name[kClaims.size()] == '[');
}

// The union of both maps, the first side's entry where both have one, sorted by name as Istio emits them.
std::vector<NamedPredicate> lower_map(const Sides& both,
                                      model::Map<model::StringMatch> model::HTTPMatchRequest::*field) {
  std::vector<NamedPredicate> predicates;
  for (const Side& side : both) {
    for (const auto& entry : side.match->*field) {
      if (std::ranges::find(predicates, entry.key, &NamedPredicate::name) != predicates.end()) continue;
      predicates.push_back({.name = std::string(entry.key),
                            .value = lower_string(entry.value, *side.service->resource),
                            .is_claim = is_claim(entry.key)});
    }
  }
  std::ranges::sort(predicates, {}, &NamedPredicate::name);
  return predicates;
}

}  // namespace

bool applies(const MatchBlock& block, const HttpRule& rule, const ServerContext& server, const Lowering& lowering) {
  const Sides both(block, rule);
  for (const Side& side : both) {
    if (*side.match->port == 0) continue;
    if (*side.match->port != server.port) return false;
    break;
  }
  for (const Side& side : both)
    if (!side.match->gateways.empty()) return names_gateway(side, server.gateway);
  for (const Side& side : both) {
    if (side.match->source_namespace->empty()) continue;
    if (*side.match->source_namespace != lowering.workload.ns) return false;
    break;
  }
  return labels_fit(both, lowering.workload);
}

StringPredicate lower_string(const model::StringMatch& match, const model::Resource& resource) {
  StringPredicate predicate{.span = resource.span(match.node)};
  const auto take = [&](MatchType type, const model::Text& text) {
    predicate.type = type;
    predicate.text = *text;
    predicate.span = resource.span(text.node);
  };
  if (match.exact) {
    take(MatchType::kExact, match.exact);
  } else if (match.prefix) {
    take(MatchType::kPrefix, match.prefix);
  } else if (match.regex) {
    take(*match.regex == "*" ? MatchType::kPresent : MatchType::kRegex, match.regex);
  }
  return predicate;
}

Match lower_match(const MatchBlock& block, const HttpRule& rule) {
  const Sides both(block, rule);
  Match match;
  match.path = lower_path(both);
  match.method = pick_string(both, &model::HTTPMatchRequest::method);
  match.scheme = pick_string(both, &model::HTTPMatchRequest::scheme);
  match.authority = pick_string(both, &model::HTTPMatchRequest::authority);
  match.headers = lower_map(both, &model::HTTPMatchRequest::headers);
  for (NamedPredicate& without : lower_map(both, &model::HTTPMatchRequest::without_headers)) {
    without.inverted = true;
    match.headers.push_back(std::move(without));
  }
  match.query_params = lower_map(both, &model::HTTPMatchRequest::query_params);
  return match;
}

bool is_catch_all(const Match& match) {
  if (match.method || match.scheme || match.authority || !match.headers.empty() || !match.query_params.empty())
    return false;
  if (!match.path) return true;
  return (match.path->type == MatchType::kPrefix && match.path->text == "/") ||
         (match.path->type == MatchType::kRegex && match.path->text == ".*");
}

}  // namespace wicket::rules
