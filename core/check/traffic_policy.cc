// trafficPolicy of a DestinationRule: what it needs, connection pool, outlier detection, ports and tunnel.
#include <unordered_map>

#include "check/destinations.h"
#include "check/http_text.h"
#include "check/words.h"
#include "model/host_name.h"

namespace wicket::check {
namespace {

using model::ClientTlsMode;
using model::Spanned;
using yaml::NodeId;

void check_outlier_detection(const Subject& subject, const model::OutlierDetection& outlier) {
  const Places& places = subject.places;
  if (outlier.consecutive_errors && *outlier.consecutive_errors != 0)
    subject.out.report(wk6("WK604"), places.key(outlier.consecutive_errors.node), "consecutiveErrors is deprecated")
        .origin(subject.warner())
        .help("use consecutive5xxErrors or consecutiveGatewayErrors");

  const auto& split = outlier.split_external_local_origin_errors;
  const bool is_split = split.present() ? !split.valid || *split : false;
  const auto& local = outlier.consecutive_local_origin_failures;
  if (local && *local > 0 && !is_split)
    subject.out.report(wk6("WK605"), places.key(local.node),
                       "consecutiveLocalOriginFailures needs splitExternalLocalOriginErrors: true");

  const auto percent = [&](const Spanned<std::int32_t>& field) {
    if (field && (*field < 0 || *field > 100))
      subject.out.report(wk6("WK606"), places.value(field.node), "{} is not a percentage", *field).help("use 0 to 100");
  };
  percent(outlier.max_ejection_percent);
  percent(outlier.min_health_percent);
}

void check_connection_pool(const Subject& subject, const model::ConnectionPoolSettings& pool) {
  const Places& places = subject.places;
  if (is_hollow(*subject.resource.document, pool.node)) {
    subject.out.report(wk6("WK607"), places.key(pool.node), "connectionPool is empty; it needs http or tcp");
    return;
  }
  const auto not_negative = [&](const Spanned<std::int32_t>& field, std::string_view name) {
    if (field && *field < 0)
      subject.out.report(wk6("WK608"), places.value(field.node), "{} must not be negative", name)
          .help(fmt::format("leave {} out for no limit", name));
  };
  if (pool.tcp) not_negative(pool.tcp->max_connections, "maxConnections");
  if (!pool.http) return;
  const model::HTTPSettings& http = *pool.http;
  not_negative(http.http1_max_pending_requests, "http1MaxPendingRequests");
  not_negative(http.http2_max_requests, "http2MaxRequests");
  not_negative(http.max_requests_per_connection, "maxRequestsPerConnection");
  not_negative(http.max_retries, "maxRetries");
  not_negative(http.max_concurrent_streams, "maxConcurrentStreams");

  if (http.h2_upgrade_policy && *http.h2_upgrade_policy == model::H2UpgradePolicy::kUpgrade &&
      http.use_client_protocol && *http.use_client_protocol)
    subject.out
        .report(wk6("WK609"), places.key(http.use_client_protocol.node),
                "useClientProtocol excludes h2UpgradePolicy UPGRADE")
        .note(subject.resource.span(http.h2_upgrade_policy.node), "the upgrade")
        .help("keep the client's protocol, or upgrade to HTTP/2");

  if (!http.http2_keep_alive) return;
  const NodeId alive = http.http2_keep_alive->node;
  const bool no_interval = places.lacks(alive, "interval");
  const bool no_timeout = places.lacks(alive, "timeout");
  if ((no_interval || no_timeout) && has_only(*subject.resource.document, alive, {"interval", "timeout"}))
    subject.out.report(wk6("WK610"), places.key(alive), "http2KeepAlive needs {}",
                       no_interval && no_timeout ? "interval and timeout"
                       : no_interval             ? "interval as well"
                                                 : "timeout as well");
}

void check_tunnel(const Subject& subject, const model::TunnelSettings& tunnel) {
  const Places& places = subject.places;
  if (is_set(tunnel.protocol) && *tunnel.protocol != "CONNECT" && *tunnel.protocol != "POST") {
    auto finding = subject.out.report(wk6("WK630"), places.value(tunnel.protocol.node), "a tunnel cannot use {}",
                                      quoted(*tunnel.protocol));
    finding.help("use CONNECT or POST");
    if (equal_ignoring_case(*tunnel.protocol, "connect")) offer(subject, finding, tunnel.protocol.node, "CONNECT");
    if (equal_ignoring_case(*tunnel.protocol, "post")) offer(subject, finding, tunnel.protocol.node, "POST");
  }
  if (tunnel.target_host.valid && !model::is_fqdn(*tunnel.target_host) && !model::is_ip_address(*tunnel.target_host))
    subject.out.report(wk6("WK630"), places.value(tunnel.target_host.node),
                       "{} is neither a host name nor an IP address", quoted(*tunnel.target_host));
  if (tunnel.target_port && (*tunnel.target_port == 0 || *tunnel.target_port > 65535))
    subject.out.report(wk6("WK630"), places.value(tunnel.target_port.node), "port {} is not in 1..65535",
                       *tunnel.target_port);
}

/// IST0128 and IST0129. Since Istio verifies by the system's CAs when nothing else is named, this is about who is
/// trusted, not about whether. A credentialName brings its own CA, and insecureSkipVerify says that none is wanted.
void check_ca(const Subject& subject, const model::ClientTLSSettings& tls, const RuleInfo& rule,
              std::string_view whose) {
  const bool verifies = tls.mode && (*tls.mode == ClientTlsMode::kSimple || *tls.mode == ClientTlsMode::kMutual);
  if (!verifies || !is_unset(tls.ca_certificates) || !is_unset(tls.credential_name) ||
      tls.insecure_skip_verify.present())
    return;
  subject.out
      .report(rule, subject.places.value(tls.mode.node),
              "no caCertificates: the certificate of {} is checked against the proxy's system CAs only", whose)
      .help("name the CA's file in caCertificates, and the names to expect in subjectAltNames");
}

void check_port_settings(const Subject& subject, const model::TrafficPolicy& policy, bool of_rule) {
  const Places& places = subject.places;
  const yaml::Document& document = *subject.resource.document;
  std::unordered_map<std::uint32_t, NodeId> ports;
  for (const model::PortTrafficPolicy& entry : policy.port_level_settings) {
    const bool known =
        has_only(document, entry.node, {"port", "loadBalancer", "connectionPool", "outlierDetection", "tls"});
    const bool no_port = places.lacks(entry.node, "port");
    const bool no_setting = places.lacks(entry.node, "loadBalancer") && places.lacks(entry.node, "connectionPool") &&
                            places.lacks(entry.node, "outlierDetection") && places.lacks(entry.node, "tls");
    if (known && (no_port || no_setting)) {
      constexpr std::string_view kSettings = "loadBalancer, connectionPool, outlierDetection or tls";
      if (no_port && no_setting) {
        subject.out.report(wk6("WK626"), places.lack(entry.node), "this entry needs a port, and {}", kSettings);
      } else if (no_port) {
        subject.out.report(wk6("WK626"), places.lack(entry.node), "this entry does not say for which port it is");
      } else {
        subject.out.report(wk6("WK626"), places.lack(entry.node), "this entry sets nothing for its port")
            .help(fmt::format("add {}, or remove the entry", kSettings));
      }
    }
    if (entry.port && (entry.port->number || !entry.port->number.present())) {
      const Spanned<std::uint32_t>& number = entry.port->number;
      if (!number.present() ? is_hollow(document, entry.port->node) : *number == 0 || *number > 65535) {
        subject.out
            .report(wk6("WK626"), number.present() ? places.value(number.node) : places.key(entry.port->node),
                    "port {} is not in 1..65535, so nothing ever uses these settings", *number)
            .origin(Origin::kOwn);
      } else if (number.present()) {
        const auto [first, added] = ports.emplace(*number, number.node);
        if (!added)
          subject.out
              .report(wk6("WK626"), places.value(number.node), "port {} already has settings in this list", *number)
              .level(Severity::kWarning)
              .origin(Origin::kOwn)
              .note(subject.resource.span(first->second), "the settings that are used");
      }
    }
    if (entry.outlier_detection) check_outlier_detection(subject.unwarned(), *entry.outlier_detection);
    if (entry.connection_pool) check_connection_pool(subject, *entry.connection_pool);
    if (entry.load_balancer)
      check_load_balancer(subject.unwarned(), *entry.load_balancer, !places.lacks(entry.node, "outlierDetection"));
    if (!entry.tls) continue;
    check_client_tls(subject, *entry.tls);
    if (of_rule)
      check_ca(subject, *entry.tls, wk6("WK632"),
               entry.port && entry.port->number ? fmt::format("port {}", *entry.port->number) : "this port");
  }
}

}  // namespace

void check_traffic_policy(const Subject& subject, const model::TrafficPolicy& policy, bool of_rule) {
  const Places& places = subject.places;
  if (is_hollow(*subject.resource.document, policy.node)) {
    subject.out.report(wk6("WK602"), places.key(policy.node), "trafficPolicy is empty")
        .help("add a setting, or remove trafficPolicy");
    return;
  }
  if (policy.tunnel && policy.proxy_protocol)
    subject.out
        .report(wk6("WK603"), places.key(policy.proxy_protocol->node), "tunnel and proxyProtocol exclude each other")
        .note(subject.resource.span(policy.tunnel->node), "the tunnel");
  if (policy.outlier_detection) check_outlier_detection(subject, *policy.outlier_detection);
  if (policy.connection_pool) check_connection_pool(subject, *policy.connection_pool);
  if (policy.load_balancer)
    check_load_balancer(subject, *policy.load_balancer, !places.lacks(policy.node, "outlierDetection"));
  if (policy.tls) {
    check_client_tls(subject, *policy.tls);
    if (of_rule) check_ca(subject, *policy.tls, wk6("WK631"), "the service");
  }
  check_port_settings(subject, policy, of_rule);
  if (policy.tunnel) check_tunnel(subject, *policy.tunnel);
}

}  // namespace wicket::check
