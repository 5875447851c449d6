// DestinationRule of networking.istio.io: subsets of a host, and how to talk to it.
// Names, order and meaning of the fields are those of the Istio API reference.
#pragma once

#include <cstdint>

#include "model/duration.h"
#include "model/spanned.h"
#include "model/virtual_service.h"

namespace wicket::model {

enum class ProxyProtocolVersion : std::uint8_t { kV1, kV2 };
enum class SimpleLB : std::uint8_t { kUnspecified, kLeastConn, kRandom, kPassthrough, kRoundRobin, kLeastRequest };
enum class H2UpgradePolicy : std::uint8_t { kDefault, kDoNotUpgrade, kUpgrade };
enum class ClientTlsMode : std::uint8_t { kDisable, kSimple, kMutual, kIstioMutual };

struct RingHash {
  NodeId node{};
  Spanned<std::uint64_t> minimum_ring_size;
};

struct MagLev {
  NodeId node{};
  Spanned<std::uint64_t> table_size;
};

struct CookieAttribute {
  NodeId node{};
  Text name;
  Text value;
};

struct HTTPCookie {
  NodeId node{};
  Text name;
  Text path;
  Spanned<Duration> ttl;
  List<CookieAttribute> attributes;
};

struct ConsistentHashLB {
  NodeId node{};
  Text http_header_name;
  Box<HTTPCookie> http_cookie;
  Spanned<bool> use_source_ip;
  Text http_query_parameter_name;
  Box<RingHash> ring_hash;
  Box<MagLev> maglev;
  Spanned<std::uint64_t> minimum_ring_size;
};

struct BackendUtilization {
  NodeId node{};
  Spanned<std::uint32_t> error_utilization_penalty_percent;
  List<Text> metric_names_for_computing_utilization;
  Spanned<Duration> weight_expiration_period;
  Spanned<Duration> weight_stabilization_period;
  Spanned<Duration> weight_update_period;
};

struct WarmupConfiguration {
  NodeId node{};
  Spanned<Duration> duration;
  Spanned<double> minimum_percent;
  Spanned<double> aggression;
};

struct LocalityDistribute {
  NodeId node{};
  Text from;
  Map<Spanned<std::uint32_t>> to;
};

struct LocalityFailover {
  NodeId node{};
  Text from;
  Text to;
};

struct LocalityLoadBalancerSetting {
  NodeId node{};
  List<LocalityDistribute> distribute;
  List<LocalityFailover> failover;
  List<Text> failover_priority;
  Spanned<bool> enabled;
};

struct ZoneFailover {
  NodeId node{};
  Text from;
  Text to;
};

struct ZoneAwareLoadBalancerSetting {
  NodeId node{};
  Spanned<bool> enabled;
  List<ZoneFailover> failover;
  List<Text> failover_priority;
  Spanned<std::uint64_t> min_cluster_size;
};

struct LoadBalancerSettings {
  NodeId node{};
  Spanned<SimpleLB> simple;
  Box<ConsistentHashLB> consistent_hash;
  Box<LocalityLoadBalancerSetting> locality_lb_setting;
  Box<ZoneAwareLoadBalancerSetting> zone_aware_lb_setting;
  Spanned<Duration> warmup_duration_secs;
  Box<WarmupConfiguration> warmup;
  Box<BackendUtilization> backend_utilization;
};

struct TcpKeepalive {
  NodeId node{};
  Spanned<std::uint32_t> probes;
  Spanned<Duration> time;
  Spanned<Duration> interval;
};

struct TCPSettings {
  NodeId node{};
  Spanned<std::int32_t> max_connections;
  Spanned<Duration> connect_timeout;
  Box<TcpKeepalive> tcp_keepalive;
  Spanned<Duration> max_connection_duration;
  Spanned<Duration> idle_timeout;
};

struct ConnectionKeepalive {
  NodeId node{};
  Spanned<Duration> interval;
  Spanned<Duration> timeout;
};

struct HTTPSettings {
  NodeId node{};
  Spanned<std::int32_t> http1_max_pending_requests;
  Spanned<std::int32_t> http2_max_requests;
  Spanned<std::int32_t> max_requests_per_connection;
  Spanned<std::int32_t> max_retries;
  Spanned<Duration> idle_timeout;
  Spanned<H2UpgradePolicy> h2_upgrade_policy;
  Spanned<bool> use_client_protocol;
  Spanned<std::int32_t> max_concurrent_streams;
  Box<ConnectionKeepalive> http2_keep_alive;
};

struct ConnectionPoolSettings {
  NodeId node{};
  Box<TCPSettings> tcp;
  Box<HTTPSettings> http;
};

struct OutlierDetection {
  NodeId node{};
  Spanned<std::int32_t> consecutive_errors;
  Spanned<bool> split_external_local_origin_errors;
  Spanned<std::uint32_t> consecutive_local_origin_failures;
  Spanned<std::uint32_t> consecutive_gateway_errors;
  Spanned<std::uint32_t> consecutive_5xx_errors;
  Spanned<Duration> interval;
  Spanned<Duration> base_ejection_time;
  Spanned<std::int32_t> max_ejection_percent;
  Spanned<std::int32_t> min_health_percent;
  List<Spanned<std::uint32_t>> outlier_detection_http_error_codes;
};

struct ClientTLSSettings {
  NodeId node{};
  Spanned<ClientTlsMode> mode;
  Text client_certificate;
  Text private_key;
  Text ca_certificates;
  Text credential_name;
  List<Text> subject_alt_names;
  Text sni;
  Spanned<bool> insecure_skip_verify;
  Text ca_crl;
};

struct PortTrafficPolicy {
  NodeId node{};
  Box<PortSelector> port;
  Box<LoadBalancerSettings> load_balancer;
  Box<ConnectionPoolSettings> connection_pool;
  Box<OutlierDetection> outlier_detection;
  Box<ClientTLSSettings> tls;
};

struct TunnelSettings {
  NodeId node{};
  Text protocol;
  Text target_host;
  Spanned<std::uint32_t> target_port;
};

struct ProxyProtocol {
  NodeId node{};
  Spanned<ProxyProtocolVersion> version;
};

struct RetryBudget {
  NodeId node{};
  Spanned<double> percent;
  Spanned<std::uint32_t> min_retry_concurrency;
  Spanned<Duration> budget_interval;
};

struct TrafficPolicy {
  NodeId node{};
  Box<LoadBalancerSettings> load_balancer;
  Box<ConnectionPoolSettings> connection_pool;
  Box<OutlierDetection> outlier_detection;
  Box<ClientTLSSettings> tls;
  List<PortTrafficPolicy> port_level_settings;
  Box<TunnelSettings> tunnel;
  Box<ProxyProtocol> proxy_protocol;
  Box<RetryBudget> retry_budget;
};

struct Subset {
  NodeId node{};
  Text name;
  TextMap labels;
  Box<TrafficPolicy> traffic_policy;
};

struct LabelSelector {
  NodeId node{};
  TextMap match_labels;
};

struct DestinationRule {
  NodeId node{};
  Text host;
  Box<TrafficPolicy> traffic_policy;
  List<Subset> subsets;
  List<Text> export_to;
  Box<LabelSelector> workload_selector;
};

}  // namespace wicket::model
