// WICKET_VERSION comes from the build, to this file alone.
#include "cli/version.h"

namespace wicket::cli {

std::string_view version() { return WICKET_VERSION; }

}  // namespace wicket::cli
