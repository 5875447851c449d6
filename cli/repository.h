// The repository that we stand in.
#pragma once

#include "report/findings.h"

namespace wicket::cli {

/// The nearest folder from here upwards that holds `.git`, and how to come from it to where we are. Both are empty
/// outside of a repository.
[[nodiscard]] report::RepositoryPaths repository_paths();

}  // namespace wicket::cli
