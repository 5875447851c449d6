#include "load/settings.h"

#include <string>
#include <vector>

#include "load/pattern_list.h"
#include "support/catch.h"

namespace wicket::load {
namespace {

TEST_CASE("settings are read, each key") {
  const ReadSettings read = parse_settings("deploy/wicket.yaml", R"(
include: ["deploy/**"]
exclude: [old/, '*.tmp.yaml']
rules:
  WK109: off
  unknown-field: "warning"
  WK1: error
per-file:
- files: [legacy/]
  rules: {WK102: info}
fail-on: warning
baseline: known.json
default-namespace: shop
cluster-domain: corp.local
closed-world: yes
mesh:
  istio-version: 1.30
  root-namespace: mesh
  path-normalization: MERGE_SLASHES
  trusted-proxies: 2
  scope-gateways-to-namespace: true
  accept-http10: true
  virtual-service-export-to: ["."]
  destination-rule-export-to: ["*"]
  service-export-to: []
known:
  services: ["*.example.com"]
  gateways: [istio-system/shared]
  secrets: [istio-system/tls]
  namespaces: [a, b]
  gateway-workloads:
  - labels: {istio: edge}
  - {namespace: edge, labels: {app: gw}}
)");
  CHECK(read.errors == std::vector<std::string>());
  const Settings& s = read.settings;
  CHECK(s.folder == "deploy");
  CHECK(s.include == std::vector<std::string>{"deploy/**"});
  CHECK(s.exclude == std::vector<std::string>{"old/", "*.tmp.yaml"});
  REQUIRE(s.rules.size() == 3);
  CHECK(s.rules[0].code == "WK109");
  CHECK(s.rules[0].level == RuleLevel::kOff);
  CHECK(s.rules[1].level == RuleLevel::kWarning);
  CHECK(s.rules[2].level == RuleLevel::kError);
  REQUIRE(s.per_file.size() == 1);
  CHECK(s.per_file[0].rules.at(0).level == RuleLevel::kInfo);
  CHECK(s.fail_on == "warning");
  CHECK(s.baseline == "known.json");
  CHECK(s.default_namespace == "shop");
  CHECK(s.cluster_domain == "corp.local");
  CHECK(s.closed_world == true);
  CHECK(s.mesh.istio_version == std::pair<std::uint32_t, std::uint32_t>(1, 30));
  CHECK(s.mesh.root_namespace == "mesh");
  CHECK(s.mesh.path_normalization == "MERGE_SLASHES");
  CHECK(s.mesh.trusted_proxies == 2U);
  CHECK(s.mesh.scope_gateways_to_namespace == true);
  CHECK(s.mesh.accept_http10 == true);
  CHECK(s.mesh.virtual_service_export_to == std::vector<std::string>{"."});
  CHECK(s.mesh.service_export_to == std::vector<std::string>());
  CHECK(s.known.services == std::vector<std::string>{"*.example.com"});
  CHECK(s.known.gateways == std::vector<std::string>{"istio-system/shared"});
  CHECK(s.known.namespaces.size() == 2);
  REQUIRE(s.known.gateway_workloads.size() == 2);
  CHECK(s.known.gateway_workloads[0].ns == "istio-system");
  CHECK(s.known.gateway_workloads[1].ns == "edge");
}

TEST_CASE("serve is read with everything in it") {
  const ReadSettings read = parse_settings("wicket.yaml",
                                           "serve:\n"
                                           "  backends:\n"
                                           "    hello.shop:80:v1: 9000\n"
                                           "    \"*.shop\": [9001, \"[::1]:9002\"]\n"
                                           "  unmapped: 503\n"
                                           "  address: 0.0.0.0\n"
                                           "  ports: {80: 8080, 443: 0}\n"
                                           "  port-mapping-in-headers: false\n"
                                           "  admin-port: off\n"
                                           "  watch: false\n"
                                           "  access-log: off\n");
  REQUIRE(read.errors.empty());
  const ServeChoice& s = read.settings.serve;
  REQUIRE(s.backends.size() == 3);
  CHECK(s.backends[0].name == BackendName{.host = "hello.shop", .port = 80, .subset = "v1"});
  CHECK(s.backends[0].address.host == "127.0.0.1");
  CHECK(s.backends[0].address.port == 9000);
  CHECK(s.backends[1].name == BackendName{.host = "*.shop"});
  CHECK(s.backends[2].address.host == "::1");
  CHECK(s.backends[2].address.port == 9002);
  CHECK(s.unmapped == "503");
  CHECK(s.address == "0.0.0.0");
  REQUIRE(s.ports.size() == 2);
  CHECK(s.ports[1].gateway_port == 443);
  CHECK(s.ports[1].port == 0);
  CHECK(s.port_mapping_in_headers == false);
  CHECK(s.admin_port == "off");
  CHECK(s.watch == false);
  CHECK(s.access_log == "off");
}

TEST_CASE("settings that say nothing are sound") {
  for (const char* text :
       {"", "# nothing\n", "rules:\n", "mesh:\n", "serve:\n", "serve: {backends: }\n", "---\n", "exclude: []\n"}) {
    INFO(text);
    CHECK(parse_settings("wicket.yaml", text).errors.empty());
  }
}

TEST_CASE("what is wrong with settings is told with its place") {
  struct Case {
    const char* text;
    const char* error;
  };
  const Case cases[] = {
      {"exclud: []\n", "wicket.yaml:1:1: unknown key \"exclud\" in wicket.yaml; did you mean exclude?"},
      {"mesh:\n  trusted-proxy: 1\n",
       "wicket.yaml:2:3: unknown key \"trusted-proxy\" in mesh; it takes istio-version, root-namespace, "
       "path-normalization, trusted-proxies, scope-gateways-to-namespace, accept-http10, virtual-service-export-to, "
       "destination-rule-export-to or service-export-to"},
      {"rules: {WK1: warn}\n", "wicket.yaml:1:14: the level of WK1 takes off, info, warning or error"},
      {"rules: {WK1: on}\n", "wicket.yaml:1:14: the level of WK1 takes off, info, warning or error"},
      {"rules: [WK1]\n", "wicket.yaml:1:8: rules needs keys and values"},
      {"exclude: old\n", "wicket.yaml:1:10: exclude needs a list"},
      {"exclude: [[a]]\n", "wicket.yaml:1:11: an item of exclude needs a text"},
      {"fail-on: errors\n", "wicket.yaml:1:10: fail-on takes error, warning, info or never; did you mean error?"},
      {"default-namespace: A\n", "wicket.yaml:1:20: default-namespace \"A\" is no namespace"},
      {"closed-world: 1\n", "wicket.yaml:1:15: closed-world needs true or false"},
      {"mesh: {istio-version: 1}\n", "wicket.yaml:1:23: istio-version \"1\" is not MAJOR.MINOR, such as \"1.30\""},
      {"mesh: {trusted-proxies: -1}\n", "wicket.yaml:1:25: trusted-proxies needs a number from 0 to 256"},
      {"known: {gateways: [shared]}\n", "wicket.yaml:1:20: \"shared\" in gateways is not NAMESPACE/NAME"},
      {"per-file: [{rules: {WK1: off}}]\n", "wicket.yaml:1:12: an item of per-file needs files: a list of patterns"},
      {"known: {gateway-workloads: [{namespace: a}]}\n", "wicket.yaml:1:29: an item of gateway-workloads needs labels"},
      {"serve: {backends: {a..b: 1}}\n", "wicket.yaml:1:20: \"a..b\" in backends is not HOST[:PORT[:SUBSET]]"},
      {"serve: {backends: {\"a:80:\": 1}}\n", "wicket.yaml:1:20: \"a:80:\" in backends is not HOST[:PORT[:SUBSET]]"},
      {"serve: {backends: {\"a:0\": 1}}\n", "wicket.yaml:1:20: \"a:0\" in backends is not HOST[:PORT[:SUBSET]]"},
      {"serve: {backends: {a: 65536}}\n", "wicket.yaml:1:23: the address \"65536\" is neither PORT nor HOST:PORT"},
      {"serve: {backends: {a: [b]}}\n", "wicket.yaml:1:24: the address \"b\" is neither PORT nor HOST:PORT"},
      {"serve: {unmapped: 404}\n", "wicket.yaml:1:19: unmapped takes echo or 503"},
      {"serve: {ports: {http: 80}}\n", "wicket.yaml:1:17: \"http\" in ports is no port of a gateway"},
      {"serve: {ports: {80: x}}\n", "wicket.yaml:1:21: port 80 needs a number from 0 to 65535"},
      {"serve: {admin-port: none}\n", "wicket.yaml:1:21: admin-port \"none\" is neither a port nor off"},
      {"fail-on: info\nfail-on: error\n", "wicket.yaml:2:1: key \"fail-on\" occurs twice"},
      {"- a\n", "wicket.yaml:1:1: wicket.yaml needs keys and values"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    const ReadSettings read = parse_settings("wicket.yaml", c.text);
    REQUIRE(read.errors.size() == 1);
    CHECK(read.errors[0] == c.error);
  }
  CHECK(parse_settings("wicket.yaml", "a: 1\nb: 2\nfail-on: 3\n").errors.size() == 3);
  CHECK(parse_settings("wicket.yaml", "a: [\n").errors.at(0).find("cannot parse the settings") != std::string::npos);
}

TEST_CASE("patterns mean what they mean in .gitignore") {
  struct Case {
    std::vector<std::string> patterns;
    const char* path;
    bool matches;
  };
  for (const Case& c : {Case{{"old/"}, "a/old/b.yaml", true},
                        {{"old/"}, "a/old", false},
                        {{"/old/"}, "a/old/b.yaml", false},
                        {{"*.tmp.yaml"}, "a/b.tmp.yaml", true},
                        {{"a/*.yaml"}, "a/b/c.yaml", false},
                        {{"a/**"}, "a/b/c.yaml", true},
                        {{"*.yaml", "!b.yaml"}, "b.yaml", false},
                        {{}, "b.yaml", false}}) {
    INFO(c.path);
    CHECK(PatternList(c.patterns).matches(c.path, false) == c.matches);
  }
}

}  // namespace
}  // namespace wicket::load
