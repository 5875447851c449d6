#include "cli/repository.h"

#include <filesystem>
#include <system_error>

namespace wicket::cli {

report::RepositoryPaths repository_paths() {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path here = fs::current_path(error);
  if (error) return {};
  for (fs::path folder = here;; folder = folder.parent_path()) {
    if (fs::exists(folder / ".git", error)) {
      const std::string prefix = here.lexically_relative(folder).generic_string();
      return {.root = folder == folder.root_path() ? "" : folder.generic_string(),
              .prefix = prefix == "." ? "" : prefix};
    }
    if (folder == folder.parent_path()) return {};
  }
}

}  // namespace wicket::cli
