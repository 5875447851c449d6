// Merging goes by sections: load balancer, connection pool, outlier detection, TLS. On each level the entry of the port
// takes the place of the whole level; then the subset's sections replace those of the top level. An entry for the port
// in a subset replaces all four, also where it says nothing.

#include "rules/traffic_policy.h"

#include <algorithm>

namespace wicket::rules {
namespace {

using Millis = std::chrono::milliseconds;

// The sections that count, each with the object that it stands in.
struct Sections {
  const model::LoadBalancerSettings* balancer = nullptr;
  const model::ConnectionPoolSettings* pool = nullptr;
  const model::OutlierDetection* outliers = nullptr;
  const model::ClientTLSSettings* tls = nullptr;
  const model::TunnelSettings* tunnel = nullptr;
  const model::ProxyProtocol* proxy_protocol = nullptr;
  const model::RetryBudget* retry_budget = nullptr;
  const model::Resource* balancer_from = nullptr;
};

const model::PortTrafficPolicy* for_port(const model::TrafficPolicy& policy, std::uint32_t port) {
  const auto& entries = policy.port_level_settings;
  const auto found = std::find_if(entries.begin(), entries.end(), [port](const model::PortTrafficPolicy& entry) {
    return entry.port && *entry.port->number == port;
  });
  return found == entries.end() ? nullptr : &*found;
}

template <class Level>
void take_four(const Level& level, const model::Resource* from, bool replaces, Sections& sections) {
  if (level.load_balancer || replaces) {
    sections.balancer = level.load_balancer.get();
    sections.balancer_from = from;
  }
  if (level.connection_pool || replaces) sections.pool = level.connection_pool.get();
  if (level.outlier_detection || replaces) sections.outliers = level.outlier_detection.get();
  if (level.tls || replaces) sections.tls = level.tls.get();
}

void take_level(const model::TrafficPolicy* policy, const model::Resource* from, std::uint32_t port,
                Sections& sections) {
  if (policy == nullptr) return;
  if (const model::PortTrafficPolicy* entry = for_port(*policy, port)) {
    take_four(*entry, from, /*replaces=*/true, sections);
    return;
  }
  take_four(*policy, from, /*replaces=*/false, sections);
  if (policy->tunnel) sections.tunnel = policy->tunnel.get();
  if (policy->proxy_protocol) sections.proxy_protocol = policy->proxy_protocol.get();
  if (policy->retry_budget) sections.retry_budget = policy->retry_budget.get();
}

Sections merged(const PolicyQuery& query) {
  Sections sections;
  if (query.rule == nullptr) return sections;
  take_level(query.rule->policy.value, query.rule->policy.resource, query.port, sections);
  if (query.subset != nullptr)
    take_level(query.subset->value->traffic_policy.get(), query.subset->resource, query.port, sections);
  return sections;
}

Millis millis(const model::Spanned<model::Duration>& duration) { return std::chrono::duration_cast<Millis>(*duration); }

std::optional<Millis> millis_or_nothing(const model::Spanned<model::Duration>& duration) {
  return duration ? std::optional(millis(duration)) : std::nullopt;
}

std::optional<HashKey> lower_hash(const model::ConsistentHashLB& hash, const model::Resource& resource) {
  HashKey key;
  key.span = resource.span(hash.node);
  if (hash.http_header_name) {
    key.type = HashKey::Type::kHeader;
    key.name = *hash.http_header_name;
  } else if (hash.http_cookie) {
    key.type = HashKey::Type::kCookie;
    key.name = *hash.http_cookie->name;
    key.cookie_path = *hash.http_cookie->path;
    key.cookie_ttl = millis_or_nothing(hash.http_cookie->ttl);
  } else if (hash.use_source_ip) {
    key.type = HashKey::Type::kSourceIp;
    key.source_ip = *hash.use_source_ip;
  } else if (hash.http_query_parameter_name) {
    key.type = HashKey::Type::kQueryParameter;
    key.name = *hash.http_query_parameter_name;
  } else {
    return std::nullopt;
  }
  return key;
}

Balancer simple_balancer(model::SimpleLB simple) {
  switch (simple) {
    case model::SimpleLB::kRandom:
      return Balancer::kRandom;
    case model::SimpleLB::kRoundRobin:
      return Balancer::kRoundRobin;
    case model::SimpleLB::kPassthrough:
      return Balancer::kOriginalDestination;
    case model::SimpleLB::kUnspecified:
    case model::SimpleLB::kLeastConn:
    case model::SimpleLB::kLeastRequest:
      break;
  }
  return Balancer::kLeastRequest;
}

LoadBalancing lower_balancer(const model::LoadBalancerSettings& settings, const model::Resource& resource) {
  LoadBalancing lowered{.balancer = simple_balancer(*settings.simple)};
  if (const auto& hash = settings.consistent_hash) {
    lowered.hash = lower_hash(*hash, resource);
    lowered.balancer = hash->maglev ? Balancer::kMaglev : Balancer::kRingHash;
    if (hash->maglev && *hash->maglev->table_size != 0) lowered.table_size = *hash->maglev->table_size;
    if (hash->ring_hash && *hash->ring_hash->minimum_ring_size != 0)
      lowered.minimum_ring_size = *hash->ring_hash->minimum_ring_size;
    if (!hash->ring_hash && *hash->minimum_ring_size != 0) lowered.minimum_ring_size = *hash->minimum_ring_size;
  }
  if (settings.warmup) {
    lowered.warmup = Warmup{.duration = millis(settings.warmup->duration)};
    if (settings.warmup->minimum_percent) lowered.warmup->minimum_percent = *settings.warmup->minimum_percent;
    if (settings.warmup->aggression) lowered.warmup->aggression = *settings.warmup->aggression;
  } else if (settings.warmup_duration_secs) {
    lowered.warmup = Warmup{.duration = millis(settings.warmup_duration_secs)};
  }
  return lowered;
}

// A limit that is not set, or 0, is none.
void take_limit(const model::Spanned<std::int32_t>& written, std::uint32_t& limit) {
  if (*written > 0) limit = static_cast<std::uint32_t>(*written);
}

ConnectionPool lower_pool(const model::ConnectionPoolSettings& settings) {
  ConnectionPool pool;
  if (const auto& http = settings.http) {
    take_limit(http->http1_max_pending_requests, pool.max_pending_requests);
    take_limit(http->http2_max_requests, pool.max_requests);
    take_limit(http->max_retries, pool.max_retries);
    take_limit(http->max_requests_per_connection, pool.max_requests_per_connection);
    take_limit(http->max_concurrent_streams, pool.max_concurrent_streams);
    pool.http_idle_timeout = millis_or_nothing(http->idle_timeout);
  }
  if (const auto& tcp = settings.tcp) {
    take_limit(tcp->max_connections, pool.max_connections);
    if (tcp->connect_timeout) pool.connect_timeout = millis(tcp->connect_timeout);
    pool.tcp_idle_timeout = millis_or_nothing(tcp->idle_timeout);
    pool.max_connection_duration = millis_or_nothing(tcp->max_connection_duration);
    if (const auto& keepalive = tcp->tcp_keepalive) {
      const auto seconds = [](const auto& d) {
        return d ? std::optional(std::chrono::duration_cast<std::chrono::seconds>(*d)) : std::nullopt;
      };
      pool.keepalive = TcpKeepalive{.time = seconds(keepalive->time), .interval = seconds(keepalive->interval)};
      if (keepalive->probes) pool.keepalive->probes = *keepalive->probes;
    }
  }
  return pool;
}

OutlierDetection lower_outliers(const model::OutlierDetection& settings) {
  OutlierDetection lowered;
  if (settings.consecutive_5xx_errors) lowered.consecutive_5xx = *settings.consecutive_5xx_errors;
  if (settings.consecutive_gateway_errors) lowered.consecutive_gateway_errors = *settings.consecutive_gateway_errors;
  lowered.split_local_origin_errors = *settings.split_external_local_origin_errors;
  if (settings.consecutive_local_origin_failures)
    lowered.consecutive_local_origin_failures = *settings.consecutive_local_origin_failures;
  if (settings.interval) lowered.interval = millis(settings.interval);
  if (settings.base_ejection_time) lowered.base_ejection_time = millis(settings.base_ejection_time);
  take_limit(settings.max_ejection_percent, lowered.max_ejection_percent);
  return lowered;
}

UpstreamTlsMode tls_mode(model::ClientTlsMode mode) {
  switch (mode) {
    case model::ClientTlsMode::kDisable:
      return UpstreamTlsMode::kDisable;
    case model::ClientTlsMode::kSimple:
      return UpstreamTlsMode::kSimple;
    case model::ClientTlsMode::kMutual:
      return UpstreamTlsMode::kMutual;
    case model::ClientTlsMode::kIstioMutual:
      break;
  }
  return UpstreamTlsMode::kIstioMutual;
}

UpstreamTls lower_tls(const model::ClientTLSSettings& settings) {
  UpstreamTls tls{.mode = tls_mode(*settings.mode),
                  .client_certificate = std::string(*settings.client_certificate),
                  .private_key = std::string(*settings.private_key),
                  .ca_certificates = std::string(*settings.ca_certificates),
                  .ca_crl = std::string(*settings.ca_crl),
                  .credential_name = std::string(*settings.credential_name),
                  .sni = std::string(*settings.sni)};
  for (const model::Text& name : settings.subject_alt_names) tls.subject_alt_names.emplace_back(*name);
  if (settings.insecure_skip_verify) tls.insecure_skip_verify = *settings.insecure_skip_verify;
  return tls;
}

// The client's protocol beats that of the port, and an upgrade works for every port (R-DST-8).
UpstreamProtocol lower_protocol(const model::ConnectionPoolSettings* pool, Protocol port) {
  const model::HTTPSettings* http = pool != nullptr ? pool->http.get() : nullptr;
  if (http != nullptr && *http->use_client_protocol) return UpstreamProtocol::kAsClient;
  const bool is_upgraded = http != nullptr && *http->h2_upgrade_policy == model::H2UpgradePolicy::kUpgrade;
  return is_upgraded || is_http2(port) ? UpstreamProtocol::kHttp2 : UpstreamProtocol::kHttp1;
}

}  // namespace

ClusterPolicy cluster_policy(const PolicyQuery& query) {
  const Sections sections = merged(query);
  ClusterPolicy policy;
  policy.protocol = lower_protocol(sections.pool, query.protocol);
  if (sections.balancer != nullptr) policy.load_balancing = lower_balancer(*sections.balancer, *sections.balancer_from);
  if (sections.pool != nullptr) policy.pool = lower_pool(*sections.pool);
  if (sections.outliers != nullptr) policy.outlier_detection = lower_outliers(*sections.outliers);
  if (sections.outliers != nullptr || query.always_without_panic) policy.panic_threshold = 0;
  if (sections.outliers != nullptr && *sections.outliers->min_health_percent > 0)
    policy.panic_threshold = static_cast<std::uint32_t>(*sections.outliers->min_health_percent);
  if (sections.tls != nullptr) policy.tls = lower_tls(*sections.tls);
  if (sections.retry_budget != nullptr) {
    policy.retry_budget = RetryBudget{};
    if (sections.retry_budget->percent) policy.retry_budget->percent = *sections.retry_budget->percent;
    if (sections.retry_budget->min_retry_concurrency)
      policy.retry_budget->min_concurrency = *sections.retry_budget->min_retry_concurrency;
  }
  if (const auto* tunnel = sections.tunnel)
    policy.tunnel = Tunnel{.protocol = std::string(*tunnel->protocol),
                           .target_host = std::string(*tunnel->target_host),
                           .target_port = *tunnel->target_port};
  if (sections.proxy_protocol != nullptr)
    policy.proxy_protocol = *sections.proxy_protocol->version == model::ProxyProtocolVersion::kV2 ? 2 : 1;
  return policy;
}

std::optional<HashKey> hash_key(const DestinationRuleView& rule, std::string_view subset,
                                std::optional<std::uint32_t> port) {
  struct Found {
    const model::ConsistentHashLB* hash = nullptr;
    const model::Resource* resource = nullptr;
  };
  Found best;
  const auto offer = [&best](const model::Box<model::LoadBalancerSettings>& balancer, const model::Resource* from) {
    if (balancer && balancer->consistent_hash) best = {balancer->consistent_hash.get(), from};
  };
  const auto take = [&](const model::TrafficPolicy* policy, const model::Resource* from) {
    if (policy == nullptr) return;
    offer(policy->load_balancer, from);
    if (const auto* entry = port ? for_port(*policy, *port) : nullptr) offer(entry->load_balancer, from);
  };
  take(rule.policy.value, rule.policy.resource);
  if (const Written<model::Subset>* own = rule.subset(subset)) take(own->value->traffic_policy.get(), own->resource);
  return best.hash != nullptr ? lower_hash(*best.hash, *best.resource) : std::nullopt;
}

}  // namespace wicket::rules
