// Paths as the user names them ▸ files to read.
#pragma once

#include <string>
#include <vector>

#include "base/file_reader.h"
#include "load/load.h"

namespace wicket::load {

/// A file to read.
struct FoundFile {
  std::string path;
  bool named_explicitly = false;  // by the user, not found below a folder
};

struct Discovered {
  std::vector<FoundFile> files;
  std::vector<Failure> failures;
};

/// Walks folders for `.yaml`, `.yml` and `.json` files, in byte-wise order of their paths; passes over `.git`,
/// `node_modules` and, when told to, what `.gitignore` files exclude. Follows links; a folder that was seen is not
/// walked again. A pattern with `*`, `?` or `[` that names no file is expanded. Each file is listed once. What
/// `is_excluded` says is passed over as well, unless it is named.
[[nodiscard]] Discovered discover(const std::vector<std::string>& paths, bool honour_ignore_files, FileReader& reader,
                                  const IsExcluded& is_excluded = {});

}  // namespace wicket::load
