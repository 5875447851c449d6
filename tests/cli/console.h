// Runs the program as a user would, on strings.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "cli/run.h"
#include "cli/streams.h"

namespace wicket::cli {

/// What came of one run.
struct Outcome {
  ExitCode code{};
  std::string out;
  std::string err;
};

/// Runs wicket with these arguments, and `input` on standard input.
inline Outcome run_wicket(const std::vector<std::string>& args, const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out, err;
  Streams streams{in, out, err};
  const ExitCode code = run(args, streams);
  return {code, out.str(), err.str()};
}

}  // namespace wicket::cli
