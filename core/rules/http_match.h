// Match blocks: which of them apply at a server at all, and the conditions that are left for each request.
#pragma once

#include "rules/delegates.h"
#include "rules/lowering.h"

namespace wicket::rules {

/// Whether the block's port, gateways, sourceLabels and sourceNamespace admit the server. They are decided here, once.
/// Source: Istio core/route/route.go, TranslateRoute and sourceMatchHTTP (R-STAT-1..3).
[[nodiscard]] bool applies(const MatchBlock& block, const HttpRule& rule, const ServerContext& server,
                           const Lowering& lowering);

/// The conditions on a request. Source: Istio core/route/route.go, TranslateRouteMatch (R-MATCH-1, R-MATCH-4, R-HDR-5).
[[nodiscard]] Match lower_match(const MatchBlock& block, const HttpRule& rule);

/// A pattern as it stands. `regex: "*"` and {} mean that the name is there.
[[nodiscard]] StringPredicate lower_string(const model::StringMatch& match, const model::Resource& resource);

/// Whether every request with a path satisfies it, as Istio judges by its text (R-ORD-5).
[[nodiscard]] bool is_catch_all(const Match& match);

}  // namespace wicket::rules
