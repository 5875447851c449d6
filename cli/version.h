// Which wicket this is.
#pragma once

#include <string_view>

namespace wicket::cli {

/// As in "0.1.0".
[[nodiscard]] std::string_view version();

}  // namespace wicket::cli
