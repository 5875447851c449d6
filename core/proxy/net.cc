// Asio is used for readiness, timers and signals; the calls that move bytes are made here, on non-blocking descriptors.
// Every callback runs inside a Turn: at its end queued output is written, then what was buried is destroyed.

#include "proxy/net.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

#include "proxy/limits.h"
#include "proxy/tls_context.h"

namespace wicket::proxy {

namespace asio = boost::asio;
using Code = boost::system::error_code;

struct Loop::State {
  asio::io_context io{1};  // one thread
  asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(io);
  std::optional<asio::signal_set> signals;
  std::vector<Flushable*> to_flush;
  std::vector<std::shared_ptr<void>> graveyard;

  void end_turn() {
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
};

namespace {

// The scope of one callback.
class Turn {
 public:
  explicit Turn(Loop::State& loop) : loop_(loop) {}
  ~Turn() { loop_.end_turn(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  Loop::State& loop_;
};

std::string error_text(int number) { return std::generic_category().message(number); }

}  // namespace

// ---- loop ----

Loop::Loop() : state_(std::make_unique<State>()) {}
Loop::~Loop() = default;

void Loop::run() { state_->io.run(); }
void Loop::stop() { state_->io.stop(); }

void Loop::post(std::function<void()> call) {
  asio::post(state_->io, [state = state_.get(), call = std::move(call)] {
    const Turn turn(*state);
    call();
  });
}

namespace {

void wait_for_signal(Loop::State& state, const std::shared_ptr<std::function<void(int)>>& call) {
  state.signals->async_wait([&state, call](const Code& error, int signal) {
    if (error) return;
    const Turn turn(state);
    (*call)(signal);
    wait_for_signal(state, call);
  });
}

}  // namespace

void Loop::on_signals(std::initializer_list<int> signals, std::function<void(int)> call) {
  state_->signals.emplace(state_->io);
  for (const int signal : signals) state_->signals->add(signal);
  wait_for_signal(*state_, std::make_shared<std::function<void(int)>>(std::move(call)));
}

void Loop::flush_later(Flushable& object) {
  if (object.is_queued_) return;
  object.is_queued_ = true;
  state_->to_flush.push_back(&object);
}

void Loop::bury(std::shared_ptr<void> object) { state_->graveyard.push_back(std::move(object)); }

// ---- timer ----

struct Timer::State {
  explicit State(asio::io_context& io) : timer(io) {}
  asio::steady_timer timer;
  std::function<void()> call;
  std::uint64_t generation = 0;
};

void Timer::start(Loop& loop, std::chrono::milliseconds delay, std::function<void()> call) {
  if (!state_) state_ = std::make_shared<State>(loop.state().io);
  state_->call = std::move(call);
  const std::uint64_t generation = ++state_->generation;
  state_->timer.expires_after(delay);
  state_->timer.async_wait([&turns = loop.state(), state = state_, generation](const Code& error) {
    if (error || state->generation != generation || !state->call) return;
    const Turn turn(turns);
    const std::function<void()> call_now = std::exchange(state->call, nullptr);
    call_now();
  });
}

void Timer::cancel() {
  if (!state_ || !state_->call) return;
  state_->call = nullptr;
  state_->timer.cancel();
}

// ---- addresses ----

std::string Endpoint::text() const {
  return address.find(':') == std::string::npos ? fmt::format("{}:{}", address, port)
                                                : fmt::format("[{}]:{}", address, port);
}

namespace {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
  [[nodiscard]] sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

std::optional<SocketAddress> address_of(const Endpoint& endpoint) {
  SocketAddress address;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
  if (::inet_pton(AF_INET, endpoint.address.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(endpoint.port);
    address.size = sizeof(sockaddr_in);
    return address;
  }
  if (::inet_pton(AF_INET6, endpoint.address.c_str(), &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(endpoint.port);
    address.size = sizeof(sockaddr_in6);
    return address;
  }
  return std::nullopt;
}

Endpoint endpoint_of(const SocketAddress& address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (address.storage.ss_family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&address.storage);
    ::inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof(text));
    return {text, ntohs(v6->sin6_port)};
  }
  const auto* v4 = reinterpret_cast<const sockaddr_in*>(&address.storage);
  ::inet_ntop(AF_INET, &v4->sin_addr, text, sizeof(text));
  return {text, ntohs(v4->sin_port)};
}

Endpoint local_of(int descriptor) {
  SocketAddress address{{}, sizeof(sockaddr_storage)};
  ::getsockname(descriptor, address.get(), &address.size);
  return endpoint_of(address);
}

void set_no_delay(int descriptor) {
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

}  // namespace

bool is_address(const std::string& text) { return address_of({text, 0}).has_value(); }

Result<Endpoint> resolve(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &found); error != 0)
    return failure(ErrorCode::kNotFound, fmt::format("no address for {}: {}", host, ::gai_strerror(error)));
  const addrinfo* best = found;
  for (const addrinfo* i = found; i != nullptr; i = i->ai_next)  // services on a laptop mostly listen there
    if (i->ai_family == AF_INET) {
      best = i;
      break;
    }
  SocketAddress address;
  std::memcpy(&address.storage, best->ai_addr, best->ai_addrlen);
  ::freeaddrinfo(found);
  Endpoint endpoint = endpoint_of(address);
  endpoint.port = port;
  return endpoint;
}

// ---- socket ----

struct Socket::State : std::enable_shared_from_this<Socket::State> {
  State(Loop::State& owner, int fd, SocketEvents& listener)
      : loop(owner), descriptor(owner.io, fd), events(&listener) {}

