// The scripts, one file each; completion chooses.
#pragma once

#include <string>

namespace wicket::cli {

/// For bash 3.2 and later.
[[nodiscard]] std::string bash_completion();

/// For zsh, sourced or as `_wicket` in a folder of $fpath.
[[nodiscard]] std::string zsh_completion();

/// For fish 3 and later.
[[nodiscard]] std::string fish_completion();

}  // namespace wicket::cli
