// A decision against what a test expects of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "route/decision.h"
#include "route/request.h"
#include "rules/rule_set.h"
#include "suite/suite.h"

namespace wicket::suite {

/// Something that is not as expected, in words.
struct Mismatch {
  const Check* check = nullptr;
  std::string expected;
  std::string actual;
};

/// What became of one request.
struct Verdict {
  std::vector<Mismatch> mismatches;  // empty: passed

  [[nodiscard]] bool passed() const { return mismatches.empty(); }
};

/// Compares what the case names, and nothing else. While nothing is drawn every destination that may be picked counts:
/// `destination` has to be true of all of them.
[[nodiscard]] Verdict judge(const Case& test, const route::RequestView& request, const route::Decision& decision);

/// Whether the case looks at all destinations at once: coverage may count each of them.
[[nodiscard]] bool looks_at_destinations(const Case& test);

/// Whether a destination is the one that a test names.
[[nodiscard]] bool is_wanted(const WantedDestination& wanted, const rules::Cluster& cluster);

/// "90% a.b.svc.cluster.local:80:v1, 10% a.b.svc.cluster.local:80:v2", as a test would write it.
[[nodiscard]] std::string destinations_text(const route::Decision& decision);

}  // namespace wicket::suite
