// WK521 to WK526, WK528: rules and the servers of the Gateways that they are bound to. The facts; the checks are in
// routing*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check::routing {

inline constexpr RuleInfo kServerRules[] = {
    {.id = "WK521",
     .name = "match-port-unknown",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A match for a port that no server has",
     .why = "port in a match is the number of a server of the Gateway, not the port of a Service or of its "
            "pods. A match for a number that no bound Gateway has is left out everywhere.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{port: 8080}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{port: 80}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/networking/core/route: sourceMatchHTTP"},
    {.id = "WK522",
     .name = "http-rules-unused",
     .severity = Severity::kError,
     .origin = Origin::kOwn,
     .summary = "http rules, but no server for them",
     .why = "http rules are for HTTP servers and for HTTPS that ends at the gateway. A server that passes TLS "
            "on, or hands bytes on, never looks into requests: without a tls or tcp rule nothing is routed "
            "there.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: tls, protocol: TLS}
    hosts: [shop.example.com]
    tls: {mode: PASSTHROUGH}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: tls, protocol: TLS}
    hosts: [shop.example.com]
    tls: {mode: PASSTHROUGH}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tls:
  - match: [{sniHosts: [shop.example.com]}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/networking/core/gateway.go: buildGatewayTCPFilterChainOpts"},
    {.id = "WK523",
     .name = "tls-rules-unused",
     .severity = Severity::kError,
     .origin = Origin::kOwn,
     .summary = "tls rules, but no server that passes TLS on",
     .why = "tls rules choose by SNI for connections that stay encrypted: servers of mode PASSTHROUGH. Where "
            "TLS ends at the gateway they are not looked at.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tls:
  - match: [{sniHosts: [shop.example.com]}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/networking/core/gateway.go: createGatewayTCPFilterChainOpts"},
    {.id = "WK524",
     .name = "tcp-rules-unused",
     .severity = Severity::kError,
     .origin = Origin::kOwn,
     .summary = "tcp rules, but no server for bytes",
     .why = "tcp rules are for servers that hand on bytes: TCP and the like, and TLS that ends at the "
            "gateway. HTTP servers and those of mode PASSTHROUGH do not look at them.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tcp:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 5432, name: tcp, protocol: TCP}
    hosts: [shop.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tcp:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/networking/core/gateway.go: buildGatewayNetworkFiltersFromTCPRoutes"},
    {.id = "WK525",
     .name = "redirect-without-https",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A redirect to https for hosts that no server takes there",
     .why = "httpsRedirect answers every request with the same URL in https. A host that no TLS server has is "
            "refused there, and where a load balancer in front ends TLS the redirect comes back again and "
            "again.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com, old.example.com]
    tls: {httpsRedirect: true}
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
    tls: {httpsRedirect: true}
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .source = "Istio API: ServerTLSSettings.httpsRedirect"},
    {.id = "WK526",
     .name = "rules-behind-redirect",
     .severity = Severity::kInfo,
     .origin = Origin::kOwn,
     .summary = "Rules at a server that redirects everything to https",
     .why = "The gateway answers every request to such a server with a redirect before it looks at any rule. "
            "Bind the VirtualService to the Gateway that serves https.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
    tls: {httpsRedirect: true}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: secure, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
    tls: {httpsRedirect: true}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: secure, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [secure]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Envoy API: VirtualHost.require_tls"},
    {.id = "WK528",
     .name = "scheme-never-seen",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A scheme that the servers never see",
     .why = "The scheme of a request is that of the connection, unless a trusted load balancer says otherwise "
            "in x-forwarded-proto. Plaintext servers see http, servers that end TLS see https.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{scheme: {exact: https}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{scheme: {exact: http}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/common/http/conn_manager_utility.cc: mutateRequestHeaders"},
};

}  // namespace wicket::check::routing
