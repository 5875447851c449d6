#include "cli/cmd_version.h"

#include "cli/version.h"

namespace wicket::cli {

ExitCode cmd_version(const VersionOptions& /*options*/, Streams& streams) {
  streams.out << "wicket " << version() << '\n';
  return ExitCode::kClean;
}

}  // namespace wicket::cli
