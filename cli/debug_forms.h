// --debug: the forms between manifest and finding, printed.
#pragma once

#include <ostream>
#include <vector>

#include "cli/options.h"
#include "load/load.h"

namespace wicket::cli {

/// Prints the node arenas (`nodes`) and the objects with their problems (`model`), as far as asked for.
void print_debug_forms(const std::vector<DebugForm>& forms, const load::Loaded& loaded, std::ostream& out);

}  // namespace wicket::cli
