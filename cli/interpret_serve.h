// The options of `wicket serve`.
#pragma once

#include <string>

#include "cli/options.h"
#include "cli/value_reader.h"

namespace wicket::cli {

/// How requests are logged: one of kAccessLogWords, or a file that gets Istio's text.
void set_access_log(ServeOptions& options, const std::string& form);

[[nodiscard]] ServeOptions interpret_serve(ValueReader& in);

}  // namespace wicket::cli
