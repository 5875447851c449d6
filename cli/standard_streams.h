// The three streams of the process, and what becomes of the exit code when one of them breaks.
#pragma once

#include <ostream>

#include "cli/exit_code.h"
#include "cli/fd_buffer.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Made once, at the start of the process. From then on a closed pipe is an error of writing, not a signal.
class StandardStreams {
 public:
  StandardStreams();

  [[nodiscard]] Streams& streams() { return streams_; }

  /// Writes out what is left. Returns `code`, or kFailure with a message when standard output could not be written.
  /// That nobody reads to the end (`wicket lint | head`) is no failure.
  [[nodiscard]] ExitCode finish(ExitCode code);

 private:
  FdBuffer out_buffer_;
  FdBuffer err_buffer_;
  std::ostream out_;
  std::ostream err_;
  Streams streams_;
};

}  // namespace wicket::cli
