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
#include "proxy/net.h"
#include "proxy/random.h"
#include "proxy/services.h"
#include "proxy/table_slot.h"
#include "proxy/upstream_pool.h"

namespace wicket::proxy {

class ClientSide;

/// What all loops are started with. Outlives them.
struct ServeSettings {
  std::vector<ServedPort> ports;
  bool maps_headers = true;  // Host and Location (host_mapping.h)
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
  std::unordered_set<std::shared_ptr<void>> detached;  // what nobody waits for, until it is through

  /// The value of a Date header, renewed once a second.
  [[nodiscard]] const std::string& date();

  /// Keeps a connection until it takes itself out.
  void add(std::shared_ptr<ClientSide> client);
  void remove(const std::shared_ptr<ClientSide>& client);
  [[nodiscard]] std::size_t client_count() const { return clients_.size(); }
  /// Begins to look after deadlines.
  void start();
  /// Closes idle connections now and the others behind their next answer; calls back when none is left.
  void drain(std::function<void()> done);
  [[nodiscard]] bool is_draining() const { return draining_; }

 private:
  void tick();

  std::unordered_set<std::shared_ptr<ClientSide>> clients_;
  Timer tick_timer_;
  bool draining_ = false;
  std::function<void()> drained_;
  std::string date_;
  std::chrono::sys_seconds date_at_{};
};

}  // namespace wicket::proxy
