// How people call what has a schema.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "cli/options.h"

namespace wicket::cli {

/// The schema that a word stands for. Letter case does not count; plurals and kubectl's short names (gw, vs, dr, se)
/// are understood.
/// Errors: the whole message about a word that stands for none, with the name that is meant where one is near.
[[nodiscard]] tl::expected<SchemaKind, std::string> schema_kind_from(std::string_view word);

}  // namespace wicket::cli
