// Header operations of rules and destinations.
#pragma once

#include <optional>
#include <string>

#include "rules/delegates.h"
#include "rules/rule_set.h"

namespace wicket::rules {

/// The operations of one rule or destination. `authority` is what they make of the request's host: that is a rewrite,
/// not a header.
struct LoweredHeaders {
  HeaderEdits edits;
  std::optional<std::string> authority;
};

/// Source: Istio core/route/route.go, TranslateHeadersOperations (R-HOP-1, R-HOP-5, R-RW-7).
[[nodiscard]] LoweredHeaders lower_headers(const model::Headers& headers, const model::Resource& resource);

/// Puts `more` behind `edits`, as one unit (R-HOP-3).
void append(HeaderEdits& edits, HeaderEdits more);

}  // namespace wicket::rules
