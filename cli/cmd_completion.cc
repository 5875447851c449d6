#include "cli/cmd_completion.h"

#include "cli/completion.h"

namespace wicket::cli {

ExitCode cmd_completion(const CompletionOptions& options, Streams& streams) {
  streams.out << completion_script(options.shell);
  return ExitCode::kClean;
}

}  // namespace wicket::cli
