#include "mutations.h"

namespace wicket::test {
namespace {

constexpr std::string_view kBase = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector:
    istio: ingressgateway
  servers:
  - name: front
    port:
      number: 80
      name: http
      protocol: HTTP
    bind: 10.0.0.1
    hosts:
    - team-a/shop.example.com
    - "*.cart.example.com"
    tls:
      httpsRedirect: true
  - name: secure
    port: {number: 443, name: https, protocol: HTTPS}
    hosts: [secure.example.com]
    tls:
      mode: MUTUAL
      serverCertificate: /etc/certs/tls.crt
      privateKey: /etc/certs/tls.key
      caCertificates: /etc/certs/ca.crt
      minProtocolVersion: TLSV1_2
      cipherSuites: [AES128-SHA, AES256-SHA]
  - name: passed-on
    port: {number: 443, name: tls, protocol: TLS}
    hosts: [passed.example.com]
    tls: {mode: PASSTHROUGH}
  - name: redirected-to
    port:
      number: 443
      name: https-shop
      protocol: HTTPS
    hosts:
    - "*.example.com"
    tls:
      mode: SIMPLE
      credentialName: shop
)";

constexpr Mutation kMutations[] = {
    {kBase, "name: public", "name: public.shop", "WK201", "metadata.name"},
    {kBase, "name: public", "name: Public", "WK130", "metadata.name"},
    {kBase, "hosts: [passed.example.com]", "hosts: []", "WK204", "spec.servers[2].hosts"},
    {kBase, "- team-a/shop", "- team_a/shop", "WK205", "spec.servers[0].hosts[0]"},
    {kBase, "- team-a/shop", "- https://shop", "WK205", "spec.servers[0].hosts[0]"},
    {kBase, "- team-a/shop", "- /shop", "WK206", "spec.servers[0].hosts[0]"},
    {kBase, "team-a/shop.example.com", "team-a/", "WK206", "spec.servers[0].hosts[0]"},
    {kBase, "team-a/shop.example.com", "team-a/shop", "WK207", "spec.servers[0].hosts[0]"},
    {kBase, "[secure.example.com]", "[localhost]", "WK207", "spec.servers[1].hosts[0]"},
    {kBase, "[secure.example.com]", "[se_cure.example.com]", "WK208", "spec.servers[1].hosts[0]"},
    {kBase, "[secure.example.com]", "[secure.example.com:443]", "WK208", "spec.servers[1].hosts[0]"},
    {kBase, "[secure.example.com]", "[secure.*.com]", "WK208", "spec.servers[1].hosts[0]"},
    {kBase, "\"*.cart", "\"*-cart", "WK209", "spec.servers[0].hosts[1]"},
    {kBase, "protocol: HTTP\n", "protocol: HTTP/1.1\n", "WK211", "spec.servers[0].port.protocol"},
    {kBase, "number: 80", "number: 0", "WK212", "spec.servers[0].port.number"},
    {kBase, "number: 80", "number: 65536", "WK212", "spec.servers[0].port.number"},
    {kBase, "number: 80", "number: -80", "WK115", "spec.servers[0].port.number"},
    {kBase, "number: 80", "number: \"80\"", "WK108", "spec.servers[0].port.number"},
    {kBase, "name: http\n", "name: http\n      targetPort: 8080\n", "WK213", "spec.servers[0].port.targetPort"},
    {kBase, "name: http\n", "name: \"\"\n", "WK214", "spec.servers[0].port.name"},
    {kBase, "name: tls,", "name: https,", "WK215", "spec.servers[2].port.name"},
    {kBase, "bind: 10.0.0.1", "bind: gateway.shop", "WK216", "spec.servers[0].bind"},
    {kBase, "bind: 10.0.0.1", "bind: 10.0.0.1:80", "WK216", "spec.servers[0].bind"},
    {kBase, "bind: 10.0.0.1", "bind: unix:///run/gateway.sock", "WK218", "spec.servers[0].port.number"},
    {kBase, "    tls: {mode: PASSTHROUGH}\n", "", "WK219", "spec.servers[2].port.protocol"},
    {kBase, "httpsRedirect: true", "mode: ISTIO_MUTUAL", "WK220", "spec.servers[0].tls"},
    {kBase, "protocol: TLS}", "protocol: REDIS}", "WK221", "spec.servers[2].tls"},
    {kBase, "{mode: PASSTHROUGH}", "{mode: PASSTHROUGH, httpsRedirect: true}", "WK222",
     "spec.servers[2].tls.httpsRedirect"},
    {kBase, "AES256-SHA]", "AES256-CBC]", "WK224", "spec.servers[1].tls.cipherSuites[1]"},
    {kBase, "AES256-SHA]", "AES128-SHA]", "WK225", "spec.servers[1].tls.cipherSuites[1]"},
    {kBase, "{mode: PASSTHROUGH}", "{mode: ISTIO_MUTUAL, credentialName: c}", "WK226",
     "spec.servers[2].tls.credentialName"},
    {kBase, "{mode: PASSTHROUGH}", "{mode: AUTO_PASSTHROUGH, credentialName: c}", "WK227", "spec.servers[2].tls.mode"},
    {kBase, "      minProtocolVersion", "      credentialName: c\n      minProtocolVersion", "WK228",
     "spec.servers[1].tls.credentialName"},
    {kBase, "{mode: PASSTHROUGH}", "{mode: SIMPLE}", "WK229", "spec.servers[2].tls"},
    {kBase, "      serverCertificate: /etc/certs/tls.crt\n", "", "WK229", "spec.servers[1].tls"},
    {kBase, "      privateKey: /etc/certs/tls.key\n", "", "WK230", "spec.servers[1].tls"},
    {kBase, "      caCertificates: /etc/certs/ca.crt\n", "", "WK231", "spec.servers[1].tls.mode"},
    {kBase, "mode: MUTUAL\n", "mode: SIMPLE\n      caCrl: /crl\n", "WK234", "spec.servers[1].tls.caCrl"},
    {kBase, "mode: MUTUAL\n", "mode: MUTAUL\n", "WK116", "spec.servers[1].tls.mode"},
    {kBase, "name: passed-on", "name: secure", "WK235", "spec.servers[2].name"},
    {kBase, "[passed.example.com]", "[secure.example.com]", "WK236", "spec.servers[2].hosts[0]"},
    {kBase, "- team-a/shop", "- \"*/*\"\n    - ./shop", "WK238", "spec.servers[0].hosts[1]"},
    {kBase, "    hosts: [passed.example.com]\n", "", "WK121", "spec.servers[2]"},
    {kBase, "    hosts: [passed", "    host: [passed", "WK111", "spec.servers[2].host"},
};

}  // namespace

std::span<const Mutation> gateway_mutations() { return kMutations; }

}  // namespace wicket::test
