// The calls that move bytes are made here, on non-blocking descriptors that the loop tells once about each change. What
// is known of a socket, that there is something to read or room to write, holds until a call shows otherwise; so
// waiting costs no system call, and a read that is not full is known to be the last one for now.

#include "proxy/net.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <utility>

#include "base/ensure.h"
#include "proxy/loop_state.h"
#include "proxy/socket_address.h"
#include "proxy/tls_context.h"

namespace wicket::proxy {

struct Socket::State final : Watched, std::enable_shared_from_this<Socket::State> {
  State(Loop::State& owner, int descriptor, SocketEvents& listener) : loop(owner), fd(descriptor), events(&listener) {
    constexpr std::uint32_t kEverything = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    is_broken = !loop.watch(fd, kEverything, *this);
  }
  ~State() override {
    if (tls != nullptr) SSL_free(tls);
    if (fd >= 0) ::close(fd);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Loop::State& loop;
  int fd;
  SocketEvents* events;  // nullptr: nobody is interested any more
  bool waits_to_read = false;
  bool waits_to_write = false;
  bool may_read = false;   // as far as is known
  bool may_write = false;  // the same
  bool has_ended = false;  // no more comes from the peer than what is there
  bool is_broken = false;  // it cannot be watched
  bool is_queued = false;  // on_soon() will be called
  bool is_at_end = false;  // the end was read
  bool is_drained = true;  // TLS: the last read left nothing decrypted or half decrypted behind
  SSL* tls = nullptr;
  std::string name;  // of a server: SNI; of a client: what the certificate has to be for

  // ---- what the loop tells ----

  void on_events(std::uint32_t told) override {
    constexpr std::uint32_t kGone = EPOLLHUP | EPOLLERR;
    if ((told & (EPOLLIN | EPOLLRDHUP | kGone)) != 0) may_read = true;
    if ((told & (EPOLLRDHUP | kGone)) != 0) has_ended = true;
    if ((told & (EPOLLOUT | kGone)) != 0) may_write = true;
    call_back();
  }
  void on_soon() override {
    is_queued = false;
    call_back();
  }

  // What came with the last record may be there still, and no event will tell.
  [[nodiscard]] bool can_read() const {
    return may_read || is_broken || (tls != nullptr && !is_drained && SSL_has_pending(tls) == 1);
  }

  void call_back() {
    const std::shared_ptr<State> self = shared_from_this();
    if (waits_to_write && (may_write || is_broken) && events != nullptr) {
      waits_to_write = false;
      const Turn turn(loop);
      events->on_writable();
    }
    if (waits_to_read && can_read() && events != nullptr) {
      waits_to_read = false;
      const Turn turn(loop);
      events->on_readable();
    }
  }

  void call_back_soon() {
    if (std::exchange(is_queued, true)) return;
    loop.soon(shared_from_this());
  }

  // ---- bytes ----

  ssize_t receive(char* into, std::size_t size) {
    const ssize_t count = ::recv(fd, into, size, 0);
    const bool is_all = count < 0 ? errno == EAGAIN : static_cast<std::size_t>(count) < size && !has_ended;
    if (is_all) may_read = false;
    if (count == 0 && size != 0) is_at_end = true;
    return count;
  }
  ssize_t send(const char* bytes, std::size_t size) {
    const ssize_t count = ::send(fd, bytes, size, MSG_NOSIGNAL);
    if (count < 0 && errno == EAGAIN) may_write = false;
    return count;
  }

  IoResult tls_result(int result) const {
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

  void start_tls(TlsContext& context);
};

namespace {

// TLS reads and writes through the same two calls as others do.

Socket::State& state_of(BIO* bio) { return *static_cast<Socket::State*>(BIO_get_data(bio)); }

int bio_read(BIO* bio, char* into, int size) {
  BIO_clear_retry_flags(bio);
  const ssize_t count = state_of(bio).receive(into, static_cast<std::size_t>(size));
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
  return static_cast<int>(count);
}

int bio_write(BIO* bio, const char* bytes, int size) {
  BIO_clear_retry_flags(bio);
  const ssize_t count = state_of(bio).send(bytes, static_cast<std::size_t>(size));
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
  return static_cast<int>(count);
}

long bio_control(BIO* bio, int command, long /*number*/, void* /*pointer*/) {  // NOLINT(google-runtime-int): OpenSSL's
  if (command == BIO_CTRL_FLUSH) return 1;
  return command == BIO_CTRL_EOF && state_of(bio).is_at_end ? 1 : 0;
}

const BIO_METHOD* socket_method() {
  static const BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
    BIO_meth_set_read(made, &bio_read);
    BIO_meth_set_write(made, &bio_write);
    BIO_meth_set_ctrl(made, &bio_control);
    return made;
  }();
  return method;
}

}  // namespace

void Socket::State::start_tls(TlsContext& context) {
  tls = context.open_session();
  BIO* bio = BIO_new(socket_method());
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
  SSL_set_bio(tls, bio, bio);
}

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
  ::getsockopt(state_->fd, SOL_SOCKET, SO_ERROR, &number, &size);
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
  const ssize_t count = state_->receive(into.data(), into.size());
  if (count > 0) return {.bytes = static_cast<std::size_t>(count)};
  if (count == 0) return {.status = IoStatus::kEnd};
  return {.status = errno == EAGAIN || errno == EINTR ? IoStatus::kAgain : IoStatus::kError};
}

IoResult Socket::peek(char& first) {
  const ssize_t count = ::recv(state_->fd, &first, 1, MSG_PEEK);
  if (count < 0 && errno == EAGAIN) state_->may_read = false;
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
  const ssize_t count = state_->send(bytes.data(), bytes.size());
  if (count >= 0) return {.bytes = static_cast<std::size_t>(count)};
  return {.status = errno == EAGAIN || errno == EINTR ? IoStatus::kAgain : IoStatus::kError};
}

void Socket::wait_readable() {
  if (state_->waits_to_read || state_->fd < 0) return;
  state_->waits_to_read = true;
  if (state_->can_read()) state_->call_back_soon();
}

void Socket::wait_writable() {
  if (state_->waits_to_write || state_->fd < 0) return;
  state_->waits_to_write = true;
  if (state_->may_write || state_->is_broken) state_->call_back_soon();
}

void Socket::shutdown_write() {
  if (state_->tls != nullptr) SSL_shutdown(state_->tls);  // says so; the other half stays open
  ::shutdown(state_->fd, SHUT_WR);
}

void Socket::close() {
  state_->events = nullptr;
  if (state_->fd < 0) return;
  if (state_->tls != nullptr && SSL_is_init_finished(state_->tls) == 1) SSL_shutdown(state_->tls);
  ::close(std::exchange(state_->fd, -1));
  state_->loop.keep(state_);
}

Endpoint Socket::local() const { return local_of(state_->fd); }

Endpoint Socket::remote() const {
  SocketAddress address{{}, sizeof(sockaddr_storage)};
  if (::getpeername(state_->fd, address.get(), &address.size) != 0) return {};
  return endpoint_of(address);
}

void Socket::start_tls_server(TlsContext& context) {
  state_->start_tls(context);
  SSL_set_app_data(state_->tls, &state_->name);  // for the choice of a chain, which comes before OpenSSL's own
  SSL_set_accept_state(state_->tls);
}

void Socket::start_tls_client(TlsContext& context, PeerNames names) {
  state_->start_tls(context);
  state_->name = std::move(names.expected);
  SSL_set_app_data(state_->tls, &state_->name);
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

}  // namespace wicket::proxy
