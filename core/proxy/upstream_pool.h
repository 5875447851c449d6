// Connections to upstreams that wait for their next request.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "proxy/net.h"
#include "proxy/serving_set.h"
#include "proxy/upstream.h"

namespace wicket::proxy {

class UpstreamSide;

/// Where a connection goes: connections to one place may stand for each other.
struct UpstreamPlace {
  Endpoint endpoint;
  std::shared_ptr<const UpstreamTls> tls;  // nullptr: none
  std::string host;                        // of the requests, where TLS depends on it
};

/// The same, as somebody asks for it.
struct UpstreamQuery {
  const Endpoint& endpoint;
  const std::shared_ptr<const UpstreamTls>& tls;
  std::string_view authority;  // of the request
};

/// The connections to one place that are there, and how many of them are idle.
struct UpstreamGroup {
  std::vector<std::shared_ptr<UpstreamSide>> idle;
  std::size_t connections = 0;
};

/// Of one loop. The one used last is used first, so that those that are not needed get old. A connection that is idle
/// is found and given back without allocating.
class UpstreamPool {
 public:
  explicit UpstreamPool(Loop& loop) : loop_(loop) {}
  ~UpstreamPool();
  UpstreamPool(const UpstreamPool&) = delete;
  UpstreamPool& operator=(const UpstreamPool&) = delete;

  /// A connection to the place, idle until now or being made. Events go to `events`, never before this returns.
  [[nodiscard]] std::shared_ptr<UpstreamStream> open(const UpstreamQuery& query, UpstreamEvents& events);
  void check_deadlines(std::chrono::steady_clock::time_point now);

 private:
  friend class UpstreamSide;
  /// Its exchange is over and the connection is fit for another one.
  void give_back(const std::shared_ptr<UpstreamSide>& connection);
  void remove(const std::shared_ptr<UpstreamSide>& connection);

  struct Asked {  // a query with the host that makes a difference
    const Endpoint& endpoint;
    const UpstreamTls* tls;
    std::string_view host;
  };
  [[nodiscard]] static Asked asked(const UpstreamPlace& place) { return {place.endpoint, place.tls.get(), place.host}; }
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(const Asked& asked) const;
    std::size_t operator()(const UpstreamPlace& place) const { return (*this)(asked(place)); }
  };
  struct Same {
    using is_transparent = void;
    bool operator()(const Asked& a, const Asked& b) const;
    bool operator()(const UpstreamPlace& a, const Asked& b) const { return (*this)(asked(a), b); }
    bool operator()(const Asked& a, const UpstreamPlace& b) const { return (*this)(a, asked(b)); }
    bool operator()(const UpstreamPlace& a, const UpstreamPlace& b) const { return (*this)(asked(a), asked(b)); }
  };

  Loop& loop_;
  std::unordered_map<UpstreamPlace, UpstreamGroup, Hash, Same> groups_;  // none of them without connections
  std::vector<std::shared_ptr<UpstreamSide>> all_;                       // each knows where it stands here
};

}  // namespace wicket::proxy
