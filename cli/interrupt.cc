#include "cli/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>

#include "cli/exit_code.h"

namespace wicket::cli {
namespace {

constexpr unsigned kSecondsToEnd = 1;  // a reader may wait for input that does not come

std::atomic<bool> asked = false;  // lock-free, so that a handler may set it

[[noreturn]] void end(int /*signal*/) { ::_exit(static_cast<int>(ExitCode::kInterrupted)); }

void ask(int /*signal*/) {
  if (asked.exchange(true)) end(SIGINT);
  ::alarm(kSecondsToEnd);
}

void handle(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  ::sigemptyset(&action.sa_mask);
  ::sigaction(number, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt() {
  asked = false;
  handle(SIGALRM, end);
  handle(SIGINT, ask);
}

Interrupt::~Interrupt() {
  ::alarm(0);
  handle(SIGINT, SIG_DFL);
  handle(SIGALRM, SIG_DFL);
}

bool Interrupt::is_asked_for() { return asked; }

}  // namespace wicket::cli
