// Assembly: listeners, loops, and the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>
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
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::size_t loops = 1;
  bool maps_headers = true;
};

/// Serves what the slot holds. Everything but publish() on the slot happens in run().
class Server {
 public:
  Server(const TableSlot& slot, Services services, ServerOptions options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Listens. Errors: kIo and kPermission, naming the port.
  [[nodiscard]] Result<void> listen(const std::vector<WantedPort>& wanted);
  /// Where each port is served.
  [[nodiscard]] const std::vector<ServedPort>& ports() const { return settings_.ports; }

  /// Serves until SIGTERM or SIGINT: the first one drains, the second one ends. `on_drain` is told about the first.
  void run(const std::function<void()>& on_drain);
  /// Ends run() as a signal would; may be called from any thread.
  void stop();

 private:
  [[nodiscard]] std::shared_ptr<TlsContext> tls_of(const WantedPort& port) const;
  void on_signal();
  void drain();
  void finish();

  const TableSlot& slot_;
  Services services_;
  ServerOptions options_;
  ServeSettings settings_;
  std::vector<std::shared_ptr<TlsContext>> contexts_;  // by port
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::vector<std::unique_ptr<Acceptor>>> acceptors_;  // by worker, then port
  std::vector<std::thread> threads_;
  std::function<void()> on_drain_;
  bool draining_ = false;
  std::size_t drained_ = 0;  // workers
  Timer patience_;
};

}  // namespace wicket::proxy
