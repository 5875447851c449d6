// What belongs to one loop: its sockets, its pool of upstream connections, its share of chance.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "proxy/host_mapping.h"
#include "proxy/metrics.h"
#include "proxy/net.h"
#include "proxy/random.h"
#include "proxy/services.h"
#include "proxy/table_slot.h"
#include "proxy/upstream_pool.h"

namespace wicket::proxy {

class ClientSide;

/// What all loops are started with. Outlives them.
struct ServeSettings {
  bool maps_headers = true;  // Host and Location (host_mapping.h)
};

/// A port, as one loop has it.
struct OpenPort {
  std::shared_ptr<const ServedPort> port;
  std::shared_ptr<TlsContext> tls;  // nullptr: plaintext alone
  std::unique_ptr<Acceptor> acceptor;
};

class Worker {
 public:
  Worker(const TableSlot& slot, const ServeSettings& settings, const Services& services);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  Loop loop;  // first: sockets must not outlive it
  TableView table;
  const ServeSettings& settings;
  const Services& services;
  Random random;
  UpstreamPool pool;
  Metrics metrics;
  std::unordered_set<std::shared_ptr<void>> detached;  // what nobody waits for, until it is through

  /// Where all ports are served, this loop's own copy.
  std::vector<ServedPort> ports;

  /// Takes a port. Accepts once start() was called.
  void open(OpenPort port);
  /// What an open port is from now on.
  void change(const std::shared_ptr<const ServedPort>& port, const std::shared_ptr<TlsContext>& tls);
  /// Takes no more connections there, and ends those that there are behind their requests.
  void close(const ServedPort& port);

  /// The value of a Date header, renewed once a second.
  [[nodiscard]] const std::string& date();

  /// Keeps a connection until it takes itself out.
  void add(std::shared_ptr<ClientSide> client);
  void remove(const std::shared_ptr<ClientSide>& client);
  [[nodiscard]] std::size_t client_count() const { return clients_.size(); }
  /// Begins to accept and to look after deadlines.
  void start();
  /// Closes idle connections now and the others behind their next answer; calls back when none is left.
  void drain(std::function<void()> done);
  [[nodiscard]] bool is_draining() const { return draining_; }

 private:
  void tick();
  void accept_at(OpenPort& port);
  [[nodiscard]] OpenPort* find(const ServedPort& port);

  std::vector<std::unique_ptr<OpenPort>> open_ports_;
  bool started_ = false;
  std::unordered_set<std::shared_ptr<ClientSide>> clients_;
  Timer tick_timer_;
  bool draining_ = false;
  std::function<void()> drained_;
  std::string date_;
  std::chrono::steady_clock::time_point date_until_{};
};

}  // namespace wicket::proxy
