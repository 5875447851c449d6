#include "route/weighted.h"

namespace wicket::route {

const rules::WeightedDestination* pick(std::span<const rules::WeightedDestination> destinations, std::uint64_t draw) {
  std::uint64_t total = 0;
  for (const rules::WeightedDestination& destination : destinations) total += destination.weight;
  if (total == 0) return nullptr;
  std::uint64_t rest = draw % total;
  for (const rules::WeightedDestination& destination : destinations) {
    if (rest < destination.weight) return &destination;
    rest -= destination.weight;
  }
  return nullptr;  // not reached: the shares add up to the total
}

}  // namespace wicket::route
