// Where the checks of DestinationRules and ServiceEntries begin and end: the last good and the first bad value of every
// limit, the forms that values take, and what is not told because something else was.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "support/catch.h"
#include "support/lint.h"

namespace wicket::check {
namespace {

/// The findings on one line: "WK601 spec.host, WK602 spec.trafficPolicy".
std::string told(std::string_view kind, std::string_view spec, std::string_view labels = "{}") {
  const auto linted = test::lint_text(
      fmt::format("apiVersion: networking.istio.io/v1\nkind: {}\nmetadata: {{name: a, namespace: shop, labels: {}}}\n"
                  "spec: {}\n",
                  kind, labels, spec));
  return fmt::format("{}", fmt::join(linted.findings(), ", "));
}
std::string rule(std::string_view fields) { return told("DestinationRule", fmt::format("{{host: a, {}}}", fields)); }
std::string policy(std::string_view fields) { return rule(fmt::format("trafficPolicy: {{{}}}", fields)); }
std::string entry(std::string_view fields) { return told("ServiceEntry", fmt::format("{{{}}}", fields)); }

/// A text and whether it is taken: each is put into a place of its own.
struct Value {
  std::string text;
  bool is_sound;
};

const std::string kLabel(63, 'a');
constexpr std::string_view kPort = "ports: [{number: 80, name: http, protocol: HTTP}]";

TEST_CASE("hosts of rules and entries") {
  const std::string name = kLabel + "." + kLabel + "." + kLabel + "." + std::string(61, 'b') + ".c";  // 255 bytes
  for (const Value& c : {
           Value{"a", true},
           {"A.b-c.example", true},
           {"a.example.com.", true},
           {"\"*.a.com\"", true},
           {kLabel, true},
           {kLabel + "a", false},
           {name, true},
           {name + "c", false},
           {"\"a:80\"", false},
           {"\"http://a\"", false},
           {"ns/a", false},
           {"a_b", false},
           {"-a", false},
           {"a-", false},
           {"a..b", false},
           {"\"a.*.b\"", false},
           {"192.0.2.7", false},
           {"\"2001:db8::7\"", false},
           {"\"\"", false},
           {"a.1b", true},
           {"a.12", false},
           {"\"12\"", true},
           {"\"*.\"", true},
       }) {
    INFO(c.text);
    const std::string wanted = c.is_sound ? "" : "WK601 spec.host";
    CHECK(told("DestinationRule", fmt::format("{{host: {}}}", c.text)) == wanted);
    const std::string as_entry = c.is_sound ? "" : "WK652 spec.hosts[0]";
    CHECK(entry(fmt::format("hosts: [{}], {}", c.text, kPort)) == as_entry);
  }
  // Alone, the star is a host of a rule and not of an entry; as part of a label it is neither good nor refused.
  CHECK(told("DestinationRule", "{host: \"*\"}").empty());
  CHECK(entry(fmt::format("hosts: [\"*\"], {}", kPort)) == "WK652 spec.hosts[0]");
  CHECK(told("DestinationRule", "{host: \"*-a.com\"}").empty());
  CHECK(entry(fmt::format("hosts: [\"*-a.com\"], {}", kPort)) == "WK653 spec.hosts[0]");
}

TEST_CASE("numbers of a trafficPolicy") {
  struct Limit {
    const char* text;  // {} stands for the number
    const char* code;
    const char* path;  // below spec.trafficPolicy
    std::vector<std::string> good;
    std::vector<std::string> bad;
  };
  for (const Limit& c : {
           Limit{"outlierDetection: {{maxEjectionPercent: {}}}",
                 "WK606",
                 "outlierDetection.maxEjectionPercent",
                 {"0", "100"},
                 {"-1", "101"}},
           {"outlierDetection: {{minHealthPercent: {}}}",
            "WK606",
            "outlierDetection.minHealthPercent",
            {"0", "100"},
            {"-1", "101"}},
           {"outlierDetection: {{consecutiveErrors: {}}}",
            "WK604",
            "outlierDetection.consecutiveErrors",
            {"0"},
            {"1", "-1"}},
           {"outlierDetection: {{consecutiveLocalOriginFailures: {}}}",
            "WK605",
            "outlierDetection.consecutiveLocalOriginFailures",
            {"0"},
            {"1"}},
           {"connectionPool: {{tcp: {{maxConnections: {}}}}}",
            "WK608",
            "connectionPool.tcp.maxConnections",
            {"0", "1"},
            {"-1", "-2147483648"}},
           {"connectionPool: {{http: {{maxRetries: {}}}}}", "WK608", "connectionPool.http.maxRetries", {"0"}, {"-1"}},
           {"connectionPool: {{http: {{http1MaxPendingRequests: {}}}}}",
            "WK608",
            "connectionPool.http.http1MaxPendingRequests",
            {"0"},
            {"-1"}},
           {"connectionPool: {{http: {{http2MaxRequests: {}}}}}",
            "WK608",
            "connectionPool.http.http2MaxRequests",
            {"0"},
            {"-1"}},
           {"connectionPool: {{http: {{maxRequestsPerConnection: {}}}}}",
            "WK608",
            "connectionPool.http.maxRequestsPerConnection",
            {"0"},
            {"-1"}},
           {"connectionPool: {{http: {{maxConcurrentStreams: {}}}}}",
            "WK608",
            "connectionPool.http.maxConcurrentStreams",
            {"0"},
            {"-1"}},
           {"connectionPool: {{tcp: {{idleTimeout: {}}}}}",
            "WK118",
            "connectionPool.tcp.idleTimeout",
            {"0s", "0.5ms", "-0.5ms", "1ms"},
            {"-1ms", "-1s"}},
           {"connectionPool: {{tcp: {{idleTimeout: {}}}}}",
            "WK119",
            "connectionPool.tcp.idleTimeout",
            {"2ms", "1s"},
            {"1.5ms", "1.0005s"}},
           {"loadBalancer: {{simple: ROUND_ROBIN, warmup: {{duration: {}}}}}",
            "WK119",
            "loadBalancer.warmup.duration",
            {"1ms", "1.005s"},
            {"1.5ms", "1.0005s"}},
           {"tunnel: {{targetHost: a.b, targetPort: {}}}",
            "WK630",
            "tunnel.targetPort",
            {"1", "65535"},
            {"0", "65536"}},
           {"loadBalancer: {{warmup: {{duration: 1s, aggression: {}}}}}",
            "WK618",
            "loadBalancer.warmup.aggression",
            {"0.01", "1", "7"},
            {"0", "-1", "-0.1"}},
           {"loadBalancer: {{consistentHash: {{useSourceIp: true, maglev: {{tableSize: {}}}}}}}",
            "WK613",
            "loadBalancer.consistentHash.maglev.tableSize",
            {"2", "3", "5", "65537", "4999999"},
            {"0", "1", "4", "9", "65536", "5000009", "5000011", "18446744073709551615"}},
           {"loadBalancer: {{consistentHash: {{useSourceIp: true, minimumRingSize: {}}}}}",
            "WK612",
            "loadBalancer.consistentHash.minimumRingSize",
            {"0"},
            {"1"}},
           {"portLevelSettings: [{{port: {{number: {}}}, loadBalancer: {{simple: RANDOM}}}}]",
            "WK626",
            "portLevelSettings[0].port.number",
            {"1", "65535"},
            {"0", "65536"}},
       }) {
    for (const std::string& number : c.good) {
      INFO(c.text << " " << number);
      CHECK(policy(fmt::format(fmt::runtime(c.text), number)).empty());
    }
    for (const std::string& number : c.bad) {
      INFO(c.text << " " << number);
      CHECK(policy(fmt::format(fmt::runtime(c.text), number)) ==
            fmt::format("{} spec.trafficPolicy.{}", c.code, c.path));
    }
  }
}

TEST_CASE("localities") {
  const std::string at = "WK615 spec.trafficPolicy.loadBalancer.localityLbSetting.distribute";
  struct Case {
    const char* name;
    const char* distribute;
    std::string want;
  };
  for (const Case& c : {
           Case{"one weight of 100", "[{from: a, to: {b: 100}}]", ""},
           {"many weights", "[{from: a, to: {b: 1, c: 99}}]", ""},
           {"99", "[{from: a, to: {b: 99}}]", at + "[0].to"},
           {"101", "[{from: a, to: {b: 50, c: 51}}]", at + "[0].to"},
           {"a weight of 0 is told, the sum not", "[{from: a, to: {b: 0, c: 50}}]", at + "[0].to.b"},
           {"a source of a wider one before it", "[{from: a, to: {b: 100}}, {from: a/b, to: {b: 100}}]",
            at + "[1].from"},
           {"a wildcard before it", "[{from: \"*\", to: {b: 100}}, {from: a, to: {b: 100}}]", at + "[1].from"},
           {"a wildcard behind it", "[{from: a, to: {b: 100}}, {from: \"*\", to: {b: 100}}]", ""},
           {"a zone's wildcard behind one of its own", "[{from: a/b/c, to: {b: 100}}, {from: a/b/*, to: {b: 100}}]",
            ""},
           {"a zone behind one of its own", "[{from: a/b/c, to: {b: 100}}, {from: a/b, to: {b: 100}}]",
            at + "[1].from"},
           {"targets have no order", "[{from: a, to: {b/c: 50, \"b/*\": 50}}]", at + "[0].to[\"b/c\"]"},
           {"an empty part", "[{from: a//c, to: {b: 100}}]", at + "[0].from"},
           {"a slash too many belongs to the subzone", "[{from: a/b/c/d, to: {b: 100}}]", ""},
           {"a star inside", "[{from: a*b, to: {b: 100}}]", at + "[0].from"},
           {"a star behind letters", "[{from: a*, to: {b: 100}}]", ""},
       }) {
    INFO(c.name);
    CHECK(policy(fmt::format("loadBalancer: {{localityLbSetting: {{distribute: {}}}}}", c.distribute)) == c.want);
  }
}

TEST_CASE("labels") {
  for (const Value& c : {
           Value{"version: v1", true},
           {"version: \"\"", true},
           {"app.kubernetes.io/name: a_b.c-d", true},
           {"Team.Example/Name: x", true},
           {kLabel + ": " + kLabel, true},
           {kLabel + "a: x", false},
           {"version: .v1", false},
           {"version: \"v 1\"", false},
           {"a/b/c: x", false},
           {"\"\": x", false},
       }) {
    INFO(c.text);
    const std::string found = rule(fmt::format("subsets: [{{name: v1, labels: {{{}}}}}]", c.text));
    CHECK(found.empty() == c.is_sound);
    CHECK((c.is_sound || found.starts_with("WK625 spec.subsets[0].labels")));
  }
}

TEST_CASE("names of subsets and ports") {
  for (const Value& c : {Value{"v1", true},
                         {"V1", true},
                         {"\"1\"", true},
                         {kLabel, true},
                         {kLabel + "a", false},
                         {"v1.2", false},
                         {"v_1", false},
                         {"-v1", false},
                         {"\"\"", false}}) {
    INFO(c.text);
    CHECK(rule(fmt::format("subsets: [{{name: {}, labels: {{a: b}}}}]", c.text)) ==
          (c.is_sound ? "" : "WK623 spec.subsets[0].name"));
    CHECK(entry(fmt::format("hosts: [a], resolution: DNS, ports: [{{number: 80, name: {}, protocol: HTTP}}]",
                            c.text)) == (c.is_sound ? "" : "WK659 spec.ports[0].name"));
  }
}

TEST_CASE("ports and protocols of entries") {
  for (const Value& c : {Value{"1", true}, {"65535", true}, {"0", false}, {"65536", false}}) {
    INFO(c.text);
    CHECK(entry(fmt::format("hosts: [a], resolution: DNS, ports: [{{number: {}, name: a, protocol: HTTP}}]", c.text)) ==
          (c.is_sound ? "" : "WK658 spec.ports[0].number"));
    CHECK(entry(fmt::format("hosts: [a], resolution: DNS, ports: [{{number: 80, targetPort: {}, name: a}}]", c.text)) ==
          (c.is_sound ? "" : "WK658 spec.ports[0].targetPort"));
    CHECK(
        entry(fmt::format("hosts: [a], resolution: STATIC, {}, endpoints: [{{address: 10.0.0.1, ports: {{http: {}}}}}]",
                          kPort, c.text)) == (c.is_sound ? "" : "WK658 spec.endpoints[0].ports.http"));
  }
  for (const Value& c : {Value{"HTTP", true},
                         {"http2", true},
                         {"gRPC-Web", true},
                         {"HTTP_PROXY", true},
                         {"UDP", true},
                         {"\"\"", true},
                         {"HTTP1", false},
                         {"HTTP/2", false},
                         {"WS", false},
                         {"grpc_web", false}}) {
    INFO(c.text);
    CHECK(entry(fmt::format("hosts: [a], resolution: DNS, ports: [{{number: 80, name: a, protocol: {}}}]", c.text)) ==
          (c.is_sound ? "" : "WK660 spec.ports[0].protocol"));
  }
  // The name of an endpoint's port has one character less than that of the entry.
  const std::string longest(62, 'p');
  const auto with_key = [](const std::string& key) {
    return entry(
        fmt::format("hosts: [a], resolution: STATIC, ports: [{{number: 80, name: {0}, protocol: HTTP}}], "
                    "endpoints: [{{address: 10.0.0.1, ports: {{{0}: 80}}}}]",
                    key));
  };
  CHECK(with_key(longest).empty());
  CHECK(with_key(longest + "p") == fmt::format("WK659 spec.endpoints[0].ports.{}p", longest));
}

TEST_CASE("addresses of entries") {
  for (const Value& c : {
           Value{"192.0.2.7", true},
           {"192.0.2.0/24", true},
           {"192.0.2.7/32", true},
           {"\"2001:db8::1\"", true},
           {"\"2001:db8::/32\"", true},
           {"\"::ffff:192.0.2.1\"", true},
           {"\"fe80::1%eth0\"", true},
           {"\"fe80::1%eth0/64\"", false},
           {"192.0.2.0/33", false},
           {"192.0.2.0/024", false},
           {"192.0.2", false},
           {"192.0.2.0/24/8", false},
           {"a.example.com", false},
           {"\"\"", false},
           {"192.0.2.07", false},
       }) {
    INFO(c.text);
    CHECK(entry(fmt::format("hosts: [a], addresses: [{}], {}", c.text, kPort)) ==
          (c.is_sound ? "" : "WK654 spec.addresses[0]"));
  }
}

TEST_CASE("endpoints by resolution") {
  struct Case {
    const char* address;
    const char* as_static;
    const char* as_dns;
  };
  for (const Case& c : {
           Case{"10.0.0.1", "", ""},
           {"\"2001:db8::1\"", "", ""},
           {"a.example.net", "WK664", ""},
           {"localhost", "WK664", ""},
           {"a_b", "WK664", "WK667"},
           {"\"*.example.net\"", "WK664", "WK667"},
           {"\"10.0.0.1:80\"", "WK664", "WK667"},
           {"\"unix:///a\"", "", "WK667"},
           {"\"unix://@a\"", "", "WK667"},
           {"\"unix://a\"", "WK669", "WK667"},
           {"\"unix://\"", "WK669", "WK667"},
           {"\"unix:///a/\"", "WK669", "WK667"},
           {"\"UNIX:///a\"", "WK664", "WK667"},
       }) {
    INFO(c.address);
    const auto with = [&](std::string_view resolution) {
      return entry(
          fmt::format("hosts: [a], {}, resolution: {}, endpoints: [{{address: {}}}]", kPort, resolution, c.address));
    };
    const auto at = [](std::string_view code) {
      return code.empty() ? std::string() : fmt::format("{} spec.endpoints[0].address", code);
    };
    CHECK(with("STATIC") == at(c.as_static));
    CHECK(with("DNS") == at(c.as_dns));
    CHECK(with("DNS_ROUND_ROBIN") == at(c.as_dns));
  }
}

TEST_CASE("a TCP port needs an address where Istio gives none") {
  struct Case {
    const char* fields;
    const char* labels;
    bool told;
  };
  for (const Case& c : {
           Case{"resolution: NONE", "{}", true},
           {"location: MESH_EXTERNAL", "{}", true},
           {"resolution: DNS", "{}", false},
           {"resolution: STATIC", "{}", false},
           {"resolution: DNS", "{networking.istio.io/enable-autoallocate-ip: \"false\"}", true},
           {"resolution: DNS", "{networking.istio.io/enable-autoallocate-ip: \"FALSE\"}", true},
           {"resolution: DNS", "{networking.istio.io/enable-autoallocate-ip: \"no\"}", false},
           {"addresses: [], resolution: NONE", "{}", true},
           {"addresses: [192.0.2.1], resolution: NONE", "{}", false},
       }) {
    INFO(c.fields << " " << c.labels);
    const auto spec = fmt::format("{{hosts: [a.b], ports: [{{number: 9, name: x, protocol: TCP}}], {}}}", c.fields);
    CHECK(told("ServiceEntry", spec, c.labels) == (c.told ? "WK661 spec.ports[0]" : ""));
  }
}

TEST_CASE("what is told already is not told again") {
  struct Case {
    const char* name;
    std::string found;
    const char* want;
  };
  for (const Case& c : {
           Case{"a misspelt setting is not a missing one", policy("loadBalancr: {simple: RANDOM}"),
                "WK111 spec.trafficPolicy.loadBalancr"},
           {"nor is one of a wrong type", policy("connectionPool: [1]"), "WK114 spec.trafficPolicy.connectionPool"},
           {"a null one is missing", policy("tls: null"), "WK602 spec.trafficPolicy, WK109 spec.trafficPolicy.tls"},
           {"a required field is told by the schema", policy("loadBalancer: {consistentHash: {httpCookie: {ttl: 0s}}}"),
            "WK121 spec.trafficPolicy.loadBalancer.consistentHash.httpCookie"},
           {"the same of an entry", entry("ports: []"), "WK121 spec"},
           {"a wrong resolution settles nothing",
            entry(fmt::format("hosts: [\"*.a.b\"], {}, resolution: dns, endpoints: [{{address: x_y}}]", kPort)),
            "WK116 spec.resolution"},
           {"an unknown protocol is not TCP",
            entry("hosts: [a.b, c.d], resolution: DNS, ports: [{number: 1, name: x, "
                  "protocol: FOO}]"),
            "WK660 spec.ports[0].protocol"},
           {"minimumPercent has a range of its own",
            policy("loadBalancer: {warmup: {duration: 1s, minimumPercent: 101}}"),
            "WK115 spec.trafficPolicy.loadBalancer.warmup.minimumPercent"},
           {"of distribute and failover only the contradiction",
            policy("loadBalancer: {localityLbSetting: {distribute: [{from: a, to: {b: 1}}], failover: [{from: a, to: "
                   "a}]}}"),
            "WK615 spec.trafficPolicy.loadBalancer.localityLbSetting.failover"},
       }) {
    INFO(c.name);
    CHECK(c.found == c.want);
  }
}

// Validation does not look at the old field, so only the limit of the schema counts.
TEST_CASE("warmupDurationSecs is as fine as one likes") {
  const std::string text = "loadBalancer: {{simple: ROUND_ROBIN, warmupDurationSecs: {}}}";
  const auto with = [&](std::string_view duration) { return policy(fmt::format(fmt::runtime(text), duration)); };
  CHECK(with("1.0005s") == with("1s"));
  CHECK(with("0.5ms").starts_with("WK118 "));
}

TEST_CASE("ten faults are ten findings in the order of the file") {
  const auto linted = test::lint_text(R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: a, namespace: shop}
spec:
  host: "http://a"
  trafficPolicy:
    outlierDetection: {maxEjectionPercent: 101, minHealthPercent: -1}
    connectionPool:
      tcp: {maxConnections: -1}
      http: {h2UpgradePolicy: UPGRADE, useClientProtocol: true}
    loadBalancer: {consistentHash: {useSourceIp: true, maglev: {tableSize: 4}}}
    tls: {mode: MUTUAL, caCertificates: /ca}
    tunnel: {protocol: GET, targetHost: a_b, targetPort: 0}
)");
  CHECK(linted.findings() ==
        std::vector<std::string>{"WK601 spec.host", "WK606 spec.trafficPolicy.outlierDetection.maxEjectionPercent",
                                 "WK606 spec.trafficPolicy.outlierDetection.minHealthPercent",
                                 "WK608 spec.trafficPolicy.connectionPool.tcp.maxConnections",
                                 "WK609 spec.trafficPolicy.connectionPool.http.useClientProtocol",
                                 "WK613 spec.trafficPolicy.loadBalancer.consistentHash.maglev.tableSize",
                                 "WK619 spec.trafficPolicy.tls", "WK630 spec.trafficPolicy.tunnel.protocol",
                                 "WK630 spec.trafficPolicy.tunnel.targetHost",
                                 "WK630 spec.trafficPolicy.tunnel.targetPort"});
}

TEST_CASE("a host that nothing answers is counted, and told where all is known") {
  const std::string text =
      "apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: a, namespace: shop}\n"
      "spec: {host: elsewhere}\n";
  const test::Linted open = test::lint_text(text);
  CHECK(open.result.diagnostics.empty());
  CHECK(open.result.unknown_references == 1);
  const CheckResult closed =
      run({.sources = open.loaded.sources, .workspace = *open.loaded.workspace, .closed_world = true}, {});
  REQUIRE(closed.diagnostics.size() == 1);
  CHECK(closed.diagnostics[0].rule->id == "WK634");
  CHECK(closed.unknown_references == 0);
}

TEST_CASE("only what admission says, with --only-admission") {
  const std::string text =
      "apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: a, namespace: shop}\n"
      "spec:\n  host: db.example.com\n  trafficPolicy:\n    tls: {mode: SIMPLE}\n"
      "    outlierDetection: {consecutiveErrors: 1}\n"
      "    portLevelSettings: [{port: {number: 0}, outlierDetection: {consecutiveErrors: 1}}]\n";
  const test::Linted linted = test::lint_text(text);
  CHECK(linted.findings().size() == 4);
  const CheckResult admission = run({.sources = linted.loaded.sources, .workspace = *linted.loaded.workspace},
                                    {.selection = {}, .only_admission = true});
  REQUIRE(admission.diagnostics.size() == 1);
  CHECK(admission.diagnostics[0].path == "spec.trafficPolicy.outlierDetection.consecutiveErrors");
}

}  // namespace
}  // namespace wicket::check
