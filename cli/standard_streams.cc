#include "cli/standard_streams.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string_view>
#include <system_error>

namespace wicket::cli {
namespace {

// A standard descriptor that came closed would become that of the first file we open, and take what was meant for the
// terminal. One that cannot do what is asked of it keeps its place, so that the use of it fails as it should.
void occupy_standard_descriptors() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) != -1 || errno != EBADF) continue;
    (void)::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);  // takes the lowest number, which is `fd`
  }
}

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

std::size_t columns() {
  constexpr std::size_t kUnknown = 80, kLeast = 60;
  const std::string_view text = variable("COLUMNS");
  std::size_t chosen = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), chosen);
  if (error == std::errc() && end == text.data() + text.size()) return std::max(chosen, kLeast);
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return std::max<std::size_t>(size.ws_col, kLeast);
  return kUnknown;
}

Surroundings surroundings() {
  const std::string_view force = variable("CLICOLOR_FORCE");
  return {.out_is_terminal = ::isatty(STDOUT_FILENO) == 1,
          .err_is_terminal = ::isatty(STDERR_FILENO) == 1,
          .no_color = !variable("NO_COLOR").empty(),
          .force_color = !force.empty() && force != "0",
          .dumb_terminal = variable("TERM") == "dumb",
          .columns = columns(),
          .github_actions = variable("GITHUB_ACTIONS") == "true",
          .step_summary = std::string(variable("GITHUB_STEP_SUMMARY"))};
}

}  // namespace

StandardStreams::StandardStreams()
    : out_buffer_(STDOUT_FILENO),
      err_buffer_(STDERR_FILENO),
      out_(&out_buffer_),
      err_(&err_buffer_),
      streams_{std::cin, out_, err_} {
  occupy_standard_descriptors();
  std::signal(SIGPIPE, SIG_IGN);
  std::ios::sync_with_stdio(false);
  err_ << std::unitbuf;
  streams_.surroundings = surroundings();
}

ExitCode StandardStreams::finish(ExitCode code) {
  out_.flush();
  const int error = out_buffer_.error();
  if (error == 0 || error == EPIPE) return code;
  err_ << "wicket: cannot write standard output: " << std::generic_category().message(error) << '\n';
  return worse(code, ExitCode::kFailure);
}

}  // namespace wicket::cli
