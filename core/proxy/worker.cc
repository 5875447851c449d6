#include "proxy/worker.h"

#include <fmt/chrono.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "proxy/client_side.h"
#include "proxy/limits.h"

namespace wicket::proxy {

Worker::Worker(const TableSlot& slot, const ServeSettings& all_settings, const Services& all_services)
    : table(slot), settings(all_settings), services(all_services), pool(loop) {}

Worker::~Worker() = default;

const std::string& Worker::date() {
  if (const auto now = coarse_now(); now >= date_until_) {
    const auto time = std::chrono::system_clock::now();
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    date_until_ = now + (second + std::chrono::seconds(1) - time);
    date_ = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(std::chrono::system_clock::to_time_t(second)));
  }
  return date_;
}

void Worker::add(std::shared_ptr<ClientSide> client) { clients_.insert(std::move(client)); }

void Worker::remove(const std::shared_ptr<ClientSide>& client) {
  const auto found = clients_.find(client);
  if (found == clients_.end()) return;
  loop.bury(*found);  // it may be the one that calls
  clients_.erase(found);
  if (draining_ && clients_.empty() && drained_) loop.post(std::exchange(drained_, nullptr));
}

OpenPort* Worker::find(const ServedPort& port) {
  const auto found =
      std::ranges::find_if(open_ports_, [&port](const auto& open) { return is_same(*open->port, port); });
  return found == open_ports_.end() ? nullptr : found->get();
}

void Worker::open(OpenPort port) {
  OpenPort& opened = *open_ports_.emplace_back(std::make_unique<OpenPort>(std::move(port)));
  if (started_) accept_at(opened);
}

void Worker::change(const std::shared_ptr<const ServedPort>& port, const std::shared_ptr<TlsContext>& tls) {
  OpenPort* const open = find(*port);
  if (open == nullptr) return;
  open->port = port;
  open->tls = tls;
}

void Worker::close(const ServedPort& port) {
  std::erase_if(open_ports_, [&port](const auto& open) { return is_same(*open->port, port); });
  const std::vector<std::shared_ptr<ClientSide>> clients(clients_.begin(), clients_.end());
  for (const std::shared_ptr<ClientSide>& client : clients)
    if (is_same(client->port(), port)) client->drain();
}

void Worker::accept_at(OpenPort& port) {
  port.acceptor->start(loop, [this, &port](int descriptor) {
    if (clients_.size() >= limits::kMaxClients) {
      ::close(descriptor);
      return;
    }
    const auto client = std::make_shared<ClientSide>(*this, port.port, descriptor, port.tls);
    add(client);
    client->start();
  });
}

void Worker::start() {
  if (!std::exchange(started_, true))
    for (const std::unique_ptr<OpenPort>& port : open_ports_) accept_at(*port);
  tick_timer_.start(loop, limits::kTick, [this] { tick(); });
}

void Worker::tick() {
  const auto now = std::chrono::steady_clock::now();
  const std::vector<std::shared_ptr<ClientSide>> clients(clients_.begin(), clients_.end());
  for (const std::shared_ptr<ClientSide>& client : clients) client->check_deadline(now);
  pool.check_deadlines(now);
  start();
}

void Worker::drain(std::function<void()> done) {
  draining_ = true;
  open_ports_.clear();
  drained_ = std::move(done);
  const std::vector<std::shared_ptr<ClientSide>> clients(clients_.begin(), clients_.end());
  for (const std::shared_ptr<ClientSide>& client : clients) client->drain();
  if (clients_.empty() && drained_) loop.post(std::exchange(drained_, nullptr));
}

}  // namespace wicket::proxy
