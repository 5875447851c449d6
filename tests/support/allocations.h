// How often the heap was asked for memory.
#pragma once

#include <cstddef>

namespace wicket::test {

/// Calls of operator new by this thread so far. Only in programs that are linked with allocations.cc, which replaces
/// the operator.
[[nodiscard]] std::size_t allocations();

}  // namespace wicket::test
