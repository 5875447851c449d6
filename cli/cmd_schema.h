// wicket schema.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Writes the JSON Schema of a kind of manifest or of machine-readable output.
[[nodiscard]] ExitCode cmd_schema(const SchemaOptions& options, Streams& streams);

}  // namespace wicket::cli
