// Paths as the gateway sees them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wicket::route {

struct NormalizeOptions {
  bool resolve_dots = true;       // dot segments and what goes with them; off: NONE
  bool merge_slashes = false;     // MERGE_SLASHES
  bool decode_slashes = false;    // %2F and %5C, before everything else: DECODE_AND_MERGE_SLASHES
  bool decode_unreserved = true;  // %61 becomes a
};

/// The target without its fragment and with its path normalised; the query stays as it is. Nothing when the path cannot
/// be normalised: the request is answered 400. The result views `target`, or `storage` where something changed.
/// Source: Envoy source/common/http/path_utility.cc and googleurl url_canon_path.cc (R-PATH-1..5).
[[nodiscard]] std::optional<std::string_view> normalize_target(std::string_view target, const NormalizeOptions& options,
                                                               std::string& storage);

/// Whether the path has an escaped slash or backslash.
[[nodiscard]] bool has_escaped_slash(std::string_view target);

/// The part in front of the query (R-PATH-7).
[[nodiscard]] std::string_view path_of(std::string_view target);
/// The part behind the first '?'; empty when there is none.
[[nodiscard]] std::string_view query_of(std::string_view target);

}  // namespace wicket::route
