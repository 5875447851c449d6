// The whole program, but for the process around it.
#pragma once

#include <span>
#include <string>

#include "cli/exit_code.h"
#include "cli/streams.h"

namespace wicket::cli {

/// Understands the arguments (without the program's name), runs the command and returns how it ended. Throws nothing.
[[nodiscard]] ExitCode run(std::span<const std::string> args, Streams& streams);

}  // namespace wicket::cli
