// The choice between weighted destinations.
#pragma once

#include <cstdint>
#include <span>

#include "rules/rule_set.h"

namespace wicket::route {

/// The destination into whose share `draw % total` falls, in the order of the list; nullptr for an empty list. Retries
/// stay on the one that was chosen.
/// Source: Envoy source/common/router/weighted_cluster_specifier.cc, pickWeightedCluster (R-WT-4).
[[nodiscard]] const rules::WeightedDestination* pick(std::span<const rules::WeightedDestination> destinations,
                                                     std::uint64_t draw);

}  // namespace wicket::route
