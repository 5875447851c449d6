// A document as the JSON that Kubernetes makes of it.
#pragma once

#include <string>

#include "yaml/node.h"

namespace wicket::test {

/// Compact JSON, keys in the order of the source.
[[nodiscard]] std::string to_json(const yaml::Document& document);

}  // namespace wicket::test
