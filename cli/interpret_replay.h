// The options of `wicket replay`.
#pragma once

#include "cli/options.h"
#include "cli/value_reader.h"

namespace wicket::cli {

[[nodiscard]] ReplayOptions interpret_replay(ValueReader& in);

}  // namespace wicket::cli
