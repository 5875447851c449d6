// What is served at the moment, for those who ask about it, and a voice for several threads.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/workspace.h"
#include "proxy/host_mapping.h"
#include "proxy/serving_set.h"

namespace wicket::cli {

/// What the files held when they were last served, and what it became. Immutable; published as a whole.
struct Served {
  std::shared_ptr<const proxy::ServingSet> set;
  std::shared_ptr<const model::Workspace> workspace;  // its bytes are those of set->sources
  std::vector<proxy::ServedPort> ports;
  std::vector<std::string> notes;     // what is not as the manifests want it
  std::uint64_t refused_reloads = 0;  // changes since the start that were not served
  std::string refusal;                // why the last change is not served; empty: it is
};

class ServedNow {
 public:
  [[nodiscard]] std::shared_ptr<const Served> load() const {
    const std::scoped_lock lock(mutex_);
    return served_;
  }
  void publish(Served served) {
    auto next = std::make_shared<const Served>(std::move(served));
    const std::scoped_lock lock(mutex_);
    served_ = std::move(next);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Served> served_;
};

/// Standard error, for threads that would otherwise talk at the same time.
class Voice {
 public:
  explicit Voice(std::ostream& err) : err_(err) {}
  /// Says a line, or several that end in a line break.
  void say(std::string_view text) {
    const std::scoped_lock lock(mutex_);
    err_ << text << (text.ends_with('\n') ? "" : "\n") << std::flush;
  }

 private:
  std::mutex mutex_;
  std::ostream& err_;
};

}  // namespace wicket::cli
