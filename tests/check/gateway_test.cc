// WK2xx beyond one example a check: forms of names, limits, what follows from what, origins and repairs.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"
#include "support/lint.h"

namespace wicket::check {
namespace {

using Names = std::vector<std::string>;

std::string gateway(const std::string& servers, const std::string& name = "public") {
  return "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: " + name +
         ", namespace: shop}\nspec:\n  selector: {istio: ingressgateway}\n  servers:\n" + servers;
}
std::string with_host(const std::string& host) {
  return gateway("  - port: {number: 80, name: http, protocol: HTTP}\n    hosts: [" + host + "]\n");
}
std::string with_port(const std::string& port, const std::string& rest = "") {
  return gateway("  - port: {" + port + "}\n    hosts: [a.example.com]\n" + rest);
}
std::string with_tls(const std::string& tls, const std::string& protocol = "HTTPS") {
  return gateway("  - port: {number: 443, name: https, protocol: " + protocol +
                 "}\n    hosts: [a.example.com]\n    tls: {" + tls + "}\n");
}

/// Without good practice, which has its own tests and would speak of many a short manifest.
test::Linted lint(const std::string& text) {
  return test::lint_text(text, *Selection::from({.select = {}, .extend_select = {}, .ignore = {"WK7"}}));
}

/// "WK208", one a finding, in order.
Names codes(const std::string& text) {
  Names found = lint(text).findings();
  for (std::string& finding : found) finding.resize(5);
  return found;
}

TEST_CASE("hosts of servers") {
  struct Case {
    const char* host;
    Names want;
  };
  const std::string label63(63, 'a');
  const std::string label64(64, 'a');
  const std::string good63 = label63 + ".com";
  const std::string bad64 = label64 + ".com";
  const std::string good255 = label63 + "." + label63 + "." + label63 + "." + label63;
  const std::string bad256 = good255 + ".";
  const std::string good_ns = label63 + "/a.example.com";
  const std::string bad_ns = label64 + "/a.example.com";
  const Case cases[] = {
      {"\"*\"", {}},
      {"\"*.example.com\"", {}},
      {"\"*.\"", {}},
      {"a.example.com.", {}},
      {"A.Example.COM", {}},
      {"\"*/a.example.com\"", {}},
      {"\"./*\"", {}},
      {"\"*/*\"", {}},
      {"shop/a.example.com", {}},
      {"Shop/a.example.com", {}},
      {"10.0.0.1", {}},
      {"\"::ffff:10.0.0.1\"", {}},
      {good63.c_str(), {}},
      {good255.c_str(), {}},
      {good_ns.c_str(), {}},
      {bad_ns.c_str(), {"WK205"}},
      {"my_ns/a.example.com", {"WK205"}},
      {"~/a.example.com", {"WK205"}},
      {"\"*x/a.example.com\"", {"WK205"}},
      {"https://a.example.com", {"WK205"}},
      {"my_ns/a_b.example.com", {"WK205", "WK208"}},
      {"/a.example.com", {"WK206"}},
      {"shop/", {"WK206"}},
      {"/", {"WK206"}},
      {"shop", {"WK207"}},
      {"localhost", {"WK207"}},
      {"./shop", {"WK207"}},
      {"\"::1\"", {"WK207"}},
      {"\"2001:db8::1\"", {"WK207"}},
      {"a_b", {"WK207", "WK208"}},
      {"\"\"", {"WK208"}},
      {"a_b.example.com", {"WK208"}},
      {"a.example.com:80", {"WK208"}},
      {"10.0.0.256", {"WK208"}},
      {"10.0.0.0/8", {"WK205", "WK207"}},
      {"a..example.com", {"WK208"}},
      {"-a.example.com", {"WK208"}},
      {"a.example.1", {"WK208"}},
      {"a/b/c.com", {"WK208"}},
      {"a.*.example.com", {"WK208"}},
      {"foo.*", {"WK208"}},
      {"\"**.example.com\"", {"WK208"}},
      {bad64.c_str(), {"WK208"}},
      {bad256.c_str(), {"WK208"}},
      {"\"*-eu.example.com\"", {"WK209"}},
      {"\"*eu.example.com\"", {"WK209"}},
      {"\"*/*-eu.example.com\"", {"WK209"}},
      {"80", {"WK107"}},
      {"~", {"WK110"}},
      {"\"{{ .Values.host }}\"", {"WK141"}},
      {"\"*/*\", ./a.example.com", {"WK238"}},
      {"\"*/*\", a.example.com, \"*/a.example.com\", ./b.example.com", {"WK238"}},
      {"./a.example.com, \"*/*\"", {}},
      {"\"*/*\", a.example.com, shop/b.example.com, \"*/*\"", {}},
  };
  for (const Case& c : cases) {
    INFO(c.host);
    CHECK(codes(with_host(c.host)) == c.want);
  }
}

TEST_CASE("the caret stands at the part of a host that is wrong") {
  struct Case {
    const char* host;
    const char* caret;
  };
  const Case cases[] = {
      {"my_ns/a.example.com", "my_ns"},
      {"'my_ns/a.example.com'", "my_ns"},
      {"shop/a_b.example.com", "a_b.example.com"},
      {"\"shop/a_b.example.com\"", "a_b.example.com"},
      {"\"sh\\u006fp/shop\"", "shop"},
      {"a_b.example.com", "a_b.example.com"},
  };
  for (const Case& c : cases) {
    INFO(c.host);
    const std::string text = with_host(c.host);
    const test::Linted linted = lint(text);
    REQUIRE(linted.result.diagnostics.size() == 1);
    const Span span = linted.result.diagnostics[0].span;
    CHECK(text.substr(span.begin, span.end - span.begin) == c.caret);
  }
}

TEST_CASE("names of Gateways") {
  const std::string label63(63, 'a');
  const std::string label64(64, 'a');
  const std::string server = "  - port: {number: 80, name: http, protocol: HTTP}\n    hosts: [a.example.com]\n";
  CHECK(codes(gateway(server, "a-1")).empty());
  CHECK(codes(gateway(server, label63)).empty());
  CHECK(codes(gateway(server, label64)) == Names{"WK201"});
  CHECK(codes(gateway(server, "a.b")) == Names{"WK201"});
  CHECK(codes(gateway(server, "A_b")) == Names{"WK130"});
}

TEST_CASE("ports and addresses") {
  struct Case {
    const char* port;
    const char* rest;
    Names want;
  };
  const Case cases[] = {
      {"number: 1, name: a, protocol: http", "", {}},
      {"number: 65535, name: a, protocol: Grpc-Web", "", {}},
      {"number: 0, name: a, protocol: HTTP", "", {"WK212"}},
      {"number: 65536, name: a, protocol: HTTP", "", {"WK212"}},
      {"number: 4294967295, name: a, protocol: HTTP", "", {"WK212"}},
      {"number: 4294967296, name: a, protocol: HTTP", "", {"WK115"}},
      {"number: -1, name: a, protocol: HTTP", "", {"WK115"}},
      {"number: 80, name: a, protocol: UDP", "", {}},
      {"number: 80, name: a, protocol: HTTP_PROXY", "", {}},
      {"number: 80, name: a, protocol: HBONE", "", {"WK211"}},
      {"number: 80, name: a, protocol: \"\"", "", {"WK211"}},
      {"number: 80, name: a, protocol: \"HTTP \"", "", {"WK211", "WK143"}},
      {"number: 80, name: a, protocol: HTTP, targetPort: 0", "", {}},
      {"number: 80, name: a, protocol: HTTP, targetPort: 1", "", {"WK213"}},
      {"number: 80, name: \"\", protocol: HTTP", "", {"WK214"}},
      {"number: 80, protocol: HTTP", "", {"WK121"}},
      {"number: 80, name: a, protocol: HTTP", "    bind: \"\"\n", {}},
      {"number: 80, name: a, protocol: HTTP", "    bind: 10.0.0.1\n", {}},
      {"number: 80, name: a, protocol: HTTP", "    bind: \"::1\"\n", {}},
      {"number: 80, name: a, protocol: HTTP", "    bind: \"fe80::1%eth0\"\n", {}},
      {"number: 80, name: a, protocol: HTTP", "    bind: 10.0.0.1:80\n", {"WK216"}},
      {"number: 80, name: a, protocol: HTTP", "    bind: 10.0.0.0/8\n", {"WK216"}},
      {"number: 80, name: a, protocol: HTTP", "    bind: \"[::1]\"\n", {"WK216"}},
      {"number: 80, name: a, protocol: HTTP", "    bind: gw.example.com\n", {"WK216"}},
      {"number: 0, name: a, protocol: HTTP", "    bind: unix:///gw.sock\n", {}},
      {"number: 0, name: a, protocol: HTTP", "    bind: unix://@gw\n", {}},
      {"number: 0, name: a, protocol: HTTP", "    bind: unix://\n", {"WK217"}},
      {"number: 0, name: a, protocol: HTTP", "    bind: unix://gw.sock\n", {"WK217"}},
      {"number: 0, name: a, protocol: HTTP", "    bind: unix:///run/\n", {"WK217"}},
      {"number: 80, name: a, protocol: HTTP", "    bind: unix:///gw.sock\n", {"WK218"}},
      {"number: 70000, name: a, protocol: HTTP", "    bind: unix:///gw.sock\n", {"WK218"}},
      {"number: 80, name: a, protocol: HTTP", "    bind: unix://gw.sock\n", {"WK218", "WK217"}},
      {"number: 443, name: a, protocol: https", "", {"WK219"}},
      {"number: 443, name: a, protocol: TLS", "    tls: [x]\n", {"WK114"}},
  };
  for (const Case& c : cases) {
    INFO(c.port << "\n" << c.rest);
    CHECK(codes(with_port(c.port, c.rest)) == c.want);
  }
}

TEST_CASE("TLS settings") {
  struct Case {
    const char* protocol;
    const char* tls;
    Names want;
  };
  const Case cases[] = {
      {"HTTPS", "mode: SIMPLE, credentialName: c", {}},
      {"TLS", "mode: AUTO_PASSTHROUGH", {}},
      {"HTTP", "httpsRedirect: true", {}},
      {"GRPC", "httpsRedirect: true, mode: PASSTHROUGH", {}},
      {"HTTP", "mode: SIMPLE, credentialName: c", {"WK220"}},
      {"GRPC-WEB", "mode: ISTIO_MUTUAL", {"WK220"}},
      {"HTTP", "serverCertificate: a, privateKey: b", {"WK220"}},
      {"HTTP", "caCertificates: a", {"WK220"}},
      {"HTTP", "mode: SIMPEL, credentialName: c", {"WK116"}},
      {"REDIS", "mode: SIMPLE, credentialName: c", {"WK221"}},
      {"UDP", "httpsRedirect: false", {"WK221"}},
      {"TCP", "httpsRedirect: true", {"WK221", "WK222"}},
      {"TLS", "httpsRedirect: true, mode: PASSTHROUGH", {"WK222"}},
      {"FOO", "httpsRedirect: true, mode: PASSTHROUGH", {"WK211"}},
      {"HTTPS", "mode: SIMPLE, credentialName: c, minProtocolVersion: TLSV1_0", {"WK223"}},
      {"HTTPS", "mode: SIMPLE, credentialName: c, minProtocolVersion: TLSV1_2", {}},
      {"HTTPS", "mode: SIMPLE, credentialName: c, minProtocolVersion: TLSV1_1, cipherSuites: []", {"WK223"}},
      {"HTTPS", "mode: SIMPLE, credentialName: c, minProtocolVersion: TLSV1_1, cipherSuites: [AES128-SHA]", {}},
      {"HTTPS", "mode: SIMPLE, credentialName: c, cipherSuites: [ALL, \"\", \"-AES128-SHA\", \"[A|B]\", \"!MD5\"]", {}},
      {"HTTPS",
       "mode: SIMPLE, credentialName: c, cipherSuites: [aes128-sha, TLS_AES_128_GCM_SHA256]",
       {"WK224", "WK224"}},
      {"HTTPS", "mode: SIMPLE, credentialName: c, cipherSuites: [X, X]", {"WK224", "WK224"}},
      {"HTTPS",
       "mode: SIMPLE, credentialName: c, cipherSuites: [ALL, ALL, AES128-SHA, AES128-SHA]",
       {"WK225", "WK225"}},
      {"HTTPS", "mode: ISTIO_MUTUAL", {}},
      {"HTTPS", "mode: ISTIO_MUTUAL, caCrl: a", {}},
      {"HTTPS",
       "mode: ISTIO_MUTUAL, serverCertificate: a, privateKey: b, caCertificates: c, credentialName: d",
       {"WK226", "WK226", "WK226", "WK226"}},
      {"HTTPS",
       "mode: ISTIO_MUTUAL, credentialNames: [a], tlsCertificates: [{serverCertificate: a, privateKey: b}]",
       {"WK226", "WK226"}},
      {"TLS", "mode: PASSTHROUGH, caCrl: a", {"WK227"}},
      {"TLS", "mode: AUTO_PASSTHROUGH, credentialNames: [a]", {"WK227"}},
      {"HTTP", "httpsRedirect: true, credentialName: c", {"WK227"}},
      {"HTTP", "httpsRedirect: true, caCrl: c", {"WK227"}},
      {"HTTP", "httpsRedirect: true", {}},
      {"TLS", "mode: PASSTHROUGH, credentialName: c, caCrl: a", {"WK227", "WK233"}},
      {"HTTPS", "mode: SIMPLE, credentialName: c, serverCertificate: a, privateKey: b", {"WK228"}},
      {"HTTPS", "mode: SIMPLE, credentialName: c, serverCertificate: a", {}},
      {"HTTPS", "mode: SIMPLE, credentialName: c, tlsCertificates: [{serverCertificate: a, privateKey: b}]", {"WK228"}},
      {"HTTPS", "mode: SIMPLE", {"WK229"}},
      {"HTTPS", "mode: SIMPLE, credentialName: \"\"", {"WK229"}},
      {"HTTPS", "mode: SIMPLE, privateKey: b", {"WK229"}},
      {"HTTPS", "mode: MUTUAL", {"WK229"}},
      {"HTTPS", "mode: SIMPLE, tlsCertificates: [{privateKey: b}, {serverCertificate: a}]", {"WK229", "WK230"}},
      {"HTTPS", "mode: SIMPLE, serverCertificate: a", {"WK230"}},
      {"HTTPS", "mode: OPTIONAL_MUTUAL, serverCertificate: a, caCertificates: c", {"WK230"}},
      {"HTTPS", "mode: OPTIONAL_MUTUAL, serverCertificate: a, privateKey: b", {"WK231"}},
      {"HTTPS", "mode: MUTUAL, serverCertificate: a, privateKey: b, caCertCredentialName: c", {"WK231"}},
      {"HTTPS", "mode: MUTUAL, tlsCertificates: [{serverCertificate: a, privateKey: b, caCertificates: c}]", {"WK231"}},
      {"HTTPS", "mode: MUTUAL, credentialNames: [c], caCrl: a", {"WK233"}},
      {"HTTPS", "mode: SIMPLE, serverCertificate: a, privateKey: b, caCrl: c", {"WK234"}},
      {"HTTPS", "mode: MUTUAL, serverCertificate: a, privateKey: b, caCertificates: c, caCrl: d", {}},
      {"HTTPS", "mode: SIMPEL", {"WK116"}},
      {"HTTPS", "mode: SIMPLE, credentialNames: []", {"WK122"}},
  };
  for (const Case& c : cases) {
    INFO(c.protocol << " " << c.tls);
    Names found = codes(with_tls(c.tls, c.protocol));
    std::ranges::sort(found);
    CHECK(found == c.want);
  }
}

TEST_CASE("a revocation list beside a credential is refused in some modes, and useless in the others") {
  struct Case {
    const char* tls;
    Severity level;
    Origin origin;
  };
  const Case cases[] = {
      {"mode: PASSTHROUGH, credentialName: c, caCrl: a", Severity::kError, Origin::kWebhook},
      {"credentialName: c, caCrl: a", Severity::kError, Origin::kWebhook},
      {"mode: PASSTHROUGH, credentialNames: [c], caCrl: a", Severity::kWarning, Origin::kOwn},
      {"mode: SIMPLE, credentialName: c, caCrl: a", Severity::kWarning, Origin::kOwn},
  };
  for (const Case& c : cases) {
    INFO(c.tls);
    const test::Linted linted = test::lint_text(
        with_tls(c.tls, "TLS"), *Selection::from({.select = {"WK233"}, .extend_select = {}, .ignore = {}}));
    REQUIRE(linted.result.diagnostics.size() == 1);
    CHECK(linted.result.diagnostics[0].severity == c.level);
    CHECK(linted.result.diagnostics[0].origin == c.origin);
  }
}

std::string server(const std::string& port, const std::string& name, const std::string& protocol,
                   const std::string& rest) {
  return "  - port: {number: " + port + ", name: " + name + ", protocol: " + protocol + "}\n    " + rest + "\n";
}

TEST_CASE("servers of one Gateway beside each other") {
  const std::string tls = ", tls: {mode: SIMPLE, credentialName: c}";
  struct Case {
    const char* name;
    std::string servers;
    Names want;
  };
  const auto row = [](const std::string& port, const std::string& name, const std::string& protocol,
                      const std::string& hosts, const std::string& rest) {
    return "  - {port: {number: " + port + ", name: " + name + ", protocol: " + protocol + "}, hosts: [" + hosts + "]" +
           rest + "}\n";
  };
  const Case cases[] = {
      {"HTTP beside HTTP", row("80", "a", "HTTP", "a.b", "") + row("80", "b", "GRPC", "a.b", ""), {}},
      {"HTTPS beside HTTPS", row("443", "a", "HTTPS", "a.b", tls) + row("443", "b", "TLS", "b.b", tls), {}},
      {"a port name twice", row("80", "a", "HTTP", "a.b", "") + row("81", "a", "HTTP", "a.b", ""), {"WK215"}},
      {"three times",
       row("80", "a", "HTTP", "a.b", "") + row("81", "a", "HTTP", "a.b", "") + row("82", "a", "HTTP", "a.b", ""),
       {"WK215", "WK215"}},
      {"letter case tells names apart", row("80", "a", "HTTP", "a.b", "") + row("81", "A", "HTTP", "a.b", ""), {}},
      {"a server name twice",
       row("80", "a", "HTTP", "a.b", ", name: x") + row("81", "b", "HTTP", "a.b", ", name: x"),
       {"WK235"}},
      {"empty server names",
       row("80", "a", "HTTP", "a.b", ", name: \"\"") + row("81", "b", "HTTP", "a.b", ", name: \"\""),
       {}},
      {"a TLS host twice",
       row("443", "a", "HTTPS", "a.b, c.b", tls) + row("443", "b", "HTTPS", "d.b, c.b, a.b", tls),
       {"WK236", "WK236"}},
      {"a redirected host twice",
       row("80", "a", "HTTP", "a.b", ", tls: {httpsRedirect: true}") +
           row("80", "b", "HTTP", "a.b", ", tls: {httpsRedirect: true}"),
       {"WK236"}},
      {"this namespace by name and by dot",
       row("443", "a", "HTTPS", "./a.b", tls) + row("443", "b", "HTTPS", "shop/a.b", tls),
       {"WK236"}},
      {"all namespaces in two ways",
       row("443", "a", "HTTPS", "\"*/a.b\"", tls) + row("443", "b", "HTTPS", "a.b", tls),
       {"WK236"}},
      {"two namespaces", row("443", "a", "HTTPS", "x/a.b", tls) + row("443", "b", "HTTPS", "y/a.b", tls), {"WK417"}},
      {"two letter cases", row("443", "a", "HTTPS", "a.b", tls) + row("443", "b", "HTTPS", "A.b", tls), {}},
      {"two ports", row("443", "a", "HTTPS", "a.b", tls) + row("8443", "b", "HTTPS", "a.b", tls), {}},
      {"two addresses",
       row("443", "a", "HTTPS", "a.b", tls) + row("443", "b", "HTTPS", "a.b", ", bind: 10.0.0.1" + tls),
       {}},
      {"one server with a host twice", row("443", "a", "HTTPS", "a.b, a.b", tls), {}},
      {"hosts of a dropped server are free",
       row("443", "a", "HTTPS", "a.b", tls) + row("443", "b", "HTTPS", "a.b, c.b", tls) +
           row("443", "c", "HTTPS", "c.b", tls),
       {"WK236", "WK418"}},
      {"TCP behind HTTP", row("80", "a", "HTTP", "a.b", "") + row("80", "b", "TCP", "\"*\"", ""), {"WK237"}},
      {"HTTP behind TCP", row("80", "a", "TCP", "\"*\"", "") + row("80", "b", "HTTP2", "a.b", ""), {"WK237"}},
      {"HTTPS behind HTTP", row("80", "a", "HTTP", "a.b", "") + row("80", "b", "HTTPS", "a.b", tls), {"WK237"}},
      {"HTTP behind HTTPS", row("80", "a", "HTTPS", "a.b", tls) + row("80", "b", "HTTP", "a.b", ""), {"WK237"}},
      {"TCP twice", row("80", "a", "TCP", "\"*\"", "") + row("80", "b", "MONGO", "\"*\"", ""), {"WK237"}},
      {"TLS behind TCP", row("80", "a", "TCP", "\"*\"", "") + row("80", "b", "TLS", "a.b", tls), {"WK237"}},
      {"TCP behind TLS is let in", row("80", "a", "TLS", "a.b", tls) + row("80", "b", "TCP", "\"*\"", ""), {}},
      {"TCP twice on two addresses",
       row("80", "a", "TCP", "\"*\"", "") + row("80", "b", "TCP", "\"*\"", ", bind: 10.0.0.1"),
       {}},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(codes(gateway(c.servers)) == c.want);
  }
}

TEST_CASE("Gateways that share pods share their ports") {
  const auto one = [](const std::string& name, const std::string& selector, const std::string& protocol) {
    return "---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: " + name +
           ", namespace: shop}\nspec:\n  selector: {" + selector + "}\n  servers:\n" +
           server("80", "a", protocol, "hosts: [\"*\"]");
  };
  const std::string http = one("a", "istio: ingressgateway, app: x", "HTTP");
  CHECK(codes(http + one("b", "app: x, istio: ingressgateway", "TCP")) == Names{"WK237"});
  CHECK(codes(http + one("b", "istio: other", "TCP")).empty());
  CHECK(codes(one("a", "", "HTTP") + one("b", "istio: other", "TCP")) == Names{"WK237"});
  CHECK(codes(http + one("b", "istio: ingressgateway", "TCP")) == Names{"WK237"});
  const std::string pods =
      "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop, labels: {tier: edge, zone: b}}\n"
      "spec: {containers: [{name: istio-proxy, image: p}]}\n";
  const std::string edge = one("a", "tier: edge", "HTTP") + one("b", "zone: b", "TCP");
  CHECK(codes(edge).empty());
  CHECK(codes(edge + pods) == Names{"WK237"});
  CHECK(codes(http + one("b", "app: x, istio: ingressgateway", "GRPC")) == Names{"WK417"});
  CHECK(codes(one("a", "app: x", "TCP") + one("a", "app: x", "TCP")) == Names{"WK132"});
}

TEST_CASE("a Gateway with many faults shows each of them once, in the order of the file") {
  const std::string text =
      "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: a.b, namespace: shop}\nspec:\n  servers:\n"
      "  - port: {number: 0, name: \"\", protocol: HTPP, targetPort: 1}\n    bind: localhost\n    hosts: [a_b.c, d]\n"
      "  - port: {number: 443, name: x, protocol: HTTPS}\n    hosts: []\n    tls: {mode: SIMPLE, cipherSuites: [FOO]}\n"
      "  - port: {number: 443, name: x, protocol: TLS}\n    hosts: [/a.b]\n";
  CHECK(lint(text).findings() == Names{"WK201 metadata.name", "WK212 spec.servers[0].port.number",
                                       "WK214 spec.servers[0].port.name", "WK211 spec.servers[0].port.protocol",
                                       "WK213 spec.servers[0].port.targetPort", "WK216 spec.servers[0].bind",
                                       "WK208 spec.servers[0].hosts[0]", "WK207 spec.servers[0].hosts[1]",
                                       "WK204 spec.servers[1].hosts", "WK229 spec.servers[1].tls",
                                       "WK224 spec.servers[1].tls.cipherSuites[0]", "WK215 spec.servers[2].port.name",
                                       "WK219 spec.servers[2].port.protocol", "WK206 spec.servers[2].hosts[0]"});
}

TEST_CASE("repairs of Gateways are edits that do what they say") {
  struct Case {
    std::string before;
    std::string after;
  };
  const Case cases[] = {
      {with_host("https://a.example.com/"), with_host("a.example.com")},
      {with_host("'a.example.com:8080'"), with_host("'a.example.com'")},
      {with_host("shop/a.example.com:8080"), with_host("shop/a.example.com")},
      {with_host("\"*/*\", ./a.example.com"), with_host("\"*/*\"")},
      {with_port("number: 80, name: a, protocol: HTTP/2"), with_port("number: 80, name: a, protocol: HTTP2")},
      {with_port("number: 80, targetPort: 81, name: a, protocol: HTTP"),
       with_port("number: 80, name: a, protocol: HTTP")},
      {with_port("number: 80, name: a, protocol: HTTP, targetPort: 81"),
       with_port("number: 80, name: a, protocol: HTTP")},
      {gateway("  - port:\n      number: 80\n      targetPort: 81 # x\n      name: a\n      protocol: HTTP\n    hosts: "
               "[a.b]\n"),
       gateway("  - port:\n      number: 80\n      name: a\n      protocol: HTTP\n    hosts: [a.b]\n")},
      {with_port("number: 80, name: a, protocol: HTTP", "    bind: unix:///a\n"),
       with_port("number: 0, name: a, protocol: HTTP", "    bind: unix:///a\n")},
      {with_tls("mode: SIMPLE, credentialName: c, cipherSuites: [AES128-SHA, AES128-SHA]"),
       with_tls("mode: SIMPLE, credentialName: c, cipherSuites: [AES128-SHA]")},
      {with_tls("mode: SIMPLE, credentialName: c, cipherSuites: [TLS_AES_128_GCM_SHA256, AES128-SHA]"),
       with_tls("mode: SIMPLE, credentialName: c, cipherSuites: [AES128-SHA]")},
      {gateway(server("80", "http", "HTTP", "hosts: [a.b]") + server("8080", "http", "HTTP", "hosts: [a.b]")),
       gateway(server("80", "http", "HTTP", "hosts: [a.b]") + server("8080", "http-8080", "HTTP", "hosts: [a.b]"))},
  };
  for (const Case& c : cases) {
    INFO(c.before);
    std::string text = c.before;
    const test::Linted linted = lint(text);
    REQUIRE(linted.result.diagnostics.size() == 1);
    const Fix& fix = linted.result.diagnostics[0].fix;
    REQUIRE(fix.edits.size() == 1);
    text.replace(fix.edits[0].span.begin, fix.edits[0].span.end - fix.edits[0].span.begin, fix.edits[0].text);
    CHECK(text == c.after);
    CHECK(lint(text).result.diagnostics.empty());
  }
}

TEST_CASE("there is no repair where it is not sure") {
  const std::string servers =
      "  - port: {number: 80, name: a, protocol: &p HTTP/2}\n    hosts: [a.b]\n"
      "  - port: {number: 81, name: b, protocol: *p}\n    hosts: [a.b]\n";
  struct Case {
    const char* name;
    std::string text;
    std::size_t without;  // index of the finding that has no repair
  };
  const Case cases[] = {
      {"the only entry", with_tls("mode: SIMPLE, credentialName: c, cipherSuites: [TLS_AES_128_GCM_SHA256]"), 0},
      {"an anchor goes with it", with_port("number: 80, targetPort: &n 81, name: a, protocol: HTTP"), 0},
      {"it comes through an alias", gateway(servers), 1},
      {"it stands behind the dash",
       gateway("  - tls:\n      mode: SIMPLE\n      credentialName: c\n      cipherSuites:\n"
               "      - - a\n      - TLS_AES_128_GCM_SHA256 # why\n      -   AES128-SHA\n"
               "    port: {number: 443, name: a, protocol: HTTPS}\n    hosts: [\"a.b:80/x\"]\n"),
       2},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const test::Linted linted = lint(c.text);
    INFO(linted.text());
    REQUIRE(linted.result.diagnostics.size() > c.without);
    CHECK(linted.result.diagnostics[c.without].fix.edits.empty());
  }
}

}  // namespace
}  // namespace wicket::check
