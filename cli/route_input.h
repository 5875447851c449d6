// From options to what routes are asked about: the same for `route` and `routes`.
#pragma once

#include <cstddef>
#include <istream>
#include <ostream>

#include "base/result.h"
#include "cli/exit_code.h"
#include "cli/options.h"
#include "load/load.h"
#include "route/table.h"

namespace wicket::cli {

/// Loads the manifests and says on `err` what could not be read and what is not used. Units: `threads` 0: one per core.
[[nodiscard]] load::Loaded load_routes(const RoutingOptions& options, std::size_t threads, std::istream& in,
                                       std::ostream& err);

/// kFailure when nothing could be read, kUsage when a Gateway is asked for that is not there (said on `err`), else
/// kClean.
[[nodiscard]] ExitCode check_input(const RoutingOptions& options, const load::Loaded& loaded, std::ostream& err);

/// Lowers and compiles for the pods that the options name.
[[nodiscard]] route::RouteTable make_table(const RoutingOptions& options, const model::Workspace& workspace);

}  // namespace wicket::cli
