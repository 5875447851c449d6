// Notices that files have changed.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "load/load.h"

namespace wicket::cli {

/// What is looked at.
struct Watched {
  std::vector<std::string> paths;  // files and folders, as they are loaded; empty: the current folder
  load::IsExcluded is_excluded;
};

/// What the files below the paths looked like at one moment: a change of any of them changes it.
[[nodiscard]] std::string snapshot(const Watched& watched);

/// Looks again and again.
class Watcher {
 public:
  /// Calls back when what is watched differs from `known` and has stayed the same for one look, and each time that
  /// somebody asks for it; until it is told to stop. Looks at nothing when `watches` is false.
  void run(const std::stop_token& stop, const Watched& watched, std::string known, bool watches,
           const std::function<void()>& on_change);
  /// Has the call made soon, whether or not anything has changed. May be called from any thread.
  void ask();

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool is_asked_ = false;
};

}  // namespace wicket::cli
