// Files → Workspace: finds, reads, splits, parses and decodes, on all cores.
#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/file_reader.h"
#include "base/source_set.h"
#include "model/workspace.h"

namespace wicket::load {

/// Whether a walk passes over a file or folder, for other reasons than .gitignore.
using IsExcluded = std::function<bool(const std::string& path, bool is_folder)>;

struct LoadOptions {
  std::vector<std::string> paths = {};  // files, folders, "-"; empty: the current folder
  std::string stdin_name = "<stdin>";   // what "-" is called in messages
  bool honour_ignore_files = true;      // .gitignore while walking folders
  std::size_t threads = 0;              // 0: one per core
  IsExcluded is_excluded = {};          // what a walk passes over besides; may be empty
  model::WorkspaceOptions workspace = {};
};

/// Something that could not be read at all; the rest of the input was.
struct Failure {
  std::string file;
  Error error;
};

/// The whole input. `workspace` holds views into `sources`.
struct Loaded {
  SourceSet sources;
  std::shared_ptr<const model::Workspace> workspace;
  std::vector<Failure> failures;
  std::size_t documents = 0;  // read
  std::size_t skipped = 0;    // of other kinds
};

/// Reads everything that `options.paths` names. Order of files: as named; below a folder by path, byte-wise.
/// Errors: never as a whole; each file that cannot be read is a Failure, everything wrong inside a file is a Problem.
[[nodiscard]] Loaded load(const LoadOptions& options, FileReader& reader, std::istream& standard_input);

}  // namespace wicket::load
