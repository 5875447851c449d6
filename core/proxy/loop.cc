// epoll tells of a descriptor when something has changed about it (EPOLLET): each is handed over once, when it is made,
// and no system call is needed to go on waiting. Who watches remembers what was told.

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "base/ensure.h"
#include "proxy/loop_state.h"

namespace wicket::proxy {
namespace {

constexpr std::size_t kBatch = 128;  // events fetched at a time

// Where the handler writes the numbers of signals to; -1: nowhere.
std::atomic<int> signal_pipe = -1;

void on_signal(int number) {
  const int before = errno;
  const auto byte = static_cast<unsigned char>(number);
  [[maybe_unused]] const ssize_t written = ::write(signal_pipe.load(std::memory_order_relaxed), &byte, 1);
  errno = before;
}

/// Reads the numbers again.
class Signals final : public Watched {
 public:
  Signals(Loop::State& loop, std::initializer_list<int> numbers, std::function<void(int)> call)
      : loop_(loop), call_(std::move(call)), numbers_(numbers) {
    ENSURE(::pipe2(ends_.data(), O_NONBLOCK | O_CLOEXEC) == 0, "a pipe");
    signal_pipe = ends_[1];
    ENSURE(loop_.watch(ends_[0], EPOLLIN, *this), "a pipe that is watched");
    for (const int number : numbers_) {
      struct sigaction action {};
      action.sa_handler = &on_signal;
      action.sa_flags = SA_RESTART;
      ::sigaction(number, &action, nullptr);
    }
  }
  ~Signals() override {
    for (const int number : numbers_) ::signal(number, SIG_DFL);
    signal_pipe = -1;
    for (const int end : ends_) ::close(end);
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  void on_events(std::uint32_t /*events*/) override {
    unsigned char number = 0;
    while (::read(ends_[0], &number, 1) == 1) {
      const Turn turn(loop_);
      call_(number);
    }
  }

 private:
  Loop::State& loop_;
  std::function<void(int)> call_;
  std::vector<int> numbers_;
  std::array<int, 2> ends_{};
};

}  // namespace

// ---- the loop ----

Loop::State::State() : epoll(::epoll_create1(EPOLL_CLOEXEC)), wakeup(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  ENSURE(epoll >= 0 && wakeup >= 0, "descriptors for a loop");
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = nullptr;
  ENSURE(::epoll_ctl(epoll, EPOLL_CTL_ADD, wakeup, &event) == 0, "a wake-up that is watched");
  // TLS writes to sockets without MSG_NOSIGNAL
  ::signal(SIGPIPE, SIG_IGN);
}

Loop::State::~State() {
  signals.reset();
  posted.clear();  // what these hold may still ask the loop to keep something
  to_call.clear();
  while (!graveyard.empty() || !kept.empty()) {
    const auto dead = std::exchange(graveyard, {});
    const auto unwatched = std::exchange(kept, {});
  }
  ::close(wakeup);
  ::close(epoll);
}

bool Loop::State::watch(int descriptor, std::uint32_t events, Watched& watched) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = &watched;
  return ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void Loop::State::change(int descriptor, std::uint32_t events, Watched& watched) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = &watched;
  ENSURE(::epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event) == 0, "a descriptor that is watched");
}

void Loop::State::wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(wakeup, &one, sizeof(one));
}

void Loop::State::end_turn() {
  for (std::size_t i = 0; i < to_flush.size(); ++i) {  // grows while it is worked on
    Flushable& object = *to_flush[i];
    object.is_queued_ = false;
    object.flush();
  }
  to_flush.clear();
  while (!graveyard.empty()) {
    const std::vector<std::shared_ptr<void>> dead = std::exchange(graveyard, {});
  }
}

int Loop::State::patience() const {
  if (!to_call.empty()) return 0;
  if (timers.empty()) return -1;
  constexpr std::chrono::milliseconds kLongest{60'000};
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(timers.begin()->first - Clock::now());
  return static_cast<int>(std::clamp(left, std::chrono::milliseconds(0), kLongest).count());
}

void Loop::State::run() {
  std::array<epoll_event, kBatch> events{};
  while (!is_stopped) {
    const int count = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), patience());
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      if (event.data.ptr == nullptr) {
        call_posted();
      } else {
        static_cast<Watched*>(event.data.ptr)->on_events(event.events);
      }
    }
    kept.clear();
    call_timers();
    call_soon();
  }
}

void Loop::State::call_posted() {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t read = ::read(wakeup, &count, sizeof(count));
  std::vector<std::function<void()>> calls;
  {
    const std::scoped_lock lock(mutex);
    calls.swap(posted);
  }
  for (const std::function<void()>& call : calls) {
    if (is_stopped) return;
    const Turn turn(*this);
    call();
  }
}

void Loop::State::call_soon() {
  for (const std::shared_ptr<Watched>& watched : std::exchange(to_call, {})) watched->on_soon();
}

// ---- timers ----

/// The node stays its own while it is not among the timers, so that starting again allocates nothing.
struct Timer::State {
  Loop::State* loop = nullptr;
  std::function<void()> call;
  Loop::State::Timers::iterator place;
  Loop::State::Timers::node_type node;
  bool is_running = false;

  void remove() {
    if (std::exchange(is_running, false)) node = loop->timers.extract(place);
  }
};

void Loop::State::call_timers() {
  if (timers.empty()) return;
  const Clock::time_point now = Clock::now();
  while (!timers.empty() && timers.begin()->first <= now && !is_stopped) {
    Timer::State& timer = *timers.begin()->second;
    timer.remove();
    const std::function<void()> call = std::exchange(timer.call, nullptr);
    const Turn turn(*this);
    call();
  }
}

Timer::Timer() = default;
Timer::~Timer() { cancel(); }

void Timer::start(Loop& loop, std::chrono::milliseconds delay, std::function<void()> call) {
  if (!state_) state_ = std::make_unique<State>();
  state_->remove();
  state_->loop = &loop.state();
  state_->call = std::move(call);
  Loop::State::Timers& timers = loop.state().timers;
  const Loop::State::Clock::time_point due = Loop::State::Clock::now() + delay;
  if (state_->node.empty()) {
    state_->place = timers.emplace(due, state_.get());
  } else {
    state_->node.key() = due;
    state_->place = timers.insert(std::move(state_->node));
  }
  state_->is_running = true;
}

void Timer::cancel() {
  if (!state_) return;
  state_->remove();
  state_->call = nullptr;
}

// ---- the face ----

Loop::Loop() : state_(std::make_unique<State>()) {}
Loop::~Loop() = default;

void Loop::run() { state_->run(); }

void Loop::stop() {
  state_->is_stopped = true;
  state_->wake();
}

void Loop::post(std::function<void()> call) {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->posted.push_back(std::move(call));
    if (state_->posted.size() > 1) return;  // it has been woken
  }
  state_->wake();
}

void Loop::on_signals(std::initializer_list<int> signals, std::function<void(int)> call) {
  state_->signals = std::make_unique<Signals>(*state_, signals, std::move(call));
}

void Loop::flush_later(Flushable& object) {
  if (object.is_queued_) return;
  object.is_queued_ = true;
  state_->to_flush.push_back(&object);
}

void Loop::bury(std::shared_ptr<void> object) { state_->graveyard.push_back(std::move(object)); }

}  // namespace wicket::proxy
