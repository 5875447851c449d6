#include "cli/streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ostream>
#include <string>

#include "cli/fd_buffer.h"
#include "support/catch.h"

namespace wicket::cli {
namespace {

TEST_CASE("colour follows the flag, then the environment, then the terminal") {
  struct Case {
    const char* name;
    ColorChoice choice;
    Surroundings surroundings;
    bool is_terminal;
    bool want;
  };
  const Case cases[] = {
      {"a terminal", ColorChoice::kAuto, {}, true, true},
      {"a pipe", ColorChoice::kAuto, {}, false, false},
      {"a dumb terminal", ColorChoice::kAuto, {.dumb_terminal = true}, true, false},
      {"NO_COLOR", ColorChoice::kAuto, {.no_color = true}, true, false},
      {"CLICOLOR_FORCE in a pipe", ColorChoice::kAuto, {.force_color = true}, false, true},
      {"CLICOLOR_FORCE on a dumb terminal",
       ColorChoice::kAuto,
       {.force_color = true, .dumb_terminal = true},
       true,
       true},
      {"NO_COLOR wins over CLICOLOR_FORCE", ColorChoice::kAuto, {.no_color = true, .force_color = true}, true, false},
      {"always wins over NO_COLOR", ColorChoice::kAlways, {.no_color = true}, false, true},
      {"never wins over CLICOLOR_FORCE", ColorChoice::kNever, {.force_color = true}, true, false},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(wants_color(c.choice, c.surroundings, c.is_terminal) == c.want);
  }
}

TEST_CASE("bytes arrive in order, however many") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  std::string want, got;
  for (int i = 0; i < 20; ++i) {  // more than the buffer, less at a time than the pipe
    FdBuffer buffer(ends[1]);
    std::ostream out(&buffer);
    const std::string part(5000, static_cast<char>('a' + i));
    out << part << i;
    out.flush();
    CHECK(buffer.error() == 0);
    want += part + std::to_string(i);
    std::string read(5100, '\0');
    read.resize(static_cast<std::size_t>(::read(ends[0], read.data(), read.size())));
    got += read;
  }
  ::close(ends[0]);
  ::close(ends[1]);
  CHECK(got == want);
}

TEST_CASE("a closed pipe is an error that is remembered, and nothing else") {
  auto* before = std::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  ::close(ends[0]);
  FdBuffer buffer(ends[1]);
  std::ostream out(&buffer);
  for (int i = 0; i < 100'000; ++i) out << "wicket\n";
  CHECK(buffer.error() == EPIPE);
  CHECK_FALSE(out);
  ::close(ends[1]);
  std::signal(SIGPIPE, before);
}

TEST_CASE("a full disk is told from a closed pipe") {
  const int full = ::open("/dev/full", O_WRONLY);
  if (full == -1) return;  // not every system has it
  FdBuffer buffer(full);
  std::ostream out(&buffer);
  out << "wicket\n" << std::flush;
  CHECK(buffer.error() == ENOSPC);
  ::close(full);
}

}  // namespace
}  // namespace wicket::cli
