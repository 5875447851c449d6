// An event loop: what is ready, what is due, and what other threads ask for.
//
// A loop belongs to one thread, and so does everything made with it; only post() and stop() may be called from others.
#pragma once

#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>

namespace wicket::proxy {

/// Something whose output is written at the end of a turn, so that what was appended in one turn goes out in one piece.
class Flushable {
 public:
  virtual ~Flushable() = default;
  virtual void flush() = 0;

 private:
  friend class Loop;
  bool is_queued_ = false;
};

class Loop {
 public:
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Runs until stop().
  void run();
  void stop();
  /// Calls back from run().
  void post(std::function<void()> call);
  /// Calls back for each of these signals, with its number: of one loop of the process, once.
  void on_signals(std::initializer_list<int> signals, std::function<void(int)> call);

  /// Flushes at the end of this turn; the object has to live until then, see bury().
  void flush_later(Flushable& object);
  /// Keeps an object until the end of this turn: it may be in the middle of a call.
  void bury(std::shared_ptr<void> object);

  struct State;
  [[nodiscard]] State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

/// Calls back once, unless it is cancelled, started again or destroyed before.
class Timer {
 public:
  Timer();
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  /// Units: the call comes not before the delay is over, and up to a millisecond later.
  void start(Loop& loop, std::chrono::milliseconds delay, std::function<void()> call);
  void cancel();

  struct State;

 private:
  std::unique_ptr<State> state_;  // once it was started
};

}  // namespace wicket::proxy
