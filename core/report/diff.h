// What edits would do to a file, as patch(1) and people read it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "check/diagnostic.h"

namespace wicket::report {

/// A unified diff with three lines of context. `edits` are in order and do not overlap; without any it is empty.
/// Source: the unified format of diff(1), as `git apply` and `patch -p1` take it.
[[nodiscard]] std::string unified_diff(std::string_view name, std::string_view bytes,
                                       const std::vector<check::Edit>& edits);

}  // namespace wicket::report