  Loop::State& loop;
  asio::posix::stream_descriptor descriptor;
  SocketEvents* events;  // nullptr: nobody is interested any more
  bool waits_to_read = false;
  bool waits_to_write = false;
  bool is_drained = true;  // TLS: the last read left nothing decrypted or half decrypted behind
  SSL* tls = nullptr;
  std::string name;  // of a server: SNI; of a client: what the certificate has to be for

  ~State() {
    if (tls != nullptr) SSL_free(tls);
  }

  IoResult tls_result(int result) {
    switch (SSL_get_error(tls, result)) {
      case SSL_ERROR_WANT_READ:
      case SSL_ERROR_WANT_WRITE:
        return {.status = IoStatus::kAgain};
      case SSL_ERROR_ZERO_RETURN:
        return {.status = IoStatus::kEnd};
      default:
        return {.status = IoStatus::kError};
    }
  }
};

Socket::Socket(Loop& loop, int descriptor, SocketEvents& events)
    : state_(std::make_shared<State>(loop.state(), descriptor, events)) {}

Socket::~Socket() { close(); }

Result<std::unique_ptr<Socket>> Socket::connect(Loop& loop, const Endpoint& to, SocketEvents& events) {
  const std::optional<SocketAddress> address = address_of(to);
  if (!address) return failure(ErrorCode::kInvalid, fmt::format("{} is no address", to.address));
  const int fd = ::socket(address->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return failure(ErrorCode::kIo, error_text(errno));
  set_no_delay(fd);
  if (::connect(fd, address->get(), address->size) != 0 && errno != EINPROGRESS) {
    const int number = errno;
    ::close(fd);
    return failure(ErrorCode::kIo, error_text(number));
  }
  auto socket = std::make_unique<Socket>(loop, fd, events);
  socket->wait_writable();
  return socket;
}

std::string Socket::error() const {
  int number = 0;
  socklen_t size = sizeof(number);
  ::getsockopt(state_->descriptor.native_handle(), SOL_SOCKET, SO_ERROR, &number, &size);
  return number == 0 ? std::string() : error_text(number);
}

IoResult Socket::read(std::span<char> into) {
  if (state_->tls != nullptr) {
    ERR_clear_error();
    const int count = SSL_read(state_->tls, into.data(), static_cast<int>(into.size()));
    state_->is_drained = count <= 0;
    if (count > 0) return {.bytes = static_cast<std::size_t>(count)};
    return state_->tls_result(count);
  }
  const ssize_t count = ::recv(state_->descriptor.native_handle(), into.data(), into.size(), 0);
  if (count > 0) return {.bytes = static_cast<std::size_t>(count)};
  if (count == 0) return {.status = IoStatus::kEnd};
  return {.status = errno == EAGAIN || errno == EINTR ? IoStatus::kAgain : IoStatus::kError};
}

IoResult Socket::peek(char& first) {
  const ssize_t count = ::recv(state_->descriptor.native_handle(), &first, 1, MSG_PEEK);
  if (count > 0) return {.bytes = 1};
  if (count == 0) return {.status = IoStatus::kEnd};
  return {.status = errno == EAGAIN || errno == EINTR ? IoStatus::kAgain : IoStatus::kError};
}

IoResult Socket::write(std::string_view bytes) {
  if (bytes.empty()) return {};
  if (state_->tls != nullptr) {
    ERR_clear_error();
    const int count = SSL_write(state_->tls, bytes.data(), static_cast<int>(bytes.size()));
    if (count > 0) return {.bytes = static_cast<std::size_t>(count)};
    return state_->tls_result(count);
  }
  const ssize_t count = ::send(state_->descriptor.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (count >= 0) return {.bytes = static_cast<std::size_t>(count)};
  return {.status = errno == EAGAIN || errno == EINTR ? IoStatus::kAgain : IoStatus::kError};
}

void Socket::wait_readable() {
  if (state_->waits_to_read || !state_->descriptor.is_open()) return;
  state_->waits_to_read = true;
  if (state_->tls != nullptr && !state_->is_drained && SSL_has_pending(state_->tls) == 1) {  // no event would come
    asio::post(state_->loop.io, [state = state_] {
      state->waits_to_read = false;
      if (state->events == nullptr) return;
      const Turn turn(state->loop);
      state->events->on_readable();
    });
    return;
  }
  state_->descriptor.async_wait(asio::posix::stream_descriptor::wait_read, [state = state_](const Code& /*error*/) {
    state->waits_to_read = false;
    if (state->events == nullptr) return;
    const Turn turn(state->loop);
    state->events->on_readable();
  });
}

void Socket::wait_writable() {
  if (state_->waits_to_write || !state_->descriptor.is_open()) return;
  state_->waits_to_write = true;
  state_->descriptor.async_wait(asio::posix::stream_descriptor::wait_write, [state = state_](const Code& /*error*/) {
    state->waits_to_write = false;
    if (state->events == nullptr) return;
    const Turn turn(state->loop);
    state->events->on_writable();
  });
}

void Socket::shutdown_write() {
  if (state_->tls != nullptr) SSL_shutdown(state_->tls);  // says so; the other half stays open
  ::shutdown(state_->descriptor.native_handle(), SHUT_WR);
}

void Socket::close() {
  state_->events = nullptr;
  if (!state_->descriptor.is_open()) return;
  if (state_->tls != nullptr && SSL_is_init_finished(state_->tls) == 1) SSL_shutdown(state_->tls);
  Code ignored;
  state_->descriptor.close(ignored);
}

Endpoint Socket::local() const { return local_of(state_->descriptor.native_handle()); }

Endpoint Socket::remote() const {
  SocketAddress address{{}, sizeof(sockaddr_storage)};
  if (::getpeername(state_->descriptor.native_handle(), address.get(), &address.size) != 0) return {};
  return endpoint_of(address);
}

void Socket::start_tls_server(TlsContext& context) {
  state_->tls = context.open_session();
  SSL_set_app_data(state_->tls, &state_->name);  // for the choice of a chain, which comes before OpenSSL's own
  SSL_set_fd(state_->tls, state_->descriptor.native_handle());
  SSL_set_accept_state(state_->tls);
}

void Socket::start_tls_client(TlsContext& context, PeerNames names) {
  state_->tls = context.open_session();
  state_->name = std::move(names.expected);
  SSL_set_app_data(state_->tls, &state_->name);
  SSL_set_fd(state_->tls, state_->descriptor.native_handle());
  SSL_set_connect_state(state_->tls);
  if (!names.sni.empty()) SSL_set_tlsext_host_name(state_->tls, names.sni.c_str());
}

IoStatus Socket::handshake() {
  ERR_clear_error();
  const int result = SSL_do_handshake(state_->tls);
  if (result == 1) {
    state_->is_drained = false;  // what the peer sent right behind may have come with its last record
    return IoStatus::kDone;
  }
  switch (SSL_get_error(state_->tls, result)) {
    case SSL_ERROR_WANT_READ:
      wait_readable();
      return IoStatus::kAgain;
    case SSL_ERROR_WANT_WRITE:
      wait_writable();
      return IoStatus::kAgain;
    default:
      return IoStatus::kError;
  }
}

std::string Socket::tls_error() const {
  const unsigned long number = ERR_peek_last_error();  // NOLINT(google-runtime-int): OpenSSL's type
  if (number == 0) return "the peer closed the connection";
  const char* reason = ERR_reason_error_string(number);
  return reason == nullptr ? "unknown error" : reason;
}

bool Socket::is_tls() const { return state_->tls != nullptr; }

std::string Socket::sni() const { return state_->name; }

// ---- acceptor ----

struct Acceptor::State : std::enable_shared_from_this<Acceptor::State> {
  int fd = -1;  // until start()
  Endpoint local;
  Loop::State* loop = nullptr;
  std::optional<asio::posix::stream_descriptor> descriptor;
  std::optional<asio::steady_timer> pause;
  std::function<void(int)> on_connection;

  ~State() {
    if (fd >= 0) ::close(fd);
  }

  void wait() {
    descriptor->async_wait(asio::posix::stream_descriptor::wait_read, [self = shared_from_this()](const Code& error) {
      if (error || !self->descriptor->is_open()) return;
      const Turn turn(*self->loop);
      self->accept();
    });
  }

  void accept() {
    for (std::size_t i = 0; i < limits::kAcceptBatch; ++i) {
      const int client = ::accept4(descriptor->native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (client < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS))
        return wait_a_bit();
      if (client < 0) break;  // none left, or one that is gone already
      set_no_delay(client);
      on_connection(client);
      if (!descriptor->is_open()) return;
    }
    wait();
  }

  // Out of descriptors: the queue would be reported as readable at once again.
  void wait_a_bit() {
    pause.emplace(loop->io, limits::kAcceptPause);
    pause->async_wait([self = shared_from_this()](const Code& error) {
      if (!error && self->descriptor->is_open()) self->wait();
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
  state_->loop = &loop.state();
  state_->descriptor.emplace(loop.state().io, std::exchange(state_->fd, -1));
  state_->on_connection = std::move(on_connection);
  state_->wait();
}

void Acceptor::close() {
  Code ignored;
  if (state_->descriptor) state_->descriptor->close(ignored);
  if (state_->pause) state_->pause->cancel();
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
