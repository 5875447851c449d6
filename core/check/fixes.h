// From findings to edits of files.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "check/diagnostic.h"

namespace wicket::check {

/// What is to be done to one file.
struct FileRepair {
  FileId file{};
  std::vector<Edit> edits;  // by place, none touching another
  std::size_t findings = 0;
};

/// The repairs of the findings, in the order of files. `least`: kSafe leaves suggestions alone. Of two repairs that
/// meet in one place the first is taken: the other's finding comes again when the file is read again.
[[nodiscard]] std::vector<FileRepair> plan_repairs(const std::vector<Diagnostic>& findings, Safety least);

/// The bytes after the edits; all other bytes are as they were.
[[nodiscard]] std::string apply_edits(std::string_view bytes, const std::vector<Edit>& edits);

}  // namespace wicket::check
