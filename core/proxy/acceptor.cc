#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <utility>

#include "base/ensure.h"
#include "proxy/limits.h"
#include "proxy/loop_state.h"
#include "proxy/net.h"
#include "proxy/socket_address.h"

namespace wicket::proxy {

// Unlike others it is told again and again, as long as somebody waits to be accepted.
struct Acceptor::State final : Watched {
  int fd = -1;
  Endpoint local;
  Loop* loop = nullptr;
  Timer pause;
  std::function<void(int)> on_connection;

  State() = default;
  ~State() override { close(); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void close() {
    if (fd >= 0) ::close(std::exchange(fd, -1));
    pause.cancel();
  }

  void on_events(std::uint32_t /*events*/) override {
    if (fd < 0) return;
    const Turn turn(loop->state());
    for (std::size_t i = 0; i < limits::kAcceptBatch && fd >= 0; ++i) {
      const int client = ::accept4(fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (client < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS))
        return wait_a_bit();
      if (client < 0) return;  // none left, or one that is gone already
      set_no_delay(client);
      on_connection(client);
    }
  }

  // Out of descriptors: the queue would be reported at once again.
  void wait_a_bit() {
    loop->state().change(fd, 0, *this);
    pause.start(*loop, limits::kAcceptPause, [this] {
      if (fd >= 0) loop->state().change(fd, EPOLLIN, *this);
    });
  }
};

namespace {

Result<int> bound(const Endpoint& at, bool shared) {
  const std::optional<SocketAddress> address = address_of(at);
  if (!address) return failure(ErrorCode::kInvalid, fmt::format("{} is no address", at.address));
  const int fd = ::socket(address->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return failure(ErrorCode::kIo, error_text(errno));
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (shared) ::setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));
  if (::bind(fd, address->get(), address->size) != 0) {
    const int number = errno;
    ::close(fd);
    return failure(number == EACCES ? ErrorCode::kPermission : ErrorCode::kIo, error_text(number));
  }
  return fd;
}

}  // namespace

Acceptor::~Acceptor() { close(); }

Result<std::unique_ptr<Acceptor>> Acceptor::open(const Endpoint& at) {
  const Result<int> fd = bound(at, /*shared=*/true);
  if (!fd) return tl::unexpected<Error>(fd.error());
  auto state = std::make_shared<State>();
  state->fd = *fd;
  if (::listen(*fd, limits::kListenBacklog) != 0) return failure(ErrorCode::kIo, error_text(errno));
  state->local = local_of(*fd);
  return std::unique_ptr<Acceptor>(new Acceptor(std::move(state)));
}

Endpoint Acceptor::local() const { return state_->local; }

void Acceptor::start(Loop& loop, std::function<void(int)> on_connection) {
  state_->loop = &loop;
  state_->on_connection = std::move(on_connection);
  ENSURE(loop.state().watch(state_->fd, EPOLLIN, *state_), "room for a listening socket");
}

void Acceptor::close() {
  if (state_->loop != nullptr) state_->loop->state().keep(state_);
  state_->close();
}

Result<void> probe(const Endpoint& at) {
  const Result<int> fd = bound(at, /*shared=*/false);
  if (!fd) return tl::unexpected<Error>(fd.error());
  // an address in use shows only when one listens: SO_REUSEADDR lets two sockets bind it
  const bool free = ::listen(*fd, 1) == 0;
  const int number = errno;
  ::close(*fd);
  if (!free) return failure(ErrorCode::kIo, error_text(number));
  return {};
}

}  // namespace wicket::proxy
