#include "base/ensure.h"

#include <cstdio>
#include <cstdlib>

namespace wicket {

void ensure_failed(const char* condition, const char* message, const char* file, int line) {
  std::fprintf(stderr, "wicket: internal error: %s (%s) at %s:%d\n", message, condition, file, line);
  std::abort();
}

}  // namespace wicket
