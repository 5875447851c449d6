// A command line that makes no sense.
#pragma once

#include <string>

#include "cli/options.h"

namespace wicket::cli {

/// What is wrong, in words that follow "wicket: ", and the command whose help says how it goes.
struct UsageError {
  std::string message;
  CommandId command = CommandId::kProgram;
};

}  // namespace wicket::cli
