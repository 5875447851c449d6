// The options of `wicket test`.
#pragma once

#include "cli/options.h"
#include "cli/value_reader.h"

namespace wicket::cli {

[[nodiscard]] TestOptions interpret_test(ValueReader& in);

}  // namespace wicket::cli
