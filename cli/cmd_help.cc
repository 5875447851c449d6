#include "cli/cmd_help.h"

#include "cli/help.h"
#include "cli/option_table.h"

namespace wicket::cli {

ExitCode cmd_help(const HelpOptions& options, Streams& streams) {
  streams.out << help_text(command_spec(options.command), streams.surroundings.columns);
  return ExitCode::kClean;
}

}  // namespace wicket::cli
