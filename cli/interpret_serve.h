// The options of `wicket serve`.
#pragma once

#include "cli/options.h"
#include "cli/value_reader.h"

namespace wicket::cli {

[[nodiscard]] ServeOptions interpret_serve(ValueReader& in);

}  // namespace wicket::cli
