// For a request that no route takes: the routes that nearly did, and what would have to change. Internal to report/.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/decision.h"
#include "route/trace.h"

namespace wicket::report {

/// A rule and the changes after which it takes the request, as far as they can be told.
struct NearMiss {
  const route::TriedRule* tried = nullptr;
  std::vector<std::string> failures;  // every condition that does not hold, in words
  std::vector<std::string> changes;   // "path /cart", "header x-user: beta"; empty when it is not to be told
  std::string taken_by;               // an earlier rule that takes the changed request; empty: this one does
};

/// The nearest rules of the report's trace, at most `most`, nearest first: fewest changes, then the most similar path.
/// Every change is tried with the engine, so what is promised holds.
/// Cost: a decision for each change of a few rules; no rule is compared here.
[[nodiscard]] std::vector<NearMiss> near_misses(const DecisionReport& report, std::size_t most);

}  // namespace wicket::report
