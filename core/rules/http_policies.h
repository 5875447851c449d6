// What goes along with forwarding: mirrors, faults, CORS.
#pragma once

#include "base/boxed.h"
#include "rules/delegates.h"
#include "rules/lowering.h"

namespace wicket::rules {

/// Those that fire at all. Source: Istio core/route/route.go, MirrorPercent (R-MIR-1, R-MIR-3).
[[nodiscard]] BoxedList<Mirror> lower_mirrors(const HttpRule& rule, const ServerContext& server,
                                              const Lowering& lowering);

/// Source: Istio core/route/route.go, TranslateFault (R-FLT-2..4).
[[nodiscard]] Fault lower_fault(const model::HTTPFaultInjection& fault);

/// Source: Istio core/route/route.go, TranslateCORSPolicy (R-CORS-2).
[[nodiscard]] Cors lower_cors(const model::CorsPolicy& policy, const model::Resource& resource);

}  // namespace wicket::rules
