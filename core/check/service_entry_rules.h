// WK65x to WK67x: ServiceEntry. The facts; the checks are in service_entry*.cc and resolution.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check {

inline constexpr RuleInfo kServiceEntryRules[] = {
    {.id = "WK650",
     .name = "selector-and-endpoints",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "workloadSelector together with endpoints",
     .why = "Endpoints are written down, or selected among pods and WorkloadEntries. Istio's webhook and the API "
            "server refuse both in one ServiceEntry, an empty list included.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: STATIC
  workloadSelector: {labels: {app: pay}}
  endpoints: [{address: 10.0.0.1}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: STATIC
  endpoints: [{address: 10.0.0.1}]
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry; CRD rule on spec"},
    {.id = "WK651",
     .name = "entry-without-host",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A ServiceEntry with an empty list of hosts",
     .why = "A ServiceEntry adds hosts to the registry. Istio's webhook and the API server refuse one that has none.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: []
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry; CRD minItems"},
    {.id = "WK652",
     .name = "invalid-entry-host",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A host of a ServiceEntry is no host name",
     .why = "Hosts are names, or wildcards such as *.example.com; * alone would be everything. Istio's webhook "
            "refuses others. An IP address belongs into addresses, with a made-up name as host.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: ["*"]
  ports: [{number: 80, name: http, protocol: HTTP}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: ["*.example.com"]
  ports: [{number: 80, name: http, protocol: HTTP}]
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry; CRD rule on hosts"},
    {.id = "WK653",
     .name = "partial-wildcard-entry",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "A wildcard that is only part of a host's first label",
     .why = "Proxies match names by whole labels: *-eu.example.com matches nothing. Istio's webhook warns, except "
            "with resolution DYNAMIC_DNS.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: ["*-eu.example.com"]
  ports: [{number: 80, name: http, protocol: HTTP}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: ["*.example.com"]
  ports: [{number: 80, name: http, protocol: HTTP}]
)",
     .source = "Istio pkg/config/validation/agent: ValidatePartialWildCard"},
    {.id = "WK654",
     .name = "invalid-entry-address",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An address of a ServiceEntry is no IP address or CIDR block",
     .why = "addresses are those that clients connect to: IPv4, IPv6, or blocks of them. Names belong into hosts, or "
            "into the addresses of endpoints. Istio's webhook refuses others.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  addresses: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  addresses: [192.0.2.7]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
)",
     .source = "Istio pkg/config/validation/agent: ValidateIPSubnet"},
    {.id = "WK655",
     .name = "cidr-with-dns",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A block of addresses with a resolution by DNS",
     .why = "A block stands for many servers, which DNS cannot tell apart. Istio's webhook and the API server take "
            "it with NONE and STATIC only.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  addresses: [192.0.2.0/24]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  addresses: [192.0.2.0/24]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: NONE
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry; CRD rule on spec"},
    {.id = "WK656",
     .name = "duplicate-entry-port-name",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "Two ports of a ServiceEntry have the same name",
     .why = "Endpoints refer to ports by name. Istio's webhook and the API server refuse the second.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  - {number: 8080, name: http, protocol: HTTP}
  resolution: DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  - {number: 8080, name: http-alt, protocol: HTTP}
  resolution: DNS
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry; CRD list-map key"},
    {.id = "WK657",
     .name = "duplicate-entry-port-number",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "Two ports of a ServiceEntry have the same number",
     .why = "A port has one protocol. Istio's webhook and the API server refuse the second.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  - {number: 80, name: http-alt, protocol: HTTP}
  resolution: DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  - {number: 8080, name: http-alt, protocol: HTTP}
  resolution: DNS
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry; CRD rule on ports"},
    {.id = "WK658",
     .name = "entry-port-range",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A port of a ServiceEntry or endpoint is not in 1..65535",
     .why = "Istio's webhook and the API server refuse it. Leave targetPort out where it is the same as number.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 70000, name: http, protocol: HTTP}]
  resolution: DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
)",
     .source = "Istio pkg/config/validation/agent: ValidatePort; CRD rules on ports"},
    {.id = "WK659",
     .name = "entry-port-name",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "The name of a port is no DNS label",
     .why = "Letters, digits and `-`, at most 63 (62 for the ports of an endpoint). Istio's webhook refuses others, "
            "underscores included.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http_web, protocol: HTTP}]
  resolution: DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http-web, protocol: HTTP}]
  resolution: DNS
)",
     .source = "Istio pkg/config/validation: ValidatePortName; CRD rule on endpoint ports"},
    {.id = "WK660",
     .name = "entry-protocol",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "The protocol of a port is unknown to Istio",
     .why = "Protocols are HTTP, HTTPS, HTTP2, GRPC, GRPC-Web, TLS, TCP, MONGO, REDIS, MYSQL and UDP, in any letter "
            "case; without one, the proxy finds out. Istio's webhook refuses others.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP1}]
  resolution: DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
)",
     .source = "Istio pkg/config/validation: ValidateProtocol; pkg/config/protocol: Parse"},
    {.id = "WK661",
     .name = "tcp-without-address",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133 IST0134",
     .summary = "A TCP port of a ServiceEntry without addresses",
     .why = "A TCP connection names no host, so without an address of its own the entry takes all traffic on that "
            "port, whoever it is meant for. Istio gives out addresses by itself, but not with resolution NONE, nor "
            "where a label forbids it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 9000, name: tcp, protocol: TCP}]
  resolution: NONE
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  addresses: [192.0.2.7]
  ports: [{number: 9000, name: tcp, protocol: TCP}]
  resolution: NONE
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry; pilot/pkg/networking/serviceentry: "
               "ShouldV2AutoAllocateIP"},
    {.id = "WK662",
     .name = "endpoints-without-resolution",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "endpoints with resolution NONE, which is the default",
     .why = "With NONE the proxy goes to the address that the client asked for, and endpoints have no use. Mostly "
            "resolution was forgotten: STATIC for addresses, DNS for names. Istio's webhook and the API server "
            "refuse the entry.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  endpoints: [{address: 10.0.0.1}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: STATIC
  endpoints: [{address: 10.0.0.1}]
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry; CRD rule on spec"},
    {.id = "WK663",
     .name = "selector-without-resolution",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "workloadSelector with resolution NONE, which is the default",
     .why = "With NONE the proxy goes to the address that the client asked for, and nothing is selected. Istio's "
            "webhook warns.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  workloadSelector: {labels: {app: pay}}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: STATIC
  workloadSelector: {labels: {app: pay}}
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry"},
    {.id = "WK664",
     .name = "static-endpoint-name",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An endpoint with resolution STATIC whose address is no IP address",
     .why = "STATIC uses addresses as they are and looks nothing up. Istio's webhook takes IP addresses and unix:// "
            "sockets only.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: STATIC
  endpoints: [{address: pay-1.example.com}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
  endpoints: [{address: pay-1.example.com}]
)",
     .source = "Istio pkg/config/validation: validateWorkloadEntry"},
    {.id = "WK665",
     .name = "wildcard-dns-host",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A host that DNS cannot look up, without endpoints",
     .why = "Without endpoints the hosts themselves are looked up, and a wildcard is no name to look up. Istio's "
            "webhook refuses the entry. Name endpoints, or use NONE (the client looks the name up) or DYNAMIC_DNS.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: ["*.example.com"]
  ports: [{number: 443, name: tls, protocol: TLS}]
  resolution: DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: ["*.example.com"]
  ports: [{number: 443, name: tls, protocol: TLS}]
  resolution: NONE
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry"},
    {.id = "WK666",
     .name = "round-robin-endpoints",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "DNS_ROUND_ROBIN with more than one endpoint",
     .why = "It connects to one name's first address at that time. Istio's webhook and the API server take one "
            "endpoint at most; DNS takes several.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS_ROUND_ROBIN
  endpoints: [{address: a.example.net}, {address: b.example.net}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
  endpoints: [{address: a.example.net}, {address: b.example.net}]
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry; CRD rule on spec"},
    {.id = "WK667",
     .name = "invalid-dns-endpoint",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An endpoint with a resolution by DNS whose address cannot be looked up",
     .why = "The address is a host name or an IP address. Istio's webhook refuses others; a unix:// socket needs "
            "STATIC.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
  endpoints: [{address: pay_1.example.net}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
  endpoints: [{address: pay-1.example.net}]
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry"},
    {.id = "WK668",
     .name = "unknown-endpoint-port",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A port of an endpoint that the ServiceEntry does not have",
     .why = "An endpoint names ports where their numbers differ from those of the entry, by the entry's names. "
            "Istio's webhook refuses other names.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: STATIC
  endpoints: [{address: 10.0.0.1, ports: {https: 8443}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: STATIC
  endpoints: [{address: 10.0.0.1, ports: {http: 8080}}]
)",
     .source = "Istio pkg/config/validation: validateWorkloadEntry"},
    {.id = "WK669",
     .name = "invalid-unix-endpoint",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A unix:// endpoint with ports, without a path, or for several ports",
     .why = "A socket is an absolute path or an abstract name (@name), has no ports, and serves an entry with one "
            "port. Istio's webhook and the API server refuse others.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: STATIC
  endpoints: [{address: "unix:///run/pay.sock", ports: {http: 80}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: STATIC
  endpoints: [{address: "unix:///run/pay.sock"}]
)",
     .source = "Istio pkg/config/validation: ValidateUnixAddress, validateWorkloadEntry; CRD rules on endpoints"},
    {.id = "WK670",
     .name = "dynamic-dns-conditions",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "DYNAMIC_DNS with something that it cannot serve",
     .why = "The proxy looks up the name that the request carries. So hosts are wildcards, ports speak HTTP, HTTP2, "
            "GRPC or TLS, there are no addresses and endpoints, and with a waypoint the location is MESH_EXTERNAL. "
            "Istio's webhook refuses others.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 443, name: tls, protocol: TLS}]
  resolution: DYNAMIC_DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: ["*.example.com"]
  ports: [{number: 443, name: tls, protocol: TLS}]
  resolution: DYNAMIC_DNS
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry"},
    {.id = "WK671",
     .name = "hosts-share-tcp-port",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "Several hosts on a port that speaks neither HTTP nor TLS",
     .why = "A TCP connection does not say which host it is for. Istio's webhook takes several hosts only where a "
            "request or a handshake names one, or with resolution NONE.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [a.example.com, b.example.com]
  ports: [{number: 9000, name: tcp, protocol: TCP}]
  resolution: DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [a.example.com]
  ports: [{number: 9000, name: tcp, protocol: TCP}]
  resolution: DNS
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry"},
    {.id = "WK672",
     .name = "hosts-share-address",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "Several hosts share addresses and a port without HTTP",
     .why = "Connections to these addresses do not say which host they are for, at least until a handshake does. "
            "Istio's webhook warns. Give each host a ServiceEntry of its own.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [a.example.com, b.example.com]
  addresses: [192.0.2.7]
  ports: [{number: 443, name: tls, protocol: TLS}]
  resolution: DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [a.example.com]
  addresses: [192.0.2.7]
  ports: [{number: 443, name: tls, protocol: TLS}]
  resolution: DNS
)",
     .source = "Istio pkg/config/validation: ValidateServiceEntry"},
    {.id = "WK673",
     .name = "endpoint-without-address",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An endpoint without an address",
     .why = "There is nowhere to go. With a network, traffic goes through that network's gateway, and Istio's "
            "webhook only warns.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: STATIC
  endpoints: [{labels: {app: pay}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: STATIC
  endpoints: [{address: 10.0.0.1, labels: {app: pay}}]
)",
     .source = "Istio pkg/config/validation: validateWorkloadEntry; CRD rule on endpoints"},
    {.id = "WK674",
     .name = "empty-workload-selector",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "A workloadSelector without labels",
     .why = "It selects every workload of the namespace, which is seldom meant. Istio's webhook warns.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: STATIC
  workloadSelector: {}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: STATIC
  workloadSelector: {labels: {app: pay}}
)",
     .source = "Istio pkg/config/validation: ValidateAlphaWorkloadSelector, validateWorkloadSelector"},
    {.id = "WK675",
     .name = "conflicting-entry-protocol",
     .severity = Severity::kWarning,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0177 KIA1212",
     .summary = "Two ServiceEntries give one port of one host different protocols",
     .why = "Which of the two a proxy uses depends on the age of the objects. HTTPS and TLS are treated alike, which "
            "is an information only.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 8443, name: web, protocol: HTTP}]
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments-again
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 8443, name: web, protocol: TCP}]
  resolution: DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 8443, name: web, protocol: HTTP}]
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments-again
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 9000, name: web, protocol: TCP}]
  resolution: DNS
)",
     .source = "Istio pkg/config/analysis/analyzers/serviceentry: ConflictingServiceEntryProtocolAnalyzer; Kiali: "
               "KIA1212"},
    {.id = "WK676",
     .name = "duplicate-service-entry",
     .severity = Severity::kWarning,
     .origin = Origin::kKiali,
     .aliases = "KIA1211",
     .summary = "Two ServiceEntries define the same port of one host",
     .why = "The endpoints of both are used together, whatever their resolution, and other settings come from one of "
            "the two. Keep one, or limit them to namespaces by exportTo.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 8443, name: web, protocol: HTTP}]
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments-again
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 8443, name: web, protocol: HTTP}]
  resolution: DNS
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 8443, name: web, protocol: HTTP}]
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments-again
  namespace: shop
spec:
  hosts: [pay.example.com]
  ports: [{number: 9000, name: web, protocol: HTTP}]
  resolution: DNS
)",
     .source = "Kiali: KIA1211"},
};

}  // namespace wicket::check
