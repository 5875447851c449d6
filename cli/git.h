// What git knows about the repository that we stand in.
#pragma once

#include <string>

#include "base/result.h"
#include "load/changed_lines.h"

namespace wicket::cli {

/// Lines that differ from a revision, and the folder that their files are named from.
struct Changes {
  std::string root;  // absolute, without links
  load::ChangedLines lines;
};

/// What the working tree has that `revision` has not: changed lines, and files that git does not know and does not
/// ignore. Runs git without a shell, and without hooks, pagers or programs that a configuration may name.
/// Errors: kInvalid for what is no revision; kNotFound outside of a repository or without git; kIo when git fails.
[[nodiscard]] Result<Changes> changes_since(const std::string& revision);

}  // namespace wicket::cli
