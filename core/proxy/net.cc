// Asio waits for bytes, timers and signals. What it reads is the little that ends a wait: an idle connection has no
// room for more, and its own reads leave a descriptor registered as it is, where waiting alone would register it anew.
// Every callback runs inside a Turn. When those that are due have run, queued output is written, then what was buried
// is destroyed: so a peer that gets several answers wakes up once.

#include "proxy/net.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <cerrno>
#include <ctime>
#include <optional>
#include <utility>

#include "proxy/byte_stream.h"
#include "proxy/limits.h"
#include "proxy/socket_address.h"
#include "proxy/tls_context.h"

namespace wicket::proxy {

namespace asio = boost::asio;
using Code = boost::system::error_code;
// of one kind of executor, which is cheaper than of any
using Executor = asio::io_context::executor_type;
using StreamSocket = asio::basic_stream_socket<asio::generic::stream_protocol, Executor>;
using Descriptor = asio::posix::basic_stream_descriptor<Executor>;
using SteadyTimer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

struct Loop::State {
  asio::io_context io{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};  // sockets are used by one thread; others may post
  asio::executor_work_guard<Executor> work = asio::make_work_guard(io);
  std::optional<asio::signal_set> signals;
  std::vector<Flushable*> to_flush;
  std::vector<std::shared_ptr<void>> graveyard, dying;
  bool settles_later = false;
  std::size_t turns = 0;  // since the last time that everything was settled

  void end_turn() {
    if (to_flush.empty() && graveyard.empty()) return;
    if (++turns >= limits::kTurnBatch) return settle();
    if (std::exchange(settles_later, true)) return;
    asio::post(io, [this] {
      settles_later = false;
      settle();
    });
  }

  void settle() {
    turns = 0;
    for (std::size_t i = 0; i < to_flush.size(); ++i) {  // grows while it is worked on
      Flushable& object = *to_flush[i];
      object.is_queued_ = false;
      object.flush();
    }
    to_flush.clear();
    while (!graveyard.empty()) {
      dying.swap(graveyard);
      dying.clear();  // which may bury others
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

}  // namespace

std::chrono::steady_clock::time_point coarse_now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC_COARSE, &time);  // begins where steady_clock does
  return std::chrono::steady_clock::time_point(std::chrono::seconds(time.tv_sec) +
                                               std::chrono::nanoseconds(time.tv_nsec));
}

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
  SteadyTimer timer;
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

// ---- socket ----

struct Socket::State : std::enable_shared_from_this<Socket::State> {
  State(Loop::State& owner, int fd, SocketEvents& listener)
      : loop(owner), socket(owner.io), events(&listener), stream(fd) {
    Code error;
    socket.assign(asio::generic::stream_protocol(AF_INET, IPPROTO_TCP), fd, error);  // the family has no say
    if (error) ::close(fd);                                                          // nothing will ever arrive
  }

  Loop::State& loop;
  StreamSocket socket;
  SocketEvents* events;  // nullptr: nobody is interested any more
  ByteStream stream;
  bool waits_to_read = false;
  bool waits_to_write = false;
  bool is_drained = true;  // TLS: the last read left nothing decrypted or half decrypted behind
  SSL* tls = nullptr;
  std::string name;  // of a server: SNI; of a client: what the certificate has to be for

  ~State() {
    if (tls != nullptr) SSL_free(tls);
  }

  void became_readable();

