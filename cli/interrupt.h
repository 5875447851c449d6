// Ctrl-C while something long is read: it ends early, and what is known by then is told.
#pragma once

namespace wicket::cli {

/// While it lives, the first SIGINT asks for an end and gives a second for it; then, or at another one, the process
/// ends with 130.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// Whether somebody asked for an end. May be called by any thread.
  [[nodiscard]] static bool is_asked_for();
};

}  // namespace wicket::cli
