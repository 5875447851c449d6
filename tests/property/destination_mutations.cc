#include "mutations.h"

namespace wicket::test {
namespace {

constexpr std::string_view kRule = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: cart
  namespace: shop
spec:
  host: cart.shop.svc.cluster.local
  exportTo: [shop, edge]
  trafficPolicy:
    connectionPool:
      tcp:
        maxConnections: 100
        connectTimeout: 2s
      http:
        http1MaxPendingRequests: 10
        idleTimeout: 30s
    loadBalancer:
      consistentHash:
        httpHeaderName: x-cart
    outlierDetection:
      consecutive5xxErrors: 5
      baseEjectionTime: 30s
      maxEjectionPercent: 50
    tls:
      mode: MUTUAL
      clientCertificate: /etc/certs/client.pem
      privateKey: /etc/certs/client.key
      caCertificates: /etc/certs/ca.pem
  subsets:
  - name: v1
    labels: {version: v1}
  - name: v2
    labels: {version: v2}
)";

constexpr std::string_view kEntry = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts:
  - pay.example.com
  location: MESH_EXTERNAL
  resolution: STATIC
  addresses: [192.0.2.10]
  ports:
  - number: 443
    name: https
    protocol: HTTPS
  - number: 80
    name: http
    protocol: HTTP
  endpoints:
  - address: 192.0.2.20
    ports: {https: 8443}
    labels: {zone: a}
)";

constexpr Mutation kMutations[] = {
    {kRule, "host: cart.shop.svc.cluster.local", "host: cart..local", "WK601", "spec.host"},
    {kRule, "[shop, edge]", "[shop, \"*\"]", "WK312", "spec.exportTo[1]"},
    {kRule, "[shop, edge]", "[shop, shop]", "WK310", "spec.exportTo[1]"},
    {kRule, "maxConnections: 100", "maxConnections: -1", "WK608",
     "spec.trafficPolicy.connectionPool.tcp.maxConnections"},
    {kRule, "maxConnections: 100", "maxConnections: many", "WK108",
     "spec.trafficPolicy.connectionPool.tcp.maxConnections"},
    {kRule, "connectTimeout: 2s", "connectTimeout: 2", "WK107", "spec.trafficPolicy.connectionPool.tcp.connectTimeout"},
    {kRule, "connectTimeout: 2s", "connectTimeout: 0s", "WK118",
     "spec.trafficPolicy.connectionPool.tcp.connectTimeout"},
    {kRule, "idleTimeout: 30s", "idleTimeout: 30.0005s", "WK119", "spec.trafficPolicy.connectionPool.http.idleTimeout"},
    {kRule, "maxEjectionPercent: 50", "maxEjectionPercent: 101", "WK606",
     "spec.trafficPolicy.outlierDetection.maxEjectionPercent"},
    {kRule, "maxEjectionPercent: 50", "maxEjectPercent: 50", "WK111",
     "spec.trafficPolicy.outlierDetection.maxEjectPercent"},
    {kRule, "mode: MUTUAL", "mode: mutual", "WK116", "spec.trafficPolicy.tls.mode"},
    {kRule, "      clientCertificate: /etc/certs/client.pem\n", "", "WK619", "spec.trafficPolicy.tls"},
    {kRule, "name: v2", "name: v1", "WK624", "spec.subsets[1].name"},
    {kRule, "name: v2", "name: \"\"", "WK623", "spec.subsets[1].name"},
    {kRule, "labels: {version: v2}", "labels: {version: \"v 2\"}", "WK625", "spec.subsets[1].labels.version"},
    {kEntry, "- pay.example.com", "- pay_example", "WK652", "spec.hosts[0]"},
    {kEntry, "- pay.example.com", "- \"*\"", "WK652", "spec.hosts[0]"},
    {kEntry, "[192.0.2.10]", "[192.0.2.300]", "WK654", "spec.addresses[0]"},
    {kEntry, "number: 443", "number: 0", "WK658", "spec.ports[0].number"},
    {kEntry, "number: 443", "number: 80", "WK657", "spec.ports[1].number"},
    {kEntry, "- number: 80\n    name: http", "- number: 80\n    name: https", "WK656", "spec.ports[1].name"},
    {kEntry, "protocol: HTTPS", "protocol: SPDY", "WK660", "spec.ports[0].protocol"},
    {kEntry, "address: 192.0.2.20", "address: pay.internal.example.com", "WK664", "spec.endpoints[0].address"},
    {kEntry, "{https: 8443}", "{secure: 8443}", "WK668", "spec.endpoints[0].ports.secure"},
    {kEntry, "{https: 8443}", "{https: 70000}", "WK658", "spec.endpoints[0].ports.https"},
    {kEntry, "resolution: STATIC", "resolution: FIXED", "WK116", "spec.resolution"},
    {kEntry, "location: MESH_EXTERNAL", "locality: MESH_EXTERNAL", "WK113", "spec.locality"},
};

}  // namespace

std::span<const Mutation> destination_mutations() { return kMutations; }

}  // namespace wicket::test
