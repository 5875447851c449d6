// Node ▸ path: `spec.http[2].match[0].uri`, as findings and people write it.
#pragma once

#include <string>

#include "yaml/node.h"

namespace wicket::yaml {

/// The path from `top` (not included) down to `id`: keys joined by dots, list items as [n], keys with anything but
/// letters, digits, `_` and `-` as ["key"]. Empty for `top` itself and for kNone.
[[nodiscard]] std::string path_of(const Document& document, NodeId id, NodeId top = NodeId::kNone);

}  // namespace wicket::yaml
