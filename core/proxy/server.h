// Assembly: listeners, loops, and the end.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "proxy/net.h"
#include "proxy/services.h"
#include "proxy/table_slot.h"
#include "proxy/worker.h"

namespace wicket::proxy {

/// A port of the gateway that is to be served.
struct WantedPort {
  std::uint32_t gateway_port = 0;
  std::string bind{};      // of the Gateway's server; tells listeners of one port apart
  std::uint16_t port = 0;  // to listen on; 0: any that is free
  bool may_move = false;   // to port + 8000 where it is for root alone
  bool is_tls = false;
  bool is_plain_too = false;  // beside TLS; without it no difference
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::size_t loops = 1;
  bool maps_headers = true;
};

/// What is told while the server runs, on its first loop's thread.
struct ServerEvents {
  std::function<void()> on_drain;   // no new connections from here on
  std::function<void()> on_hangup;  // SIGHUP
};

/// What became of a change of what is served.
struct Change {
  std::vector<ServedPort> ports;   // all that are served now
  std::vector<ServedPort> opened;  // of these
  std::vector<ServedPort> closed;
  std::vector<std::string> failures;  // ports that could not be opened, and why
};

/// Serves what the slot holds.
class Server {
 public:
  Server(TableSlot& slot, Services services, ServerOptions options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Listens, and takes signals from then on. Errors: kIo and kPermission, naming the port.
  [[nodiscard]] Result<void> listen(const std::vector<WantedPort>& wanted);
  /// Where each port is served, before run().
  [[nodiscard]] const std::vector<ServedPort>& ports() const { return ports_; }

  /// Serves until SIGTERM or SIGINT: the first one drains, the second one ends.
  void run(ServerEvents events);
  /// Ends run() as a signal would; may be called from any thread.
  void stop();

  /// Serves another set from now on, at these ports; may be called from any thread while the server runs, once at a
  /// time. Requests that are under way end on the set that they began with. Ports that are no longer wanted are closed
  /// before, new ones opened after the set is published, so that no request meets a table that does not know its port.
  /// `done` is called on the first loop's thread; not when the server ends before.
  void change(std::shared_ptr<const ServingSet> set, std::vector<WantedPort> wanted, std::function<void(Change)> done);

  /// The counts of each loop, for as long as the server is there.
  [[nodiscard]] std::vector<const Metrics*> metrics() const;
  [[nodiscard]] bool is_draining() const { return draining_; }

 private:
  struct Changing;

  [[nodiscard]] Result<ServedPort> open(const WantedPort& wanted, std::vector<OpenPort>& by_worker) const;
  [[nodiscard]] std::shared_ptr<TlsContext> tls_of(const WantedPort& port) const;
  void close_unwanted(const std::shared_ptr<Changing>& changing);
  void publish_and_open(const std::shared_ptr<Changing>& changing);
  void on_each(const std::function<void(Worker&)>& call, std::function<void()> then);
  void on_signal();
  void catch_signals();
  void drain();
  void finish();

  TableSlot& slot_;
  Services services_;
  ServerOptions options_;
  ServeSettings settings_;
  std::vector<ServedPort> ports_;  // the first loop's while the server runs
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::thread> threads_;
  ServerEvents events_;
  std::atomic<bool> draining_ = false;
  std::size_t drained_ = 0;  // workers
  Timer patience_;
};

}  // namespace wicket::proxy
