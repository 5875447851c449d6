// RuleSet → RouteTable.
#pragma once

#include <memory>

#include "route/table.h"
#include "rules/rule_set.h"

namespace wicket::route {

/// Compiles all rules; the table keeps the RuleSet alive. A rule that several virtual hosts share is compiled once, and
/// so is each pattern. Errors: none. A rule whose pattern RE2 refuses never matches, the table that holds it is marked
/// as refused by Envoy,
///         and a Problem says so.
[[nodiscard]] RouteTable compile(std::shared_ptr<const rules::RuleSet> rules);

}  // namespace wicket::route
