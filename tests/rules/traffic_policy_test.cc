#include "rules/traffic_policy.h"

#include "lowered.h"
#include "support/catch.h"

namespace wicket::rules {
namespace {

using namespace std::chrono_literals;
using test::http_gateway;
using test::http_rules;
using test::lower_yaml;
using test::service;

std::string destination_rule(std::string_view spec, const test::Named& named = {"dr", "default"},
                             std::string_view host = "a") {
  return fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {{name: {}, namespace: {}}}\n"
      "spec: {{host: {}, {}}}\n---\n",
      named.name, named.ns, host, spec);
}

RuleRef lower_with(const std::string& beside, std::string_view destination = "{host: a}",
                   const LowerOptions& options = {}) {
  const RuleSet rules = lower_yaml(
      http_gateway() + http_rules(fmt::format("[{{route: [{{destination: {}}}]}}]", destination)) + beside, options);
  return test::only_rules(rules).at(0);
}

Cluster cluster_with(const std::string& beside, std::string_view destination = "{host: a}",
                     const LowerOptions& options = {}) {
  return *test::forward(lower_with(beside, destination, options)).destinations.at(0).cluster;
}

TEST_CASE("R-LB-1 the balancer is least request, or the one that is named") {
  struct Case {
    const char* settings;
    Balancer want;
  };
  constexpr Case kCases[] = {
      {"", Balancer::kLeastRequest},
      {"simple: UNSPECIFIED", Balancer::kLeastRequest},
      {"simple: LEAST_CONN", Balancer::kLeastRequest},
      {"simple: LEAST_REQUEST", Balancer::kLeastRequest},
      {"simple: ROUND_ROBIN", Balancer::kRoundRobin},
      {"simple: RANDOM", Balancer::kRandom},
      {"simple: PASSTHROUGH", Balancer::kOriginalDestination},
      {"consistentHash: {useSourceIp: true}", Balancer::kRingHash},
      {"consistentHash: {useSourceIp: true, maglev: {}}", Balancer::kMaglev},
  };
  for (const Case& c : kCases) {
    INFO(c.settings);
    const std::string rule = destination_rule(fmt::format("trafficPolicy: {{loadBalancer: {{{}}}}}", c.settings));
    CHECK(cluster_with(rule).policy->load_balancing.balancer == c.want);
  }
  CHECK(cluster_with("").policy->load_balancing.balancer == Balancer::kLeastRequest);
}

TEST_CASE("R-LB-2 the route is hashed as the closest of subset port, subset, port and top level says") {
  const auto header = [](std::string_view name) {
    return fmt::format("loadBalancer: {{consistentHash: {{httpHeaderName: {}}}}}", name);
  };
  const std::string top = header("top"), of_port = header("port"), of_subset = header("subset"),
                    of_subset_port = header("subset-port");
  const auto port_level = [](const std::string& policy) {
    return fmt::format("portLevelSettings: [{{port: {{number: 80}}, {}}}]", policy);
  };
  struct Case {
    std::string top;
    std::string subset;
    const char* destination;
    const char* want;
  };
  const Case cases[] = {
      {top, "", "{host: a}", "top"},
      {top + ", " + port_level(of_port), "", "{host: a, port: {number: 80}}", "port"},
      {top + ", " + port_level(of_port), "", "{host: a}", "top"},  // destination.port is not written
      {top + ", " + port_level(of_port), "", "{host: a, port: {number: 81}}", "top"},
      {top + ", " + port_level(of_port), of_subset, "{host: a, subset: v1, port: {number: 80}}", "subset"},
      {top, of_subset + ", " + port_level(of_subset_port), "{host: a, subset: v1, port: {number: 80}}", "subset-port"},
      {top, of_subset, "{host: a, subset: v2}", "top"},
  };
  for (const Case& c : cases) {
    INFO(c.top << " | " << c.subset << " | " << c.destination);
    const std::string rule = destination_rule(
        fmt::format("trafficPolicy: {{{}}}, subsets: [{{name: v1, labels: {{v: one}}, trafficPolicy: {{{}}}}}, "
                    "{{name: v2, labels: {{v: two}}}}]",
                    c.top, c.subset));
    const RuleRef lowered = lower_with(rule, c.destination);
    const BoxedList<HashKey>& keys = test::forward(lowered).hash_keys;
    REQUIRE(keys.size() == 1);
    CHECK(keys[0].name == c.want);
  }
}

TEST_CASE("R-LB-3 R-RT-7 what is hashed, and that one hashed destination is retried on the same endpoint") {
  const auto hashed = [](std::string_view hash) {
    return lower_with(
        destination_rule(fmt::format("trafficPolicy: {{loadBalancer: {{consistentHash: {{{}}}}}}}", hash)));
  };
  const RuleRef cookie = hashed("httpCookie: {name: user, path: /p, ttl: 0s}");
  const HashKey& key = test::forward(cookie).hash_keys[0];
  CHECK(key.type == HashKey::Type::kCookie);
  CHECK(key.cookie_ttl == 0ms);
  CHECK(key.cookie_path == "/p");
  CHECK_FALSE(test::forward(cookie).retries->ignore_previous_hosts);
  CHECK_FALSE(test::forward(hashed("httpCookie: {name: user}")).hash_keys[0].cookie_ttl);
  CHECK(test::forward(hashed("useSourceIp: true")).hash_keys[0].type == HashKey::Type::kSourceIp);
  CHECK(test::forward(hashed("httpQueryParameterName: q")).hash_keys[0].type == HashKey::Type::kQueryParameter);
  CHECK(test::forward(lower_with("")).retries->ignore_previous_hosts);

  const std::string two = destination_rule("trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x}}}");
  const RuleSet rules =
      lower_yaml(http_gateway() +
                 http_rules("[{route: [{destination: {host: a}, weight: 1}, {destination: {host: a, subset: v}, "
                            "weight: 1}]}]") +
                 two);
  CHECK(test::forward(test::only_rules(rules).at(0)).hash_keys.size() == 2);
  CHECK(test::forward(test::only_rules(rules).at(0)).retries->ignore_previous_hosts);
}

TEST_CASE("R-LB-4 a port's entry replaces its whole level, a subset the sections that it has") {
  const std::string beside =
      service({"a", "default"}, "[{name: http, port: 80}, {name: http-b, port: 81}]") +
      destination_rule(
          "trafficPolicy: {loadBalancer: {simple: RANDOM}, connectionPool: {tcp: "
          "{maxConnections: 7}}, portLevelSettings: [{port: {number: 81}, tls: {mode: SIMPLE}}]}, "
          "subsets: [{name: v1, labels: {v: one}, trafficPolicy: {connectionPool: {tcp: "
          "{maxConnections: 9}}}}, {name: v2, labels: {v: two}, trafficPolicy: "
          "{portLevelSettings: [{port: {number: 80}, connectionPool: {http: {maxRetries: 1}}}]}}]");
  const ClusterPolicy top = *cluster_with(beside, "{host: a, port: {number: 80}}").policy;
  CHECK(top.load_balancing.balancer == Balancer::kRandom);
  CHECK(top.pool.max_connections == 7);
  CHECK_FALSE(top.tls);

  const ClusterPolicy port = *cluster_with(beside, "{host: a, port: {number: 81}}").policy;
  CHECK(port.load_balancing.balancer == Balancer::kLeastRequest);
  CHECK(port.pool.max_connections == kUnlimited);
  CHECK(port.tls->mode == UpstreamTlsMode::kSimple);

  const ClusterPolicy v1 = *cluster_with(beside, "{host: a, subset: v1, port: {number: 80}}").policy;
  CHECK(v1.load_balancing.balancer == Balancer::kRandom);
  CHECK(v1.pool.max_connections == 9);
  CHECK(cluster_with(beside, "{host: a, subset: v1, port: {number: 81}}").policy->tls);

  const ClusterPolicy v2 = *cluster_with(beside, "{host: a, subset: v2, port: {number: 80}}").policy;
  CHECK(v2.load_balancing.balancer == Balancer::kLeastRequest);  // the subset's entry for the port unsets it
  CHECK(v2.pool.max_connections == kUnlimited);
  CHECK(v2.pool.max_retries == 1);
}

TEST_CASE("R-CP-1 what is not limited has no limit, and a connection has ten seconds") {
  const ConnectionPool usual = cluster_with("").policy->pool;
  CHECK(usual.max_connections == kUnlimited);
  CHECK(usual.max_requests == kUnlimited);
  CHECK(usual.connect_timeout == 10s);
  const ConnectionPool pool =
      cluster_with(destination_rule("trafficPolicy: {connectionPool: {tcp: {connectTimeout: 250ms, idleTimeout: 2s}, "
                                    "http: {http1MaxPendingRequests: 3, http2MaxRequests: 4, maxRetries: 5, "
                                    "maxRequestsPerConnection: 6, idleTimeout: 1s}}}"))
          .policy->pool;
  CHECK(pool.max_pending_requests == 3);
  CHECK(pool.max_requests == 4);
  CHECK(pool.max_retries == 5);
  CHECK(pool.max_requests_per_connection == 6);
  CHECK(pool.connect_timeout == 250ms);
  CHECK(pool.http_idle_timeout == 1s);
  CHECK(pool.tcp_idle_timeout == 2s);
}

TEST_CASE("R-OD-1 outlier detection has Envoy's figures; panic is off everywhere from 1.31 on") {
  const std::string rule = destination_rule("trafficPolicy: {outlierDetection: {}}");
  const ClusterPolicy usual = *cluster_with(rule).policy;
  REQUIRE(usual.outlier_detection);
  CHECK(usual.outlier_detection->consecutive_5xx == 5);
  CHECK(usual.outlier_detection->interval == 10s);
  CHECK(usual.outlier_detection->base_ejection_time == 30s);
  CHECK(usual.outlier_detection->max_ejection_percent == 10);
  CHECK(usual.panic_threshold == 0U);

  const LowerOptions older{.mesh = {.version = {1, 30}}};
  CHECK(cluster_with("").policy->panic_threshold == 0U);
  CHECK(cluster_with("", "{host: a}", older).policy->panic_threshold == std::nullopt);
  CHECK(cluster_with(rule, "{host: a}", older).policy->panic_threshold == 0U);
  const ClusterPolicy set =
      *cluster_with(destination_rule("trafficPolicy: {outlierDetection: {consecutive5xxErrors: 0, "
                                     "consecutiveGatewayErrors: 2, minHealthPercent: 30, maxEjectionPercent: 100}}"))
           .policy;
  CHECK(set.outlier_detection->consecutive_5xx == 0);
  CHECK(set.outlier_detection->consecutive_gateway_errors == 2);
  CHECK(set.outlier_detection->max_ejection_percent == 100);
  CHECK(set.panic_threshold == 30U);
}

TEST_CASE("R-DST-8 R-REG-1 HTTP/2 goes to ports that are named so, and where the DestinationRule upgrades") {
  struct Case {
    const char* port;
    const char* http;
    UpstreamProtocol want;
  };
  constexpr Case kCases[] = {
      {"name: http", "", UpstreamProtocol::kHttp1},
      {"name: http2-x", "", UpstreamProtocol::kHttp2},
      {"name: grpc", "", UpstreamProtocol::kHttp2},
      {"name: GRPC-Web-x", "", UpstreamProtocol::kHttp2},
      {"name: x, appProtocol: grpc", "", UpstreamProtocol::kHttp2},
      {"name: x, appProtocol: kubernetes.io/h2c", "", UpstreamProtocol::kHttp2},
      {"name: grpc, appProtocol: http", "", UpstreamProtocol::kHttp1},
      {"name: grpc, appProtocol: kubernetes.io/ws", "", UpstreamProtocol::kHttp1},
      {"name: tcp", "h2UpgradePolicy: UPGRADE", UpstreamProtocol::kHttp2},
      {"name: grpc", "h2UpgradePolicy: DO_NOT_UPGRADE", UpstreamProtocol::kHttp2},
      {"name: grpc", "useClientProtocol: true", UpstreamProtocol::kAsClient},
  };
  for (const Case& c : kCases) {
    INFO(c.port << " " << c.http);
    const std::string rule =
        destination_rule(fmt::format("trafficPolicy: {{connectionPool: {{http: {{{}}}}}}}", c.http));
    const std::string ports = fmt::format("[{{{}, port: 80}}]", c.port);
    CHECK(cluster_with(service({"a", "default"}, ports) + rule).policy->protocol == c.want);
  }
}

TEST_CASE("R-DST-4 rules for one host of one namespace are joined, the older one's words first") {
  const std::string older = destination_rule("subsets: [{name: v1, labels: {v: one}}]", {"b", "default"});
  const std::string newer = destination_rule(
      "trafficPolicy: {loadBalancer: {simple: RANDOM}}, subsets: [{name: v1, labels: {v: other}}, {name: v2, labels: "
      "{v: "
      "two}}]",
      {"c", "default"});
  const Cluster v1 = cluster_with(older + newer, "{host: a, subset: v1}");
  CHECK(v1.subset_labels == Labels{{"v", "one"}});
  CHECK(v1.policy->load_balancing.balancer == Balancer::kRandom);  // the only policy there is
  CHECK(v1.destination_rule == "default/b");
  CHECK(cluster_with(older + newer, "{host: a, subset: v2}").existence != Existence::kMissing);

  const RuleSet rules =
      lower_yaml(http_gateway() + http_rules("[{route: [{destination: {host: a}}]}]") + older + newer);
  CHECK(test::has_problem(rules, ProblemKind::kSubsetTaken));
  const std::string second = destination_rule("trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}", {"d", "default"});
  const RuleSet twice =
      lower_yaml(http_gateway() + http_rules("[{route: [{destination: {host: a}}]}]") + newer + second);
  CHECK(test::has_problem(twice, ProblemKind::kPolicyTaken));

  // shown to different namespaces, they stay apart; the older one counts for those who see it
  const std::string hidden =
      destination_rule("exportTo: ['other'], subsets: [{name: v1, labels: {v: hidden}}]", {"a", "default"});
  CHECK(cluster_with(hidden + newer + service({"a", "default"}), "{host: a, subset: v1}").subset_labels ==
        Labels{{"v", "other"}});
}

TEST_CASE("R-DST-4 a rule with a selector is for pods of its namespace that carry the labels") {
  const std::string general =
      destination_rule("trafficPolicy: {loadBalancer: {simple: RANDOM}}", {"g", "edge"}, "a.default.svc.cluster.local");
  const std::string special = destination_rule(
      "workloadSelector: {matchLabels: {istio: ingressgateway}}, trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}",
      {"s", "edge"}, "a.default.svc.cluster.local");
  const std::string all = general + special + service({"a", "default"});
  const Workload fitting{.ns = "edge", .labels = {{"istio", "ingressgateway"}}};
  CHECK(cluster_with(all, "{host: a}", {.workload = fitting}).policy->load_balancing.balancer == Balancer::kRoundRobin);
  const std::string elsewhere = destination_rule(
      "workloadSelector: {matchLabels: {app: x}}, trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}", {"s", "edge"},
      "a.default.svc.cluster.local");
  CHECK(cluster_with(general + elsewhere + service({"a", "default"}), "{host: a}", {.workload = fitting})
            .policy->load_balancing.balancer == Balancer::kRandom);
}

TEST_CASE("R-REG-2 R-DST-5 a ServiceEntry's endpoints, those of a subset by their labels, and none at all") {
  const auto entry = [](std::string_view spec) {
    return fmt::format(
        "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {{name: e, namespace: default}}\n"
        "spec: {{hosts: [x.org], ports: [{{number: 80, name: http, protocol: HTTP, targetPort: 8080}}], {}}}\n---\n",
        spec);
  };
  const std::string subsets = destination_rule("subsets: [{name: v1, labels: {v: one}}, {name: v2, labels: {v: two}}]",
                                               {"dr", "default"}, "x.org");
  const std::string both = entry(
                               "resolution: STATIC, endpoints: [{address: 192.0.2.1, labels: {v: one}}, {address: "
                               "192.0.2.2, ports: {http: 9090}}]") +
                           subsets;
  const Cluster all = cluster_with(both, "{host: x.org}");
  REQUIRE(all.endpoints.size() == 2);
  CHECK(all.endpoints[0].port == 8080);
  CHECK(all.endpoints[1].port == 9090);
  CHECK(cluster_with(both, "{host: x.org, subset: v1}").endpoints.size() == 1);
  CHECK(cluster_with(both, "{host: x.org, subset: v2}").has_no_endpoints);

  CHECK(cluster_with(entry("location: MESH_EXTERNAL"), "{host: x.org}").has_no_endpoints);  // resolution NONE
  CHECK_FALSE(cluster_with(entry("resolution: DNS"), "{host: x.org}").has_no_endpoints);
  CHECK_FALSE(cluster_with(entry("resolution: STATIC, workloadSelector: {labels: {app: x}}"), "{host: x.org}")
                  .has_no_endpoints);
}

TEST_CASE("R-REG-4 an alias of an alias leads to no cluster") {
  const auto alias = [](std::string_view name, std::string_view target) {
    return fmt::format(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: {}, namespace: default}}\n"
        "spec: {{type: ExternalName, externalName: {}, ports: [{{name: http, port: 80}}]}}\n---\n",
        name, target);
  };
  const std::string all = alias("first", "second.default.svc.cluster.local") +
                          alias("second", "a.default.svc.cluster.local") + service({"a", "default"});
  CHECK(cluster_with(all, "{host: second}").name == "outbound|80||a.default.svc.cluster.local");
  CHECK(cluster_with(all, "{host: second}").existence == Existence::kFound);
  CHECK(cluster_with(all, "{host: first}").name == "outbound|80||second.default.svc.cluster.local");
  CHECK(cluster_with(all, "{host: first}").existence == Existence::kMissing);
}

TEST_CASE("R-RT-2 up to Istio 1.23 a 503 is among the reasons for a retry") {
  CHECK(test::forward(lower_with("")).retries->status_codes.empty());
  CHECK(test::forward(lower_with("", "{host: a}", {.mesh = {.version = {1, 23}}})).retries->status_codes ==
        std::vector<std::uint32_t>{503});
}

}  // namespace
}  // namespace wicket::rules
