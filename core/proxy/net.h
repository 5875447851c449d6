// Loops, sockets and timers: what the proxy asks of the operating system. Asio and OpenSSL stay behind it.
//
// A loop belongs to one thread, and so does everything made with it; only post() and stop() may be called from others.
// Readiness is reported, I/O is done by the owner: what is buffered here is at most the first bytes of what arrived.
#pragma once

#include <sys/uio.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wicket::proxy {

class TlsContext;

/// Something whose output is written when the events that are there have been handled, so that what was appended until
/// then goes out in one piece.
class Flushable {
 public:
  virtual ~Flushable() = default;
  virtual void flush() = 0;

 private:
  friend class Loop;
  bool is_queued_ = false;
};

/// The time, some milliseconds late, and cheaper for it: for what counts in seconds.
[[nodiscard]] std::chrono::steady_clock::time_point coarse_now();

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
  /// Calls back for each of these signals, with its number.
  void on_signals(std::initializer_list<int> signals, std::function<void(int)> call);

  /// Flushes soon, once for any number of calls; the object has to live until then, see bury().
  void flush_later(Flushable& object);
  /// Keeps an object until everything has been flushed: it may be in the middle of a call.
  void bury(std::shared_ptr<void> object);

  struct State;
  [[nodiscard]] State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

/// Calls back once, unless it is cancelled, started again or destroyed before.
class Timer {
 public:
  Timer() = default;
  ~Timer() { cancel(); }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  void start(Loop& loop, std::chrono::milliseconds delay, std::function<void()> call);
  void cancel();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// An address and a port.
struct Endpoint {
  std::string address;  // of IP, without brackets
  std::uint16_t port = 0;

  /// "127.0.0.1:80", "[::1]:80".
  [[nodiscard]] std::string text() const;
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// Whether the text is an IP address, without brackets.
[[nodiscard]] bool is_address(const std::string& text);

/// The endpoint's address, looked up when it is a name. Errors: kNotFound.
[[nodiscard]] Result<Endpoint> resolve(const std::string& host, std::uint16_t port);

enum class IoStatus : std::uint8_t {
  kDone,
  kAgain,  // not now: wait
  kEnd,    // the peer has finished sending
  kError
};

struct IoResult {
  IoStatus status = IoStatus::kDone;
  std::size_t bytes = 0;
};

class SocketEvents {
 public:
  virtual ~SocketEvents() = default;
  virtual void on_readable() = 0;
  virtual void on_writable() = 0;
};

/// A connected TCP socket, plain or under TLS. Closed when destroyed; no call comes after that.
class Socket {
 public:
  /// Takes a connected descriptor over.
  Socket(Loop& loop, int descriptor, SocketEvents& events);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  /// Begins to connect; on_writable() tells that it is over, error() how it went. Errors: kIo.
  [[nodiscard]] static Result<std::unique_ptr<Socket>> connect(Loop& loop, const Endpoint& to, SocketEvents& events);
  /// Of a connection that was being made; empty: it is there.
  [[nodiscard]] std::string error() const;

  [[nodiscard]] IoResult read(std::span<char> into);
  /// One piece, and perhaps the one behind it as well; how many bytes of the two together.
  [[nodiscard]] IoResult write(std::string_view bytes, std::string_view more = {});
  /// One call to on_readable() or on_writable(); asking twice is asking once.
  void wait_readable();
  void wait_writable();
  [[nodiscard]] bool is_waiting_to_write() const;
  /// No more is sent; what the peer sends can still be read.
  void shutdown_write();
  void close();

  [[nodiscard]] Endpoint local() const;
  [[nodiscard]] Endpoint remote() const;

  /// From here on everything goes through TLS. As a server the context chooses a certificate by the client's SNI.
  void start_tls_server(TlsContext& context);
  /// As a client, which asks for the server name `sni` and wants a certificate for `expected`; empty: neither.
  struct PeerNames {
    std::string sni;
    std::string expected;
  };
  void start_tls_client(TlsContext& context, PeerNames names);
  /// Goes on with the handshake: kDone when it is through, kAgain after having arranged for another event.
  [[nodiscard]] IoStatus handshake();
  /// What the TLS library has to say about a failure.
  [[nodiscard]] std::string tls_error() const;
  [[nodiscard]] bool is_tls() const;
  /// Looks at the first byte that has arrived since wait_readable(), and leaves it where it is.
  [[nodiscard]] IoResult peek(char& first);
  /// The server name that the client asked for, in lower case; empty: none. There once its first message is.
  [[nodiscard]] std::string sni() const;

  struct State;

 private:
  std::shared_ptr<State> state_;
};

/// A listening socket of one loop. Several loops may share one address.
class Acceptor {
 public:
  ~Acceptor();
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  /// Binds and listens; port 0 takes any. Errors: kPermission (a port for root), kIo (taken, or no such address).
  [[nodiscard]] static Result<std::unique_ptr<Acceptor>> open(const Endpoint& at);
  [[nodiscard]] Endpoint local() const;
  /// Hands over each connection's descriptor, from the loop's thread.
  void start(Loop& loop, std::function<void(int)> on_connection);
  void close();

  struct State;

 private:
  explicit Acceptor(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

/// Whether something listens there already. Sharing an address is asked for by each of our loops, and would succeed
/// beside another process of ours as well.
[[nodiscard]] Result<void> probe(const Endpoint& at);

}  // namespace wicket::proxy
