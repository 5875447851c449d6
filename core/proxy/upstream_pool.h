// Connections to upstreams that wait for their next request.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "proxy/net.h"
#include "proxy/serving_set.h"
#include "proxy/upstream.h"

namespace wicket::proxy {

class UpstreamSide;

/// Of one loop. The one used last is used first, so that those that are not needed get old.
class UpstreamPool {
 public:
  explicit UpstreamPool(Loop& loop) : loop_(loop) {}
  ~UpstreamPool();
  UpstreamPool(const UpstreamPool&) = delete;
  UpstreamPool& operator=(const UpstreamPool&) = delete;

  /// A connection to the endpoint, idle until now or being made. Events go to `events`, never before this returns.
  [[nodiscard]] std::shared_ptr<UpstreamStream> open(const Endpoint& endpoint,
                                                     const std::shared_ptr<const UpstreamTls>& tls,
                                                     UpstreamEvents& events);
  void check_deadlines(std::chrono::steady_clock::time_point now);

 private:
  friend class UpstreamSide;
  /// Its exchange is over and the connection is fit for another one.
  void give_back(const std::shared_ptr<UpstreamSide>& connection);
  void remove(const std::shared_ptr<UpstreamSide>& connection);

  Loop& loop_;
  std::unordered_map<std::string, std::vector<std::shared_ptr<UpstreamSide>>> idle_;  // by key
  std::unordered_set<std::shared_ptr<UpstreamSide>> busy_;
};

}  // namespace wicket::proxy
