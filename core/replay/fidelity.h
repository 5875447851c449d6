// A decision against what was recorded.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "replay/record.h"
#include "replay/replay.h"
#include "route/decision.h"
#include "route/table.h"

namespace wicket::replay {

/// What is compared.
struct Comparison {
  bool is_told = false;                     // the record tells something that a decision has as well
  std::optional<std::string> difference{};  // in words
};
[[nodiscard]] Comparison compare(const Recorded& recorded, const route::Decision& decision);

/// Whether this rule would have led to what was recorded.
[[nodiscard]] bool fits(const Recorded& recorded, const rules::Rule& rule);

/// Rules by the host that they put in place of the request's: logs have the host as it was sent on.
/// Source: Envoy access log, which is written from the request headers after the router has changed them.
using RewritesByHost = std::unordered_map<std::string, std::vector<const rules::Rule*>>;
[[nodiscard]] RewritesByHost rewrites_of(const rules::RuleSet& rules);

/// What the record does not tell and what would explain the difference; nothing when nothing would.
/// `request` is as it was decided.
[[nodiscard]] std::optional<std::string> explanation(const Record& record, const route::RequestView& request,
                                                     const route::Decision& decision, const route::RouteTable& table,
                                                     const RewritesByHost& rewrites);

}  // namespace wicket::replay
