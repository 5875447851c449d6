// What a node is called when lines and positions in lists may change.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "yaml/node.h"

namespace wicket::yaml {

/// The path of a node in which each list index is replaced by the item's `name`, or by a hash of what it holds.
[[nodiscard]] std::string stable_path(const Document& document, NodeId id);

/// FNV-1a, 64 bits.
[[nodiscard]] std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed = 0xcbf29ce484222325ULL);

}  // namespace wicket::yaml
