#include "proxy/worker.h"

#include <fmt/chrono.h>

#include <utility>

#include "proxy/client_side.h"
#include "proxy/limits.h"

namespace wicket::proxy {

Worker::Worker(const TableSlot& slot, const ServeSettings& all_settings, const Services& all_services)
    : table(slot), settings(all_settings), services(all_services), pool(loop) {}

Worker::~Worker() = default;

const std::string& Worker::date() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  if (now == date_at_) return date_;
  date_at_ = now;
  date_ = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
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

void Worker::start() {
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
  drained_ = std::move(done);
  const std::vector<std::shared_ptr<ClientSide>> clients(clients_.begin(), clients_.end());
  for (const std::shared_ptr<ClientSide>& client : clients) client->drain();
  if (clients_.empty() && drained_) loop.post(std::exchange(drained_, nullptr));
}

}  // namespace wicket::proxy
