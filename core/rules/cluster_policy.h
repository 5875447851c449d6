// How a cluster is talked to: what a DestinationRule says, settled for one port and subset. Numbers that nobody set are
// those that Envoy would use.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/span.h"

namespace wicket::rules {

inline constexpr std::uint32_t kUnlimited = std::numeric_limits<std::uint32_t>::max();

enum class Balancer : std::uint8_t {
  kLeastRequest,  // of two random endpoints that with fewer requests
  kRoundRobin,
  kRandom,
  kOriginalDestination,  // simple: PASSTHROUGH
  kRingHash,
  kMaglev,
};

/// What a request is hashed by, for ring hash and maglev (R-LB-2). An attribute of a route, not of the cluster.
struct HashKey {
  enum class Type : std::uint8_t { kHeader, kCookie, kSourceIp, kQueryParameter };
  Type type{};
  std::string name{};  // of the header, cookie or parameter
  std::string cookie_path{};
  std::optional<std::chrono::milliseconds> cookie_ttl{};  // set: a missing cookie is made, 0 for a session (R-LB-3)
  bool source_ip = true;                                  // useSourceIp: false hashes nothing
  Span span{};
};

struct Warmup {
  std::chrono::milliseconds duration{};
  double minimum_percent = 10;
  double aggression = 1;
};

struct LoadBalancing {
  Balancer balancer = Balancer::kLeastRequest;
  std::uint64_t minimum_ring_size = 1024;
  std::uint64_t table_size = 65537;  // maglev
  std::optional<HashKey> hash{};
  std::optional<Warmup> warmup{};
};

struct TcpKeepalive {
  std::optional<std::uint32_t> probes{};
  std::optional<std::chrono::seconds> time{};
  std::optional<std::chrono::seconds> interval{};
};

/// Circuit breakers and connections (R-CP-1).
struct ConnectionPool {
  std::uint32_t max_connections = kUnlimited;
  std::uint32_t max_pending_requests = kUnlimited;
  std::uint32_t max_requests = kUnlimited;
  std::uint32_t max_retries = kUnlimited;
  std::uint32_t max_requests_per_connection = 0;  // 0: no limit
  std::uint32_t max_concurrent_streams = 0;       // 0: Envoy's default
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(10);
  std::optional<std::chrono::milliseconds> http_idle_timeout{};
  std::optional<std::chrono::milliseconds> tcp_idle_timeout{};
  std::optional<std::chrono::milliseconds> max_connection_duration{};
  std::optional<TcpKeepalive> keepalive{};
};

/// Passive health checks (R-OD-1). A count of 0 switches that reason off.
struct OutlierDetection {
  std::uint32_t consecutive_5xx = 5;
  std::uint32_t consecutive_gateway_errors = 0;
  bool split_local_origin_errors = false;
  std::uint32_t consecutive_local_origin_failures = 5;
  std::chrono::milliseconds interval = std::chrono::seconds(10);
  std::chrono::milliseconds base_ejection_time = std::chrono::seconds(30);
  std::uint32_t max_ejection_percent = 10;
};

enum class UpstreamTlsMode : std::uint8_t { kDisable, kSimple, kMutual, kIstioMutual };

/// TLS towards the endpoints. Paths are those of the proxy's file system.
struct UpstreamTls {
  UpstreamTlsMode mode = UpstreamTlsMode::kDisable;
  std::string client_certificate{};
  std::string private_key{};
  std::string ca_certificates{};
  std::string ca_crl{};
  std::string credential_name{};
  std::string sni{};
  std::vector<std::string> subject_alt_names{};
  std::optional<bool> insecure_skip_verify{};
};

enum class UpstreamProtocol : std::uint8_t { kHttp1, kHttp2, kAsClient };

struct RetryBudget {
  double percent = 20;
  std::uint32_t min_concurrency = 3;
};

struct Tunnel {
  std::string protocol{};  // empty: CONNECT
  std::string target_host{};
  std::uint32_t target_port = 0;
};

struct ClusterPolicy {
  LoadBalancing load_balancing{};
  ConnectionPool pool{};
  std::optional<OutlierDetection> outlier_detection{};
  std::optional<std::uint32_t> panic_threshold{};  // percent of healthy endpoints below which all are used; nothing: 50
  std::optional<UpstreamTls> tls{};                // nothing: the DestinationRule does not say
  UpstreamProtocol protocol = UpstreamProtocol::kHttp1;  // R-DST-8
  std::optional<RetryBudget> retry_budget{};
  std::optional<Tunnel> tunnel{};
  std::uint32_t proxy_protocol = 0;  // version; 0: none
};

/// That of a cluster of which nothing is said.
[[nodiscard]] inline const std::shared_ptr<const ClusterPolicy>& usual_policy() {
  static const auto usual = std::make_shared<const ClusterPolicy>();
  return usual;
}

}  // namespace wicket::rules
