#include "proxy/upstream_pool.h"

#include <fmt/format.h>

#include <algorithm>

#include "proxy/limits.h"
#include "proxy/upstream_side.h"

namespace wicket::proxy {
namespace {

// Connections that may stand for each other.
std::string key_of(const Endpoint& endpoint, const UpstreamTls* tls) {
  return tls == nullptr ? endpoint.text()
                        : fmt::format("{} {} {}", endpoint.text(), tls->sni, fmt::ptr(tls->context.get()));
}

}  // namespace

UpstreamPool::~UpstreamPool() = default;

std::shared_ptr<UpstreamStream> UpstreamPool::open(const Endpoint& endpoint,
                                                   const std::shared_ptr<const UpstreamTls>& tls,
                                                   UpstreamEvents& events) {
  std::string key = key_of(endpoint, tls.get());
  std::vector<std::shared_ptr<UpstreamSide>>& idle = idle_[key];
  std::shared_ptr<UpstreamSide> connection;
  if (!idle.empty()) {
    connection = std::move(idle.back());
    idle.pop_back();
  } else {
    connection = std::make_shared<UpstreamSide>(loop_, *this, std::move(key), endpoint, tls);
    connection->connect();
  }
  connection->begin(events);
  busy_.insert(connection);
  return connection;
}

void UpstreamPool::give_back(const std::shared_ptr<UpstreamSide>& connection) {
  busy_.erase(connection);
  std::vector<std::shared_ptr<UpstreamSide>>& idle = idle_[connection->key()];
  idle.push_back(connection);
  if (idle.size() <= limits::kMaxIdle) return;
  const std::shared_ptr<UpstreamSide> oldest = idle.front();
  oldest->cancel();
}

void UpstreamPool::remove(const std::shared_ptr<UpstreamSide>& connection) {
  loop_.bury(connection);
  busy_.erase(connection);
  if (const auto idle = idle_.find(connection->key()); idle != idle_.end()) std::erase(idle->second, connection);
}

void UpstreamPool::check_deadlines(std::chrono::steady_clock::time_point now) {
  std::vector<std::shared_ptr<UpstreamSide>> all(busy_.begin(), busy_.end());
  for (const auto& [key, idle] : idle_) all.insert(all.end(), idle.begin(), idle.end());
  for (const std::shared_ptr<UpstreamSide>& connection : all) connection->check_deadline(now);
}

}  // namespace wicket::proxy
