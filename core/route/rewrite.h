// New paths and locations.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "route/matcher.h"
#include "route/table.h"
#include "rules/rule_set.h"

namespace wicket::route {

/// The target (path with query) that goes upstream; nothing when the rule does not change it.
/// Source: Envoy source/common/router/config_impl.cc, currentUrlPathAfterRewriteWithMatchedPath (R-RW-1..6).
[[nodiscard]] std::optional<std::string> rewritten_target(const Route& route, const rules::Rewrite& rewrite,
                                                          const Subject& subject);

/// Location of a redirect. Source: Envoy source/common/http/utility.cc, newUri (R-RED-2..5, R-RED-7).
[[nodiscard]] std::string redirect_location(const Route& route, const rules::Redirect& redirect,
                                            const Subject& subject);

/// The request's own URL with https. Source: Envoy createSslRedirectPath (R-REDIR-3).
[[nodiscard]] std::string https_location(const Subject& subject);

/// The request's own URL (R-DIR-2).
[[nodiscard]] std::string own_location(const Subject& subject);

}  // namespace wicket::route
