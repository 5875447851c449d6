// The authority that a mirror gets.
#pragma once

#include <string>
#include <string_view>

#include "rules/rule_set.h"

namespace wicket::route {

/// The authority of a mirrored request. From Istio 1.28 on it is the request's; before, "-shadow" stands behind the
/// host. Source: Istio pilot/pkg/features, DISABLE_SHADOW_HOST_SUFFIX; Envoy
/// source/common/router/shadow_writer_impl.cc, shadowAppendedHost (R-MIR-2).
[[nodiscard]] std::string mirror_authority(std::string_view authority, rules::IstioVersion version);

}  // namespace wicket::route
