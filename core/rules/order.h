// The order in which Istio looks at resources of one kind.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/workspace.h"

namespace wicket::rules {

/// A moment, of any year that RFC 3339 can write: nanoseconds alone would end in 2262.
struct Time {
  std::int64_t seconds = 0;  // since 1970
  std::int64_t nanoseconds = 0;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 means the 0 in the comparison that the compiler writes
  friend auto operator<=>(const Time&, const Time&) = default;
};

/// An RFC 3339 time; nothing when it is not one.
[[nodiscard]] std::optional<Time> parse_time(std::string_view text);

/// The objects of a kind in the order of R-ORD-1 and R-ORD-4: creation time (none comes first), name, namespace. Of
/// objects that stand in the input twice only the last is there (R-RES-4); those without a name are not.
/// Source: Istio pilot/pkg/model, configCompareByCreationTime.
[[nodiscard]] std::vector<const model::Resource*> in_creation_order(const model::Workspace& workspace,
                                                                    model::Kind kind);

/// "namespace/name".
[[nodiscard]] std::string full_name(const model::Workspace& workspace, const model::Resource& resource);

}  // namespace wicket::rules
