#include <algorithm>
#include <string>
#include <vector>

#include "cli/run.h"
#include "cli/standard_streams.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

/// One heap that grows in large steps. By default glibc gives each thread one that grows page by page, with a system
/// call each: a twentieth of the time that a large estate takes. And no fast bins: whenever something large is freed,
/// all that lies in them is gone through, cold.
void tune_heap() {
#ifdef __GLIBC__
  constexpr int kStep = 16 << 20;  // bytes
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TOP_PAD, kStep);
  mallopt(M_MXFAST, 0);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  tune_heap();
  wicket::cli::StandardStreams standard;
  const std::vector<std::string> args(argv + std::min(argc, 1), argv + argc);
  return static_cast<int>(standard.finish(wicket::cli::run(args, standard.streams())));
}
