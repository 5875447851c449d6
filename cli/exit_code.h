// What the process says when it ends.
#pragma once

#include <algorithm>

namespace wicket::cli {

/// The same for every command and output format. A larger one wins over a smaller one.
enum class ExitCode : int {
  kClean = 0,          // nothing to object to
  kFindings = 1,       // findings at or above the chosen level
  kUsage = 2,          // wrong usage or settings; nothing was done
  kFailure = 3,        // something could not be read or written, or an internal error
  kInterrupted = 130,  // by SIGINT, as a shell says it
};

/// The code of two pieces of work together.
[[nodiscard]] constexpr ExitCode worse(ExitCode a, ExitCode b) { return std::max(a, b); }

}  // namespace wicket::cli
