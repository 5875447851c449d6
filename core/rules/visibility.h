// exportTo: who sees a resource.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/resource.h"

namespace wicket::rules {

/// How a resource is seen, nearest first (R-ORD-2).
enum class Visibility : std::uint8_t { kPrivate, kExported, kPublic, kHidden };

/// How pods of namespace `viewer` see a resource of namespace `ns`. No exportTo at all: everybody sees it.
/// Source: Istio pilot/pkg/model/push_context.go, initVirtualServices and initServiceRegistry (R-BIND-6, R-REG-3).
[[nodiscard]] Visibility visibility(std::span<const std::string_view> export_to, std::string_view ns,
                                    std::string_view viewer);

/// What the annotation networking.istio.io/exportTo of a Service lists; nothing without one (R-REG-3).
[[nodiscard]] std::vector<std::string_view> annotated_export_to(const model::Resource& service);

}  // namespace wicket::rules
