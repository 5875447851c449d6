// The option table as completion scripts.
#pragma once

#include <string>

#include "cli/options.h"

namespace wicket::cli {

/// A script that completes commands, options, their values, paths, and codes of checks, which it asks `wicket rules`
/// for.
[[nodiscard]] std::string completion_script(Shell shell);

}  // namespace wicket::cli
