#include "cli/completion.h"

#include "cli/completion_parts.h"

namespace wicket::cli {

std::string completion_script(Shell shell) {
  switch (shell) {
    case Shell::kBash:
      return bash_completion();
    case Shell::kZsh:
      return zsh_completion();
    case Shell::kFish:
      return fish_completion();
  }
  return {};
}

}  // namespace wicket::cli
