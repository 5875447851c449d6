// Files are looked at a few times a second instead of being told of by the kernel: editors, git and generators replace
// files and folders in ways that leave watches behind, some file systems tell nothing, and a look at a thousand files
// takes a few milliseconds. Looks that take long are made less often.
#include "cli/serve_watch.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/file_reader.h"
#include "load/discover.h"

namespace wicket::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kInterval(200);
constexpr int kShare = 20;  // a look takes at most one part in so many of the time

}  // namespace

std::string snapshot(const Watched& watched) {
  DiskReader reader;
  std::string text;
  const std::vector<std::string> paths = watched.paths.empty() ? std::vector<std::string>{"."} : watched.paths;
  for (const load::FoundFile& file : load::discover(paths, true, reader, watched.is_excluded).files) {
    struct stat facts {};
    const bool is_there = ::stat(file.path.c_str(), &facts) == 0;
    text += file.path;
    for (const auto number :
         {static_cast<long long>(facts.st_mtim.tv_sec), static_cast<long long>(facts.st_mtim.tv_nsec),
          static_cast<long long>(facts.st_size), static_cast<long long>(facts.st_ino)})
      text += ' ' + std::to_string(is_there ? number : -1);
    text += '\n';
  }
  return text;
}

void Watcher::run(const std::stop_token& stop, const Watched& watched, std::string known, bool watches,
                  const std::function<void()>& on_change) {
  std::string last = known;
  milliseconds pause = kInterval;
  while (true) {
    bool is_asked = false;
    {
      std::unique_lock lock(mutex_);
      if (watches) {
        wake_.wait_for(lock, stop, pause, [this] { return is_asked_; });
      } else {
        wake_.wait(lock, stop, [this] { return is_asked_; });
      }
      is_asked = std::exchange(is_asked_, false);
    }
    if (stop.stop_requested()) return;
    if (watches) {
      const auto start = steady_clock::now();
      std::string now = snapshot(watched);
      pause = std::max(kInterval, kShare * std::chrono::ceil<milliseconds>(steady_clock::now() - start));
      const bool is_settled = now == last;  // somebody may be in the middle of writing
      last = std::move(now);
      if (!is_asked && (!is_settled || last == known)) continue;
      known = last;
    }
    on_change();
  }
}

void Watcher::ask() {
  const std::scoped_lock lock(mutex_);
  is_asked_ = true;
  wake_.notify_all();
}

}  // namespace wicket::cli
