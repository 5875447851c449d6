// Repairs files on the disk, or shows what would be repaired.
#pragma once

#include <cstddef>
#include <string>

#include "base/file_reader.h"
#include "base/result.h"
#include "base/source_set.h"
#include "check/fixes.h"

namespace wicket::cli {

/// The file as it is now, when it is still what was checked: the bytes below the edits are those that the findings were
/// about.
/// Errors: those of reading; kInvalid when it has changed since.
[[nodiscard]] Result<std::string> bytes_to_repair(const check::FileRepair& repair, const SourceSet& sources,
                                                  FileReader& reader);

/// Puts new bytes in place of a file: writes beside it, then renames, so that whoever reads it sees the old or the new
/// file and nothing between. Permissions stay; a link stays and what it leads to is replaced.
/// Errors: kPermission, kNotFound, kIo.
[[nodiscard]] Result<void> replace_file(const std::string& path, const std::string& bytes);

}  // namespace wicket::cli
