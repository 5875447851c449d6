// What Gateways refer to: pods, Services, Secrets; and other Gateways of the same pods.
#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reference_manifests.h"
#include "support/catch.h"

namespace wicket::check {
namespace {

using namespace manifests;

std::string pod(std::string_view labels, std::string_view container = "istio-proxy",
                std::string_view ns = "istio-system") {
  return fmt::format(
      "apiVersion: v1\nkind: Pod\nmetadata: {{name: p, namespace: {}, labels: {{{}}}}}\nspec: {{containers: [{{name: "
      "{}, "
      "image: x, ports: [{{name: web, containerPort: 8080}}]}}]}}\n",
      ns, labels, container);
}
std::string deployment(std::string_view labels) {
  return object(
      "apps/v1", "Deployment", "d", "istio-system",
      fmt::format("spec: {{template: {{metadata: {{labels: {{{}}}}}, spec: {{containers: [{{name: istio-proxy, "
                  "image: auto}}]}}}}}}",
                  labels));
}
std::string selecting(
    std::string_view selector,
    std::string_view servers = "port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]",
    std::string_view name = "g", std::string_view ns = "edge") {
  return object("networking.istio.io/v1", "Gateway", name, ns,
                fmt::format("spec: {{selector: {{{}}}, servers: [{{{}}}]}}", selector, servers));
}
std::string https(std::string_view host, std::string_view tls, std::string_view more = "") {
  return fmt::format("port: {{number: 443, name: https, protocol: HTTPS}}, hosts: [{}], tls: {{{}}}{}", host, tls,
                     more);
}
const std::string kIngress = "istio: ingressgateway";

TEST_CASE("references: pods of a Gateway") {
  const std::string missing = "error WK413 spec.selector.istio";
  check({
      {"no workload is here", {selecting("istio: edge")}, ""},
      {"the default one, not here", {pod("istio: egressgateway"), selecting(kIngress)}, ""},
      {"the default one, in a closed world", {kClosed + selecting(kIngress)}, missing},
      {"another gateway is here", {pod("istio: egressgateway"), selecting("istio: edge")}, missing},
      {"another workload is here", {pod("app: web", "web"), selecting("istio: edge")}, ""},
      {"the control plane is here", {pod("istio: pilot", "discovery"), selecting("istio: edge")}, ""},
      {"a Deployment", {deployment("istio: edge"), selecting("istio: edge")}, ""},
      {"all labels count",
       {deployment("istio: edge, app: a"), selecting("istio: edge, app: b")},
       "error WK413 spec.selector.app"},
      {"in any namespace", {pod("istio: edge", "istio-proxy", "far"), selecting("istio: edge")}, ""},
  });
}

TEST_CASE("references: ports of the Services in front of a gateway") {
  const auto one = [](const char* name, std::string_view ports, int number, std::string want) {
    return Case{
        name,
        {pod(kIngress), service("s", "istio-system", fmt::format("selector: {{{}}}, ports: [{}]", kIngress, ports)),
         selecting(kIngress,
                   fmt::format("port: {{number: {}, name: http, protocol: HTTP}}, hosts: [a.example.com]", number))},
        std::move(want)};
  };
  const std::string closed = "warning WK414 spec.servers[0].port.number";
  check({
      one("the port", "{name: http, port: 80, targetPort: 8081}", 80, ""),
      one("its target", "{name: http, port: 80, targetPort: 8081}", 8081, ""),
      one("a target by name", "{name: http, port: 80, targetPort: web}", 8080, ""),
      one("neither", "{name: http, port: 80, targetPort: 8081}", 8090, closed),
      one("UDP", "{name: http, port: 80}, {name: dns, port: 53, protocol: UDP}", 53, closed),
      {"no Service is here", {pod(kIngress), selecting(kIngress)}, ""},
      {"a Service of others",
       {pod(kIngress), service("s", "istio-system", "selector: {app: x}, ports: [{name: http, port: 81}]"),
        selecting(kIngress)},
       ""},
      {"a Service of another namespace",
       {pod(kIngress), service("s", "edge", "selector: {istio: ingressgateway}, ports: [{name: http, port: 81}]"),
        selecting(kIngress)},
       ""},
      {"two Services",
       {pod(kIngress),
        service("s", "istio-system", "selector: {istio: ingressgateway}, ports: [{name: http, port: 81}]"),
        service("t", "istio-system", "selector: {istio: ingressgateway}, ports: [{name: http, port: 80}]"),
        selecting(kIngress)},
       ""},
  });
}

TEST_CASE("references: Secrets of servers") {
  const auto secret = [](std::string_view name, std::string_view ns, std::string_view keys) {
    return object("v1", "Secret", name, ns, fmt::format("stringData: {{{}}}", keys));
  };
  // Not a certificate, but one that something else fills in.
  const std::string sound = "tls.crt: $CRT, tls.key: $KEY";
  const std::string at = "spec.servers[0].tls.credentialName";
  const auto gateway_with = [](std::string_view tls) { return selecting(kIngress, https("a.example.com", tls)); };
  const std::string simple = gateway_with("mode: SIMPLE, credentialName: c");
  const std::string mutual = gateway_with("mode: MUTUAL, credentialName: c");
  const auto made_by = [](const char* name, std::string_view api, std::string_view kind, std::string_view spec) {
    return Case{name,
                {pod(kIngress), object("v1", "Secret", "other", "istio-system", "stringData: {a: b}"),
                 object(api, kind, "m", "istio-system", spec),
                 selecting(kIngress, https("a.example.com", "mode: SIMPLE, credentialName: c"))},
                ""};
  };
  check({
      {"nobody knows the namespace", {secret("c", "edge", sound), simple}, ""},
      {"no Secret is here", {pod(kIngress), simple}, ""},
      {"others are here", {pod(kIngress), secret("x", "istio-system", sound), simple}, "error WK415 " + at},
      {"others are elsewhere", {pod(kIngress), secret("x", "far", sound), simple}, ""},
      {"in the Gateway's namespace", {pod(kIngress), secret("c", "edge", sound), simple}, "error WK415 " + at},
      {"there", {pod(kIngress), secret("c", "istio-system", sound), simple}, ""},
      {"the other spelling", {pod(kIngress), secret("c", "istio-system", "cert: $C, key: $K"), simple}, ""},
      {"half of each",
       {pod(kIngress), secret("c", "istio-system", "cert: $C, tls.key: $K"), simple},
       "error WK416 " + at},
      {"an empty key",
       {pod(kIngress), secret("c", "istio-system", "tls.crt: $C, tls.key: ''"), simple},
       "error WK416 " + at},
      {"no certificate",
       {pod(kIngress), secret("c", "istio-system", "tls.crt: x, tls.key: x"), simple},
       "error WK416 " + at},
      {"one of several",
       {pod(kIngress), secret("c", "istio-system", sound), gateway_with("mode: SIMPLE, credentialNames: [c, d]")},
       "error WK415 spec.servers[0].tls.credentialNames[1]"},
      {"of the Gateway API",
       {pod(kIngress), secret("x", "istio-system", sound),
        gateway_with("mode: SIMPLE, credentialName: 'kubernetes-gateway://a/c'")},
       ""},
      made_by("of a Certificate", "cert-manager.io/v1", "Certificate", "spec: {secretName: c}"),
      made_by("of an ExternalSecret", "external-secrets.io/v1", "ExternalSecret", "spec: {target: {name: c}}"),
      made_by("of a SealedSecret", "bitnami.com/v1alpha1", "SealedSecret", "spec: {template: {metadata: {name: c}}}"),
      {"without a CA", {pod(kIngress), secret("c", "istio-system", sound), mutual}, "error WK436 " + at},
      {"with a CA", {pod(kIngress), secret("c", "istio-system", sound + ", ca.crt: $CA"), mutual}, ""},
      {"with one of the other spelling",
       {pod(kIngress), secret("c", "istio-system", sound + ", cacert: $CA"), mutual},
       ""},
      {"with a CA apart",
       {pod(kIngress), secret("c", "istio-system", sound), secret("c-cacert", "istio-system", "cacert: $CA"), mutual},
       ""},
      {"with an empty one apart, which comes first",
       {pod(kIngress), secret("c", "istio-system", sound + ", ca.crt: $CA"), secret("c-cacert", "istio-system", "x: x"),
        mutual},
       "error WK436 " + at},
      {"with a CA by name",
       {pod(kIngress), secret("c", "istio-system", sound), secret("ca", "istio-system", "ca.crt: $CA"),
        gateway_with("mode: MUTUAL, credentialName: c, caCertCredentialName: ca")},
       ""},
      {"with a CA by name that is none",
       {pod(kIngress), secret("c", "istio-system", sound), secret("ca", "istio-system", "x: x"),
        gateway_with("mode: OPTIONAL_MUTUAL, credentialName: c, caCertCredentialName: ca")},
       "error WK436 spec.servers[0].tls.caCertCredentialName"},
  });
}

TEST_CASE("references: servers of two Gateways") {
  const auto two = [](const char* name, std::string_view first, std::string_view second, std::string want,
                      std::string_view selector = kIngress) {
    return Case{name, {selecting(kIngress, first, "g"), selecting(selector, second, "h")}, std::move(want)};
  };
  const std::string conflict = "error WK417 spec.servers[0].hosts[0]";
  const std::string plain = "port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]";
  const std::string a = https("a.example.com", "mode: SIMPLE, credentialName: c");
  const std::string shared = "warning WK418 spec.servers[0].tls.credentialName";
  check({
      two("one host", a, https("a.example.com", "mode: SIMPLE, credentialName: d"), conflict),
      two("a wildcard over it", a, https("'*.example.com'", "mode: SIMPLE, credentialName: d"), ""),
      two("other pods", a, https("a.example.com", "mode: SIMPLE, credentialName: d"), "", "istio: edge"),
      two("fewer pods", a, https("a.example.com", "mode: SIMPLE, credentialName: d"), conflict,
          "istio: ingressgateway, a: b"),
      two("another address", a, https("a.example.com", "mode: SIMPLE, credentialName: d", ", bind: 10.0.0.1"), ""),
      two("for all namespaces", a, https("'*/a.example.com'", "mode: SIMPLE, credentialName: d"), conflict),
      two("for one namespace", a, https("x/a.example.com", "mode: SIMPLE, credentialName: d"), conflict),
      two("plaintext for one namespace", plain,
          "port: {number: 80, name: http, protocol: HTTP}, hosts: [x/a.example.com]", ""),
      two("plaintext", plain, plain, "info WK417 spec.servers[0].hosts[0]"),
      two("both redirect", plain + ", tls: {httpsRedirect: true}", plain + ", tls: {httpsRedirect: true}",
          "info WK417 spec.servers[0].hosts[0]"),
      two("only one redirects", plain, plain + ", tls: {httpsRedirect: true}", ""),
      two("one certificate", a, https("b.example.com", "mode: SIMPLE, credentialName: c"), shared),
      two("one certificate of other pods", a, https("b.example.com", "mode: SIMPLE, credentialName: c"), "",
          "istio: edge"),
      two("passthrough has none", a, https("b.example.com", "mode: PASSTHROUGH"), ""),
      two("the same files", https("a.example.com", "mode: SIMPLE, serverCertificate: /c, privateKey: /k"),
          https("b.example.com", "mode: SIMPLE, serverCertificate: /c, privateKey: /k"),
          "warning WK418 spec.servers[0].tls.serverCertificate"),
  });
}

TEST_CASE("references: claims") {
  const auto tokens = [](std::string_view ns, std::string_view selector) {
    return object("security.istio.io/v1", "RequestAuthentication", "r", ns,
                  fmt::format("spec: {{{}jwtRules: [{{issuer: a, jwksUri: 'https://a/'}}]}}", selector));
  };
  const std::string g = selecting(kIngress);
  const std::string v = routes("v", "shop",
                               "hosts: [a.example.com], gateways: [edge/g], http: [{match: [{headers: "
                               "{'@request.auth.claims.a': {exact: b}}}], route: [{destination: {host: a}}]}]");
  const std::string missing = "error WK419 spec.http[0].match[0].headers[\"@request.auth.claims.a\"]";
  check({
      {"no pods", {tokens("istio-system", "selector: {matchLabels: {app: x}}, "), g, v}, ""},
      {"none is here", {pod(kIngress), g, v}, ""},
      {"none of the pods' namespace", {pod(kIngress), tokens("far", ""), g, v}, ""},
      {"for all pods", {pod(kIngress), tokens("istio-system", ""), g, v}, ""},
      {"for these",
       {pod(kIngress), tokens("istio-system", "selector: {matchLabels: {istio: ingressgateway}}, "), g, v},
       ""},
      {"for others", {pod(kIngress), tokens("istio-system", "selector: {matchLabels: {app: x}}, "), g, v}, missing},
      {"in the root namespace",
       {pod(kIngress, "istio-proxy", "far"),
        tokens("istio-system", "selector: {matchLabels: {istio: ingressgateway}}, "), g, v},
       ""},
  });
}

TEST_CASE("references: what the settings list is there") {
  const auto codes = [](const std::vector<std::string>& documents, const Known& known) {
    const test::Linted linted = test::lint_text(fmt::format("{}", fmt::join(documents, "---\n")));
    const CheckResult result = run(
        {.sources = linted.loaded.sources, .workspace = *linted.loaded.workspace, .closed_world = true, .known = known},
        {.selection = {}});
    std::vector<std::string_view> all;
    for (const Diagnostic& finding : result.diagnostics) all.push_back(finding.rule->id);
    return fmt::format("{}", fmt::join(all, " "));
  };
  const std::string g = selecting("istio: edge", https("a.example.com", "mode: SIMPLE, credentialName: c"));
  const rules::Workload edge{.ns = "edge", .labels = {{"istio", "edge"}}};
  CHECK(codes({g}, {}) == "WK413");
  CHECK(codes({g}, {.services = {}, .gateways = {}, .secrets = {}, .namespaces = {}, .gateway_workloads = {edge}}) ==
        "WK415");
  CHECK(codes({g},
              {.services = {}, .gateways = {}, .secrets = {"edge/c"}, .namespaces = {}, .gateway_workloads = {edge}}) ==
        "");
  const std::string v = routes("v", "shop", "hosts: [a], exportTo: [team], " + to("host: b"));
  CHECK(codes({v}, {}) == "WK406");
  CHECK(codes({v}, {.services = {"b.shop.svc.cluster.local"},
                    .gateways = {},
                    .secrets = {},
                    .namespaces = {"x"},
                    .gateway_workloads = {}}) == "WK426");
  CHECK(codes({v}, {.services = {"b.shop.svc.cluster.local"},
                    .gateways = {},
                    .secrets = {},
                    .namespaces = {"team"},
                    .gateway_workloads = {}}) == "");
}

TEST_CASE("references: certificates that are not valid at the time of the input") {
  std::ifstream file(WICKET_SOURCE_DIR "/testdata/questions/certificate.yaml");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const test::Linted linted = test::lint_text(text);
  const auto told_at = [&](std::optional<std::chrono::sys_seconds> now) -> std::string {
    const CheckInput input{.sources = linted.loaded.sources, .workspace = *linted.loaded.workspace, .now = now};
    std::string all;
    for (const Diagnostic& finding : run(input, {}).diagnostics)
      if (finding.rule->id == "WK416") all += finding.message;
    return all;
  };
  using namespace std::chrono_literals;
  const std::chrono::sys_days from(2026y / 11 / 28), to(2126y / 11 / 4);
  CHECK(told_at(std::nullopt).empty());
  CHECK(told_at(from - 24h) ==
        "Secret istio-system/market cannot be used: its certificate is not valid before 2026-11-28");
  CHECK(told_at(from + 24h).empty());
  CHECK(told_at(to).empty());
  CHECK(told_at(to + 24h) == "Secret istio-system/market cannot be used: its certificate expired on 2126-11-04");
}

}  // namespace
}  // namespace wicket::check
