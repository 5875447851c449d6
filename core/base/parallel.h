// Work on all cores.
#pragma once

#include <cstddef>
#include <functional>

namespace wicket {

/// Number of threads for `wanted` (0: one per core), at least 1.
[[nodiscard]] std::size_t thread_count(std::size_t wanted);

/// Calls `task(i)` for each i below `count`, on up to `threads` threads; returns when all calls have. Tasks are taken
/// in order, and must not throw.
void parallel_for(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& task);

}  // namespace wicket
