// A place inside a scalar.
#pragma once

#include <cstddef>

#include "base/span.h"
#include "yaml/node.h"

namespace wicket::yaml {

/// Part of a scalar's value, in bytes of the value.
struct ScalarPart {
  std::size_t offset = 0;
  std::size_t size = 0;
};

/// Where a part of a scalar's value stands in the source. Escapes are counted. The place of the whole scalar when it is
/// written on several lines or through an alias, and when the part is not inside the value.
[[nodiscard]] Span span_of_part(const Document& document, NodeId scalar, const ScalarPart& part);

}  // namespace wicket::yaml
