// exportTo of VirtualServices, DestinationRules and ServiceEntries: one rule for all three.
#pragma once

#include "check/reporter.h"
#include "model/resource.h"

namespace wicket::check {

/// WK310, WK311 and WK312. Nothing for kinds without exportTo.
/// Source: Istio pkg/config/validation, validateExportTo; pkg/config/visibility, Validate.
void check_export_to(const model::Resource& resource, Reporter& out);

}  // namespace wicket::check