  void attach() {
    BIO* bio = stream.new_bio();
    SSL_set_bio(tls, bio, bio);
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
  ::getsockopt(state_->socket.native_handle(), SOL_SOCKET, SO_ERROR, &number, &size);
  return number == 0 ? std::string() : error_text(number);
}

IoResult Socket::read(std::span<char> into) {
  if (state_->tls == nullptr) return state_->stream.read(into);
  ERR_clear_error();
  const int count = SSL_read(state_->tls, into.data(), static_cast<int>(into.size()));
  state_->is_drained = count <= 0;
  if (count > 0) return {.bytes = static_cast<std::size_t>(count)};
  return state_->tls_result(count);
}

IoResult Socket::peek(char& first) { return state_->stream.peek(first); }

IoResult Socket::write(std::string_view bytes, std::string_view more) {
  if (bytes.empty()) bytes = std::exchange(more, {});
  if (bytes.empty()) return {};
  if (state_->tls == nullptr) return state_->stream.write(bytes, more);
  ERR_clear_error();
  const int count = SSL_write(state_->tls, bytes.data(), static_cast<int>(bytes.size()));
  if (count > 0) return {.bytes = static_cast<std::size_t>(count)};
  return state_->tls_result(count);
}

void Socket::State::became_readable() {
  waits_to_read = false;
  if (events == nullptr) return;
  const Turn turn(loop);
  events->on_readable();
}

void Socket::wait_readable() {
  if (state_->waits_to_read || !state_->socket.is_open()) return;
  state_->waits_to_read = true;
  const bool has_decrypted = state_->tls != nullptr && !state_->is_drained && SSL_has_pending(state_->tls) == 1;
  const std::span<char> room = state_->stream.room();
  if (has_decrypted || room.empty()) {  // no event would come
    asio::post(state_->loop.io, [state = state_] { state->became_readable(); });
    return;
  }
  state_->socket.async_receive(asio::buffer(room.data(), room.size()),
                               [state = state_](const Code& error, std::size_t count) {
                                 if (error) {
                                   state->stream.ended(error == asio::error::eof ? IoStatus::kEnd : IoStatus::kError);
                                 } else {
                                   state->stream.arrived(count);
                                 }
                                 state->became_readable();
                               });
}

void Socket::wait_writable() {
  if (state_->waits_to_write || !state_->socket.is_open()) return;
  state_->waits_to_write = true;
  state_->socket.async_wait(StreamSocket::wait_write, [state = state_](const Code& /*error*/) {
    state->waits_to_write = false;
    if (state->events == nullptr) return;
    const Turn turn(state->loop);
    state->events->on_writable();
  });
}

bool Socket::is_waiting_to_write() const { return state_->waits_to_write; }

void Socket::shutdown_write() {
  if (state_->tls != nullptr) SSL_shutdown(state_->tls);  // says so; the other half stays open
  ::shutdown(state_->socket.native_handle(), SHUT_WR);
}

void Socket::close() {
  state_->events = nullptr;
  if (!state_->socket.is_open()) return;
  if (state_->tls != nullptr && SSL_is_init_finished(state_->tls) == 1) SSL_shutdown(state_->tls);
  Code ignored;
  state_->socket.close(ignored);
}

Endpoint Socket::local() const { return local_of(state_->socket.native_handle()); }

Endpoint Socket::remote() const {
  SocketAddress address{{}, sizeof(sockaddr_storage)};
  if (::getpeername(state_->socket.native_handle(), address.get(), &address.size) != 0) return {};
  return endpoint_of(address);
}

void Socket::start_tls_server(TlsContext& context) {
  state_->tls = context.open_session();
  SSL_set_app_data(state_->tls, &state_->name);  // for the choice of a chain, which comes before OpenSSL's own
  state_->attach();
  SSL_set_accept_state(state_->tls);
}

void Socket::start_tls_client(TlsContext& context, PeerNames names) {
  state_->tls = context.open_session();
  state_->name = std::move(names.expected);
  SSL_set_app_data(state_->tls, &state_->name);
  state_->attach();
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
  std::optional<Descriptor> descriptor;
  std::optional<SteadyTimer> pause;
  std::function<void(int)> on_connection;

  ~State() {
    if (fd >= 0) ::close(fd);
  }

  void wait() {
    descriptor->async_wait(Descriptor::wait_read, [self = shared_from_this()](const Code& error) {
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
