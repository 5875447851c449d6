// The place where loops find what to serve.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "proxy/serving_set.h"

namespace wicket::proxy {

/// A mutex around copying a pointer: libstdc++ 12's atomic shared_ptr is not lock-free either, and has a race inside
/// it.
class TableSlot {
 public:
  [[nodiscard]] std::shared_ptr<const ServingSet> load() const {
    const std::scoped_lock lock(mutex_);
    return set_;
  }
  void publish(std::shared_ptr<const ServingSet> set) {
    const std::scoped_lock lock(mutex_);
    set_ = std::move(set);
    version_.fetch_add(1, std::memory_order_release);
  }
  /// Changes with each publish().
  [[nodiscard]] std::uint64_t version() const { return version_.load(std::memory_order_acquire); }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const ServingSet> set_;
  std::atomic<std::uint64_t> version_{0};
};

/// One loop's own copy of the pointer, renewed when there is something new: no lock on the way of a request.
class TableView {
 public:
  explicit TableView(const TableSlot& slot) : slot_(slot) {}

  [[nodiscard]] const std::shared_ptr<const ServingSet>& current() {
    if (const std::uint64_t version = slot_.version(); version != version_) {
      set_ = slot_.load();
      version_ = version;
    }
    return set_;
  }

 private:
  const TableSlot& slot_;
  std::uint64_t version_ = 0;
  std::shared_ptr<const ServingSet> set_;
};

}  // namespace wicket::proxy
