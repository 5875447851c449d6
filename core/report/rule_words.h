// Rules in words: what they take, what they do, what else is about them. Internal to report/.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_set.h"

namespace wicket::report {

/// "2s", "500ms".
[[nodiscard]] std::string duration_text(std::chrono::milliseconds time);

/// "prefix /api, method GET, header x-user = beta"; "everything" for a rule without conditions.
[[nodiscard]] std::string conditions_text(const rules::Match& match);

/// One line each: "90% cart.shop.svc.cluster.local:8080 (subset v2)", "308 to /new", "418 with a body of 15 bytes".
[[nodiscard]] std::vector<std::string> action_lines(const rules::Action& action);
[[nodiscard]] std::vector<std::string> destination_lines(const std::vector<rules::WeightedDestination>& destinations);

/// "rewrite /v2", "timeout 2s", "mirror" …: what is not as it is without being said.
[[nodiscard]] std::vector<std::string> flags(const rules::Rule& rule);

/// "http[0].match[1] of shop/shop", "http[0] of payments/pay < shop/shop" for a delegate's.
[[nodiscard]] std::string short_title(const rules::Provenance& from);

/// The share of one destination among all, in percent.
[[nodiscard]] double percent_of(const rules::WeightedDestination& one,
                                const std::vector<rules::WeightedDestination>& all);

}  // namespace wicket::report
