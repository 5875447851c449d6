// What a command reads from and writes to. The real ones are made in standard_streams; tests pass string streams.
#pragma once

#include <cstddef>
#include <istream>
#include <ostream>
#include <string>

#include "cli/options.h"

namespace wicket::cli {

/// What the process was started with, as far as looks depend on it. The defaults are those of a pipe.
struct Surroundings {
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool no_color = false;        // NO_COLOR is set to something
  bool force_color = false;     // CLICOLOR_FORCE is set to something but 0
  bool dumb_terminal = false;   // TERM=dumb
  std::size_t columns = 80;     // COLUMNS, else of the terminal
  bool github_actions = false;  // GITHUB_ACTIONS=true
  std::string step_summary{};   // GITHUB_STEP_SUMMARY: a file that a job's summary is appended to; empty: none
};

/// stdout carries the result and nothing else; err takes notes, progress and complaints.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  Surroundings surroundings{};
  bool out_color = false;  // settled by settle_color() before a command runs
  bool err_color = false;
};

/// Whether to colour what goes to a stream.
/// Source: https://no-color.org and https://bixense.com/clicolors; NO_COLOR wins over CLICOLOR_FORCE, --color over
/// both.
[[nodiscard]] bool wants_color(ColorChoice choice, const Surroundings& surroundings, bool is_terminal);

/// Decides about colour for both streams.
void settle_color(Streams& streams, ColorChoice choice);

}  // namespace wicket::cli
