// The inside of a loop, for those whose descriptors it watches.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "proxy/loop.h"

namespace wicket::proxy {

/// A descriptor that is watched.
class Watched {
 public:
  virtual ~Watched() = default;
  /// What epoll tells, as EPOLLIN and its like.
  virtual void on_events(std::uint32_t events) = 0;
  /// What was put off with Loop::State::soon().
  virtual void on_soon() {}
};

struct Loop::State {
  using Clock = std::chrono::steady_clock;
  using Timers = std::multimap<Clock::time_point, Timer::State*>;

  State();
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  /// Watches for these events until the descriptor is closed. False: the system has no room for another one.
  [[nodiscard]] bool watch(int descriptor, std::uint32_t events, Watched& watched);
  /// Asks for other events of a descriptor that is watched.
  void change(int descriptor, std::uint32_t events, Watched& watched);
  /// Keeps what was watched until no event that has been fetched is about it any more.
  void keep(std::shared_ptr<Watched> watched) { kept.push_back(std::move(watched)); }
  /// Calls on_soon() before the loop waits.
  void soon(std::shared_ptr<Watched> watched) { to_call.push_back(std::move(watched)); }

  void run();
  void end_turn();
  void wake();

  int epoll = -1;
  int wakeup = -1;  // written to by other threads
  std::atomic<bool> is_stopped = false;
  std::mutex mutex;
  std::vector<std::function<void()>> posted;  // under the mutex

  Timers timers;
  std::vector<Flushable*> to_flush;
  std::vector<std::shared_ptr<void>> graveyard;
  std::vector<std::shared_ptr<Watched>> kept;
  std::vector<std::shared_ptr<Watched>> to_call;
  std::unique_ptr<Watched> signals;

 private:
  [[nodiscard]] int patience() const;  // in milliseconds, as epoll_wait takes it
  void call_posted();
  void call_timers();
  void call_soon();
};

/// The scope of one callback: at its end queued output is written, then what was buried is destroyed.
class Turn {
 public:
  explicit Turn(Loop::State& loop) : loop_(loop) {}
  ~Turn() { loop_.end_turn(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  Loop::State& loop_;
};

}  // namespace wicket::proxy
