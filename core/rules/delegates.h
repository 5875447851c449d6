// http rules of a VirtualService with those of its delegates in their place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/lowering.h"

namespace wicket::rules {

/// An http entry and where it stands.
struct WrittenRule {
  const BoundService* service = nullptr;
  const model::HTTPRoute* route = nullptr;
  std::uint32_t index = 0;  // http[index]
};

/// A match block, of a delegate together with one of its root. What `own` leaves out is the root's (R-DEL-7).
struct MatchBlock {
  const model::HTTPMatchRequest* own = nullptr;
  const model::HTTPMatchRequest* root = nullptr;
  std::int32_t own_index = -1;
  std::int32_t root_index = -1;
};

/// Something taken from a rule or from its root, with whom it belongs to: names in it are completed in that namespace.
template <class T>
struct Sourced {
  const T* value = nullptr;
  const BoundService* service = nullptr;

  [[nodiscard]] explicit operator bool() const { return value != nullptr; }
  [[nodiscard]] const T* operator->() const { return value; }
  [[nodiscard]] Span span(model::NodeId node) const { return service->resource->span(node); }
};

/// A rule as it is lowered: written in one place, or a delegate's rule with the root rule that calls it.
struct HttpRule {
  WrittenRule own;
  std::optional<WrittenRule> root;
  std::vector<MatchBlock> matches;  // empty: takes everything

  /// A field of the rule, or of its root where the rule leaves it out (R-DEL-8).
  template <class T>
  [[nodiscard]] Sourced<T> pick(model::Box<T> model::HTTPRoute::*field) const {
    if (const auto& box = own.route->*field) return {box.get(), own.service};
    if (root)
      if (const auto& box = root->route->*field) return {box.get(), root->service};
    return {};
  }
  template <class T>
  [[nodiscard]] Sourced<T> pick(T model::HTTPRoute::*field) const {
    if (const T& value = own.route->*field; value.present()) return {&value, own.service};
    if (root)
      if (const T& value = root->route->*field; value.present()) return {&value, root->service};
    return {};
  }
};

/// The http rules of a VirtualService in their order, each delegate replaced by its rules.
/// Source: Istio pilot/pkg/model/virtualservice.go, mergeHTTPRoutes (R-DEL-1..9).
[[nodiscard]] std::vector<HttpRule> expand_http(const BoundService& service, const Lowering& lowering);

/// An http entry and the namespace that its names are completed in.
struct RuleInNamespace {
  const model::HTTPRoute& route;
  std::string_view ns;
};

/// The first match block of a delegate's rule that goes together with none of its root's: it costs the whole rule.
/// Nothing where there is none. Source: as for expand_http (R-DEL-5, R-DEL-6).
[[nodiscard]] std::optional<std::size_t> conflicting_block(const RuleInNamespace& root, const RuleInNamespace& own);

}  // namespace wicket::rules
