// The fields of DestinationRule, one row each. Limits, defaults and meaning: Istio API reference and CRD schema.
#include "model/destination_rule.h"

#include "model/schema_tables.h"

namespace wicket::model {
namespace {

constexpr std::string_view kProxyProtocolVersionNames[] = {"V1", "V2"};
constexpr std::string_view kSimpleLBNames[] = {"UNSPECIFIED", "LEAST_CONN",  "RANDOM",
                                               "PASSTHROUGH", "ROUND_ROBIN", "LEAST_REQUEST"};
constexpr std::string_view kH2UpgradePolicyNames[] = {"DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"};
constexpr std::string_view kClientTlsModeNames[] = {"DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL"};

constexpr FieldInfo kDestinationRuleFields[] = {
    field<&DestinationRule::host>("host")
        .required()
        .is(Format::kHost)
        .describe("Name of the service; a short one means the namespace of the DestinationRule."),
    field<&DestinationRule::traffic_policy>("trafficPolicy")
        .describe("Load balancing, limits, TLS and the like for the whole service."),
    field<&DestinationRule::subsets>("subsets").describe(
        "Parts of the service, such as versions, that routes can pick."),
    field<&DestinationRule::export_to>("exportTo")
        .is(Format::kName)
        .describe("Namespaces that see this: . (its own), * (all) or names. The mesh sets the default, usually *."),
    field<&DestinationRule::workload_selector>("workloadSelector")
        .describe("Client pods of this namespace that the rule is for; default: all."),
};
constexpr FieldInfo kSubsetFields[] = {
    field<&Subset::name>("name")
        .required()
        .is(Format::kName)
        .describe("Name for routes to use: a DNS label, unique in this rule."),
    field<&Subset::labels>("labels").describe("Labels of the endpoints that belong to the subset."),
    field<&Subset::traffic_policy>("trafficPolicy").describe("Settings that differ from those of the whole service."),
};
constexpr FieldInfo kTrafficPolicyFields[] = {
    field<&TrafficPolicy::load_balancer>("loadBalancer").describe("How an endpoint is chosen."),
    field<&TrafficPolicy::connection_pool>("connectionPool").describe("Limits on connections and requests."),
    field<&TrafficPolicy::outlier_detection>("outlierDetection")
        .describe("When an endpoint that fails is taken out for a while."),
    field<&TrafficPolicy::tls>("tls").describe("TLS towards the service."),
    field<&TrafficPolicy::port_level_settings>("portLevelSettings")
        .items(0, 4096)
        .describe("Settings by port; what they leave out is Istio's default. At most 4096."),
    field<&TrafficPolicy::tunnel>("tunnel").describe(
        "Carry TCP inside HTTP CONNECT or POST; TCP and TLS routes only, not with proxyProtocol."),
    field<&TrafficPolicy::proxy_protocol>("proxyProtocol")
        .describe("Tell the service the client's address by the PROXY protocol; not with tunnel."),
    field<&TrafficPolicy::retry_budget>("retryBudget").describe("Limit on the retries that run at one time."),
};
constexpr FieldInfo kPortTrafficPolicyFields[] = {
    field<&PortTrafficPolicy::port>("port").describe("The port; the webhook insists on it."),
    field<&PortTrafficPolicy::load_balancer>("loadBalancer").describe("How an endpoint is chosen."),
    field<&PortTrafficPolicy::connection_pool>("connectionPool").describe("Limits on connections and requests."),
    field<&PortTrafficPolicy::outlier_detection>("outlierDetection")
        .describe("When an endpoint that fails is taken out for a while."),
    field<&PortTrafficPolicy::tls>("tls").describe("TLS towards the service."),
};
constexpr FieldInfo kTunnelSettingsFields[] = {
    field<&TunnelSettings::protocol>("protocol").describe("CONNECT or POST; default: CONNECT."),
    field<&TunnelSettings::target_host>("targetHost")
        .required()
        .is(Format::kHost)
        .describe("Where the tunnel ends: FQDN or IP."),
    field<&TunnelSettings::target_port>("targetPort").required().describe("Port where the tunnel ends, 1 to 65535."),
};
constexpr FieldInfo kProxyProtocolFields[] = {
    field<&ProxyProtocol::version>("version").describe("V1 (text) or V2 (binary); default: V1."),
};
constexpr FieldInfo kRetryBudgetFields[] = {
    field<&RetryBudget::percent>("percent").nullable().range(0, 100).describe(
        "Retries in percent of the requests under way, 0 to 100; default: 20."),
    field<&RetryBudget::min_retry_concurrency>("minRetryConcurrency")
        .describe("Retries that may always run at one time; default: 3."),
    field<&RetryBudget::budget_interval>("budgetInterval")
        .describe("Time span whose requests count for percent; default: 0, those under way. Since 1.31."),
};
constexpr FieldInfo kLoadBalancerSettingsFields[] = {
    field<&LoadBalancerSettings::simple>("simple")
        .one_of("lb_policy")
        .describe("An algorithm without settings. UNSPECIFIED and the old LEAST_CONN mean LEAST_REQUEST."),
    field<&LoadBalancerSettings::consistent_hash>("consistentHash")
        .one_of("lb_policy")
        .describe("Send what hashes alike to the same endpoint."),
    field<&LoadBalancerSettings::locality_lb_setting>("localityLbSetting")
        .describe("Preference among regions and zones, in place of the mesh's own."),
    field<&LoadBalancerSettings::zone_aware_lb_setting>("zoneAwareLbSetting")
        .describe("Keep traffic in its zone while there is capacity. Since 1.31."),
    field<&LoadBalancerSettings::warmup_duration_secs>("warmupDurationSecs")
        .lasts(DurationLimit::kAtLeastOneMs)
        .describe("How long a new endpoint gets less traffic; at least 1ms. Newer: warmup.duration."),
    field<&LoadBalancerSettings::warmup>("warmup").describe("Bring new endpoints up to their full share step by step."),
    field<&LoadBalancerSettings::backend_utilization>("backendUtilization")
        .one_of("lb_policy")
        .describe("Weigh endpoints by the load that they report. For releases after 1.31."),
};
constexpr FieldInfo kConsistentHashLBFields[] = {
    field<&ConsistentHashLB::http_header_name>("httpHeaderName")
        .one_of("hash_key")
        .is(Format::kHeaderName)
        .describe("Hash this request header."),
    field<&ConsistentHashLB::http_cookie>("httpCookie").one_of("hash_key").describe("Hash this cookie."),
    field<&ConsistentHashLB::use_source_ip>("useSourceIp").one_of("hash_key").describe("Hash the client's address."),
    field<&ConsistentHashLB::http_query_parameter_name>("httpQueryParameterName")
        .one_of("hash_key")
        .describe("Hash this query parameter."),
    field<&ConsistentHashLB::ring_hash>("ringHash")
        .one_of("hash_algorithm")
        .describe("The ring algorithm, which is the default."),
    field<&ConsistentHashLB::maglev>("maglev")
        .one_of("hash_algorithm")
        .describe("The Maglev algorithm: quicker, but more clients move when endpoints change."),
    field<&ConsistentHashLB::minimum_ring_size>("minimumRingSize")
        .deprecated()
        .describe("Use ringHash.minimumRingSize."),
};
constexpr FieldInfo kRingHashFields[] = {
    field<&RingHash::minimum_ring_size>("minimumRingSize")
        .describe("Fewest points on the ring; default: 1024. More points spread load more evenly."),
};
constexpr FieldInfo kMagLevFields[] = {
    field<&MagLev::table_size>("tableSize")
        .describe("Size of the table: a prime below 5000011, such as 65537. Must be set."),
};
constexpr FieldInfo kHTTPCookieFields[] = {
    field<&HTTPCookie::name>("name").required().describe("Name of the cookie."),
    field<&HTTPCookie::path>("path").describe("Path of a cookie that the proxy makes."),
    field<&HTTPCookie::ttl>("ttl").describe(
        "Lifetime of a cookie that the proxy makes; 0s: the browser's session. Unset: it makes none."),
    field<&HTTPCookie::attributes>("attributes").describe("Further attributes of a cookie that the proxy makes."),
};
constexpr FieldInfo kCookieAttributeFields[] = {
    field<&CookieAttribute::name>("name").required().describe("Name of the attribute, such as SameSite."),
    field<&CookieAttribute::value>("value").describe("Its value; none for a flag such as Secure."),
};
constexpr FieldInfo kBackendUtilizationFields[] = {
    field<&BackendUtilization::error_utilization_penalty_percent>("errorUtilizationPenaltyPercent")
        .describe("How much errors lower an endpoint's weight, in percent."),
    field<&BackendUtilization::metric_names_for_computing_utilization>("metricNamesForComputingUtilization")
        .describe("Reported metrics that tell how busy an endpoint is."),
    field<&BackendUtilization::weight_expiration_period>("weightExpirationPeriod")
        .describe("Age at which a report no longer counts."),
    field<&BackendUtilization::weight_stabilization_period>("weightStabilizationPeriod")
        .describe("How long an endpoint must report before its weight counts."),
    field<&BackendUtilization::weight_update_period>("weightUpdatePeriod")
        .describe("How often weights are worked out anew."),
};
constexpr FieldInfo kWarmupConfigurationFields[] = {
    field<&WarmupConfiguration::duration>("duration")
        .required()
        .lasts(DurationLimit::kMillisecond)
        .describe("How long it takes; at least 1ms."),
    field<&WarmupConfiguration::minimum_percent>("minimumPercent")
        .nullable()
        .range(0, 100)
        .describe("Percent of its full share that it begins with, 0 to 100; default: 10."),
    field<&WarmupConfiguration::aggression>("aggression")
        .nullable()
        .describe("Shape of the rise, over 0; default: 1, a straight line. More rises faster at first."),
};
constexpr FieldInfo kLocalityLoadBalancerSettingFields[] = {
    field<&LocalityLoadBalancerSetting::distribute>("distribute")
        .describe("Fixed shares by locality; not with failover."),
    field<&LocalityLoadBalancerSetting::failover>("failover")
        .describe("Regions that stand in for others; not with distribute."),
    field<&LocalityLoadBalancerSetting::failover_priority>("failoverPriority")
        .describe("Labels in order of weight: endpoints that share more of them with the client go first."),
    field<&LocalityLoadBalancerSetting::enabled>("enabled").nullable().describe(
        "Whether this is on for the service; default: as in the mesh."),
};
constexpr FieldInfo kLocalityDistributeFields[] = {
    field<&LocalityDistribute::from>("from").describe(
        "Locality of the clients: region/zone/subzone, * allowed at the end."),
    field<&LocalityDistribute::to>("to").describe("Percent by locality, each 1 to 100, together 100."),
};
constexpr FieldInfo kLocalityFailoverFields[] = {
    field<&LocalityFailover::from>("from").describe("Region without healthy endpoints."),
    field<&LocalityFailover::to>("to").describe("Region that stands in."),
};
constexpr FieldInfo kZoneAwareLoadBalancerSettingFields[] = {
    field<&ZoneAwareLoadBalancerSetting::enabled>("enabled").nullable().describe("Whether this is on for the service."),
    field<&ZoneAwareLoadBalancerSetting::failover>("failover").describe("Regions that stand in for others."),
    field<&ZoneAwareLoadBalancerSetting::failover_priority>("failoverPriority")
        .describe("Labels in order of weight: endpoints that share more of them with the client go first."),
    field<&ZoneAwareLoadBalancerSetting::min_cluster_size>("minClusterSize")
        .nullable()
        .range(1, 4294967295)
        .describe("Fewest endpoints for which zones count, 1 to 4294967295."),
};
constexpr FieldInfo kZoneFailoverFields[] = {
    field<&ZoneFailover::from>("from").describe("Region without healthy endpoints."),
    field<&ZoneFailover::to>("to").describe("Region that stands in."),
};
constexpr FieldInfo kConnectionPoolSettingsFields[] = {
    field<&ConnectionPoolSettings::tcp>("tcp").describe("Limits on connections of any protocol."),
    field<&ConnectionPoolSettings::http>("http").describe("Limits on HTTP."),
};
constexpr FieldInfo kTCPSettingsFields[] = {
    field<&TCPSettings::max_connections>("maxConnections")
        .describe("Most connections to the service, 0 or more; default: 4294967295."),
    field<&TCPSettings::connect_timeout>("connectTimeout")
        .lasts(DurationLimit::kMillisecond)
        .describe("Time limit for a connection to open; at least 1ms. Default: 10s."),
    field<&TCPSettings::tcp_keepalive>("tcpKeepalive").describe("Probes on connections without traffic."),
    field<&TCPSettings::max_connection_duration>("maxConnectionDuration")
        .lasts(DurationLimit::kMillisecond)
        .describe("Longest life of a connection; at least 1ms. Default: no limit."),
    field<&TCPSettings::idle_timeout>("idleTimeout")
        .lasts(DurationLimit::kNoneOrFromOneMs)
        .describe("Time without traffic after which a connection is closed; default: 1h, 0s: never."),
};
constexpr FieldInfo kTcpKeepaliveFields[] = {
    field<&TcpKeepalive::probes>("probes").describe("Probes without an answer after which the connection is dead."),
    field<&TcpKeepalive::time>("time")
        .lasts(DurationLimit::kMillisecond)
        .describe("Time without traffic before the first probe; at least 1ms."),
    field<&TcpKeepalive::interval>("interval")
        .lasts(DurationLimit::kMillisecond)
        .describe("Time between probes; at least 1ms."),
};
constexpr FieldInfo kHTTPSettingsFields[] = {
    field<&HTTPSettings::http1_max_pending_requests>("http1MaxPendingRequests")
        .describe("Most requests that wait for a connection; default: 4294967295."),
    field<&HTTPSettings::http2_max_requests>("http2MaxRequests")
        .describe("Most requests under way, whatever the HTTP version; default: 4294967295."),
    field<&HTTPSettings::max_requests_per_connection>("maxRequestsPerConnection")
        .describe("Requests after which a connection is closed; 1: no keep-alive. Default: 0, no limit."),
    field<&HTTPSettings::max_retries>("maxRetries").describe("Most retries under way, 0 or more; default: 4294967295."),
    field<&HTTPSettings::idle_timeout>("idleTimeout")
        .lasts(DurationLimit::kMillisecond)
        .describe("Time without requests after which a connection is closed; at least 1ms. Default: 1h."),
    field<&HTTPSettings::h2_upgrade_policy>("h2UpgradePolicy")
        .describe("Whether HTTP/1.1 requests go on as HTTP/2; default: DEFAULT, as in the mesh."),
    field<&HTTPSettings::use_client_protocol>("useClientProtocol")
        .describe("Whether the client's HTTP version is kept; h2UpgradePolicy then does not count."),
    field<&HTTPSettings::max_concurrent_streams>("maxConcurrentStreams")
        .describe("Most streams at one time on an HTTP/2 connection."),
    field<&HTTPSettings::http2_keep_alive>("http2KeepAlive").describe("Pings on HTTP/2 connections. Since 1.31."),
};
constexpr FieldInfo kConnectionKeepaliveFields[] = {
    field<&ConnectionKeepalive::interval>("interval")
        .lasts(DurationLimit::kMillisecond)
        .describe("Time between pings; at least 1ms."),
    field<&ConnectionKeepalive::timeout>("timeout")
        .lasts(DurationLimit::kMillisecond)
        .describe("Time until a ping must be answered; at least 1ms."),
};
constexpr FieldInfo kOutlierDetectionFields[] = {
    field<&OutlierDetection::consecutive_errors>("consecutiveErrors")
        .deprecated()
        .describe("Use consecutive5xxErrors or consecutiveGatewayErrors."),
    field<&OutlierDetection::split_external_local_origin_errors>("splitExternalLocalOriginErrors")
        .describe("Whether failed connections are counted apart from error answers; default: false."),
    field<&OutlierDetection::consecutive_local_origin_failures>("consecutiveLocalOriginFailures")
        .nullable()
        .describe("Failed connections in a row; default: 5. Needs splitExternalLocalOriginErrors."),
    field<&OutlierDetection::consecutive_gateway_errors>("consecutiveGatewayErrors")
        .nullable()
        .describe("Answers 502, 503 or 504 in a row; default: 0, off."),
    field<&OutlierDetection::consecutive_5xx_errors>("consecutive5xxErrors")
        .nullable()
        .describe("Answers 5xx in a row; default: 5, 0: off."),
    field<&OutlierDetection::interval>("interval")
        .lasts(DurationLimit::kMillisecond)
        .describe("Time between two looks at the endpoints; at least 1ms. Default: 10s."),
    field<&OutlierDetection::base_ejection_time>("baseEjectionTime")
        .lasts(DurationLimit::kMillisecond)
        .describe("How long the first ejection lasts, each later one longer; at least 1ms. Default: 30s."),
    field<&OutlierDetection::max_ejection_percent>("maxEjectionPercent")
        .describe("Most endpoints out at one time, in percent; default: 10."),
    field<&OutlierDetection::min_health_percent>("minHealthPercent")
        .describe("Nothing is ejected while fewer percent of the endpoints are healthy; default: 0."),
    field<&OutlierDetection::outlier_detection_http_error_codes>("outlierDetectionHttpErrorCodes")
        .range(100, 599)
        .describe("Statuses that count as errors, 100 to 599. Since 1.31."),
};
constexpr FieldInfo kClientTLSSettingsFields[] = {
    field<&ClientTLSSettings::mode>("mode").describe(
        "No TLS, TLS, TLS with a client certificate, or with Istio's own. Default: DISABLE."),
    field<&ClientTLSSettings::client_certificate>("clientCertificate")
        .describe("Path in the proxy of the PEM certificate chain to show; for MUTUAL."),
    field<&ClientTLSSettings::private_key>("privateKey")
        .describe("Path in the proxy of the certificate's private key, in PEM; for MUTUAL."),
    field<&ClientTLSSettings::ca_certificates>("caCertificates")
        .describe("Path in the proxy of the PEM bundle that the service's certificate is checked against."),
    field<&ClientTLSSettings::credential_name>("credentialName")
        .is(Format::kName)
        .describe("Secret with the certificates; on gateways, or beside a workloadSelector."),
    field<&ClientTLSSettings::subject_alt_names>("subjectAltNames")
        .describe("Names of which the service's certificate must carry one."),
    field<&ClientTLSSettings::sni>("sni").is(Format::kHost).describe("Server name to ask for."),
    field<&ClientTLSSettings::insecure_skip_verify>("insecureSkipVerify")
        .nullable()
        .describe("Whether the service's certificate goes unchecked; default: false."),
    field<&ClientTLSSettings::ca_crl>("caCrl").describe("Path in the proxy of a PEM list of revoked certificates."),
};
constexpr FieldInfo kLabelSelectorFields[] = {
    field<&LabelSelector::match_labels>("matchLabels")
        .items(0, 4096)
        .length(63)
        .describe("Labels that a pod must have; values of at most 63 characters, without *."),
};

}  // namespace

constinit const EnumInfo kProxyProtocolVersionEnum{.name = "VERSION", .values = kProxyProtocolVersionNames};
constinit const EnumInfo kSimpleLBEnum{.name = "SimpleLB", .values = kSimpleLBNames};
constinit const EnumInfo kH2UpgradePolicyEnum{.name = "H2UpgradePolicy", .values = kH2UpgradePolicyNames};
constinit const EnumInfo kClientTlsModeEnum{.name = "TLSmode", .values = kClientTlsModeNames};
constinit const TypeInfo kDestinationRuleType{.name = "DestinationRule",
                                              .doc = "How clients talk to a service once a route has picked it.",
                                              .fields = kDestinationRuleFields};
constinit const TypeInfo kSubsetType{
    .name = "Subset", .doc = "A part of a service, picked by labels.", .fields = kSubsetFields};
constinit const TypeInfo kTrafficPolicyType{
    .name = "TrafficPolicy", .doc = "How clients talk to a service.", .fields = kTrafficPolicyFields};
constinit const TypeInfo kPortTrafficPolicyType{
    .name = "PortTrafficPolicy", .doc = "Settings for one port of the service.", .fields = kPortTrafficPolicyFields};
constinit const TypeInfo kTunnelSettingsType{
    .name = "TunnelSettings", .doc = "A tunnel through an HTTP proxy.", .fields = kTunnelSettingsFields};
constinit const TypeInfo kProxyProtocolType{
    .name = "ProxyProtocol", .doc = "The PROXY protocol towards the service.", .fields = kProxyProtocolFields};
constinit const TypeInfo kRetryBudgetType{
    .name = "RetryBudget", .doc = "Limit on the retries that run at one time.", .fields = kRetryBudgetFields};
constinit const TypeInfo kLoadBalancerSettingsType{
    .name = "LoadBalancerSettings",
    .doc = "How an endpoint is chosen; at most one of simple, consistentHash, backendUtilization.",
    .fields = kLoadBalancerSettingsFields};
constinit const TypeInfo kConsistentHashLBType{.name = "ConsistentHashLB",
                                               .doc = "What is hashed, and how; at most one key and one algorithm.",
                                               .fields = kConsistentHashLBFields};
constinit const TypeInfo kRingHashType{.name = "RingHash", .doc = "The ring algorithm.", .fields = kRingHashFields};
constinit const TypeInfo kMagLevType{.name = "MagLev", .doc = "The Maglev algorithm.", .fields = kMagLevFields};
constinit const TypeInfo kHTTPCookieType{.name = "HTTPCookie", .doc = "A cookie to hash.", .fields = kHTTPCookieFields};
constinit const TypeInfo kCookieAttributeType{
    .name = "Attribute", .doc = "An attribute of a cookie.", .fields = kCookieAttributeFields};
constinit const TypeInfo kBackendUtilizationType{.name = "BackendUtilization",
                                                 .doc = "Weights from the load that endpoints report.",
                                                 .fields = kBackendUtilizationFields};
constinit const TypeInfo kWarmupConfigurationType{.name = "WarmupConfiguration",
                                                  .doc = "How a new endpoint comes up to its full share.",
                                                  .fields = kWarmupConfigurationFields};
constinit const TypeInfo kLocalityLoadBalancerSettingType{.name = "LocalityLoadBalancerSetting",
                                                          .doc = "Preference among regions and zones.",
                                                          .fields = kLocalityLoadBalancerSettingFields};
constinit const TypeInfo kLocalityDistributeType{
    .name = "Distribute", .doc = "Shares for the clients of a locality.", .fields = kLocalityDistributeFields};
constinit const TypeInfo kLocalityFailoverType{
    .name = "Failover", .doc = "The region that stands in for another.", .fields = kLocalityFailoverFields};
constinit const TypeInfo kZoneAwareLoadBalancerSettingType{.name = "ZoneAwareLoadBalancerSetting",
                                                           .doc = "Traffic that stays in its zone.",
                                                           .fields = kZoneAwareLoadBalancerSettingFields};
constinit const TypeInfo kZoneFailoverType{
    .name = "Failover", .doc = "The region that stands in for another.", .fields = kZoneFailoverFields};
constinit const TypeInfo kConnectionPoolSettingsType{.name = "ConnectionPoolSettings",
                                                     .doc = "Limits on connections and requests.",
                                                     .fields = kConnectionPoolSettingsFields};
constinit const TypeInfo kTCPSettingsType{
    .name = "TCPSettings", .doc = "Limits on connections of any protocol.", .fields = kTCPSettingsFields};
constinit const TypeInfo kTcpKeepaliveType{
    .name = "TcpKeepalive",
    .doc = "Probes on connections without traffic; the operating system has the defaults.",
    .fields = kTcpKeepaliveFields};
constinit const TypeInfo kHTTPSettingsType{
    .name = "HTTPSettings", .doc = "Limits on HTTP.", .fields = kHTTPSettingsFields};
constinit const TypeInfo kConnectionKeepaliveType{
    .name = "ConnectionKeepalive", .doc = "Pings on HTTP/2 connections.", .fields = kConnectionKeepaliveFields};
constinit const TypeInfo kOutlierDetectionType{.name = "OutlierDetection",
                                               .doc = "When an endpoint that fails is taken out for a while.",
                                               .fields = kOutlierDetectionFields};
constinit const TypeInfo kClientTLSSettingsType{
    .name = "ClientTLSSettings", .doc = "TLS towards the service.", .fields = kClientTLSSettingsFields};
constinit const TypeInfo kLabelSelectorType{
    .name = "WorkloadSelector", .doc = "Pods by their labels.", .fields = kLabelSelectorFields};

const TypeInfo& destination_rule_type() { return kDestinationRuleType; }

}  // namespace wicket::model
