// The `expect` of a test ▸ what is compared. Internal to suite/.
#pragma once

#include <string>
#include <vector>

#include "suite/scope.h"
#include "suite/suite.h"

namespace wicket::suite {

/// What short names of services stand for.
struct NamesOfServices {
  std::string ns = "default";
  std::string domain = "cluster.local";
};

/// Reads one combination of an expectation; complaints go to the scope.
[[nodiscard]] std::vector<Check> read_expect(Scope& scope, NodeId node, const NamesOfServices& names);

}  // namespace wicket::suite
