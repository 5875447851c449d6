#include <algorithm>
#include <string>
#include <vector>

#include "cli/run.h"
#include "cli/standard_streams.h"

int main(int argc, char** argv) {
  wicket::cli::StandardStreams standard;
  const std::vector<std::string> args(argv + std::min(argc, 1), argv + argc);
  return static_cast<int>(standard.finish(wicket::cli::run(args, standard.streams())));
}
