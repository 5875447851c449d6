// Gateways that VirtualServices name and the input does not hold.
#pragma once

#include <memory>

#include "model/workspace.h"

namespace wicket::check {

/// Bytes that are not in the input: nothing there can be shown.
inline constexpr FileId kNowhere{0xFFFF'FFFF};

/// Stand-ins for Gateways that are elsewhere, each for pods of its own. They serve every host on the usual ports and on
/// those that the rules bound to them speak of: what VirtualServices do to each other at a Gateway is the same wherever
/// it is. Null when there are none.
[[nodiscard]] std::shared_ptr<const model::ParsedFile> assume_gateways(const model::Workspace& workspace);

}  // namespace wicket::check
