// WK4xx, hosts and certificates. The facts; what is said about each case is in reference*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check::references {

inline constexpr RuleInfo kHostRules[] = {
    {.id = "WK431",
     .name = "gateway-unused",
     .severity = Severity::kInfo,
     .on_by_default = false,
     .origin = Origin::kOwn,
     .summary = "A Gateway that no VirtualService is bound to",
     .why = "Its ports are open, and every request is answered with 404. Told where the input is all there is "
            "(--closed-world); not for servers that only redirect to HTTPS, nor for AUTO_PASSTHROUGH.",
     .bad = R"(# lint --closed-world
apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Service
metadata: {name: gateway, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  ports: [{name: http2, port: 80, targetPort: 8080}]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
)",
     .good = R"(# lint --closed-world
apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Service
metadata: {name: gateway, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  ports: [{name: http2, port: 80, targetPort: 8080}]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  selector: {app: cart}
  ports: [{name: http, port: 80}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge/public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/networking/core/gateway.go, buildGatewayHTTPRouteConfig (R-VH-3)"},
    {.id = "WK432",
     .name = "host-not-served",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .aliases = "IST0132",
     .summary = "A host of a VirtualService that no bound Gateway serves",
     .why = "Requests for this host find no rules and are answered with 404, while those for the other hosts "
            "work. Names are compared letter by letter, capitals included.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
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
  hosts: [shop.example.com, cart.example.com]
  gateways: [edge/public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
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
  gateways: [edge/public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/networking/core/gateway.go (R-BIND-7, R-HOST-1, R-HOST-2)"},
    {.id = "WK433",
     .name = "host-not-routed",
     .severity = Severity::kInfo,
     .on_by_default = false,
     .origin = Origin::kOwn,
     .summary = "A host of a Gateway that no VirtualService routes",
     .why = "Requests for it are answered with 404. Told where the input is all there is (--closed-world); "
            "not for wildcards, passthrough and servers that only redirect to HTTPS.",
     .bad = R"(# lint --closed-world
apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Service
metadata: {name: gateway, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  ports: [{name: http2, port: 80, targetPort: 8080}]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com, old.example.com]
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  selector: {app: cart}
  ports: [{name: http, port: 80}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge/public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(# lint --closed-world
apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Service
metadata: {name: gateway, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  ports: [{name: http2, port: 80, targetPort: 8080}]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  selector: {app: cart}
  ports: [{name: http, port: 80}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge/public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/networking/core/gateway.go, buildGatewayHTTPRouteConfig (R-VH-3)"},
    {.id = "WK435",
     .name = "certificate-for-other-host",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "The certificate of a server is not for its host",
     .why = "Clients refuse the connection. A wildcard in a certificate stands for one label: *.example.com "
            "is neither for example.com nor for a.b.example.com. A server for *.example.com needs that very "
            "name.",
     .bad = R"(apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Secret
metadata: {name: shop-cert, namespace: istio-system}
data:
  tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJxVENDQVU2Z0F3SUJBZ0lVZjYyNXZVaWxzcHRPYnEzdnh6NWJ5Q2oxdVBvd0NnWUlLb1pJemowRUF3SXcKRHpFTk1Bc0dBMVVFQXd3RWMyaHZjREFnRncweU5qRXhNalF5TURVd01qWmFHQTh5TVRJMk1UQXpNVEl3TlRBeQpObG93RHpFTk1Bc0dBMVVFQXd3RWMyaHZjREJaTUJNR0J5cUdTTTQ5QWdFR0NDcUdTTTQ5QXdFSEEwSUFCSUJ1CjMzYjh0N2ZqekFtMGJnZ1JnT0xVRC92Q0ZBblhObjk3dXBkNEg2M0tnZXJPOFZPdE1RTEY3OGk3NkUxOUF6cHUKbTV0eU50N2tHYThrY1NKMllsU2pnWVV3Z1lJd0hRWURWUjBPQkJZRUZMTVgrYmdNOXBwaXpWd0RteUtkQlhRcwpZZEhiTUI4R0ExVWRJd1FZTUJhQUZMTVgrYmdNOXBwaXpWd0RteUtkQlhRc1lkSGJNQThHQTFVZEV3RUIvd1FGCk1BTUJBZjh3THdZRFZSMFJCQ2d3Sm9JUWMyaHZjQzVsZUdGdGNHeGxMbU52YllJU0tpNXphRzl3TG1WNFlXMXcKYkdVdVkyOXRNQW9HQ0NxR1NNNDlCQU1DQTBrQU1FWUNJUUQvaFJ0dmEzb3B1R3lndEJqb1VpOTQ2Yy9CdzRVegppOW1iRlZxS1pXa0VVZ0loQUkwM25YdnFTcTBoQjZoc1lTV0o5a2dFditDTDBwRDFVcUVobDZJN01rdUQKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=
  tls.key: a2V5
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [cart.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .good = R"(apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Secret
metadata: {name: shop-cert, namespace: istio-system}
data:
  tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJxVENDQVU2Z0F3SUJBZ0lVZjYyNXZVaWxzcHRPYnEzdnh6NWJ5Q2oxdVBvd0NnWUlLb1pJemowRUF3SXcKRHpFTk1Bc0dBMVVFQXd3RWMyaHZjREFnRncweU5qRXhNalF5TURVd01qWmFHQTh5TVRJMk1UQXpNVEl3TlRBeQpObG93RHpFTk1Bc0dBMVVFQXd3RWMyaHZjREJaTUJNR0J5cUdTTTQ5QWdFR0NDcUdTTTQ5QXdFSEEwSUFCSUJ1CjMzYjh0N2ZqekFtMGJnZ1JnT0xVRC92Q0ZBblhObjk3dXBkNEg2M0tnZXJPOFZPdE1RTEY3OGk3NkUxOUF6cHUKbTV0eU50N2tHYThrY1NKMllsU2pnWVV3Z1lJd0hRWURWUjBPQkJZRUZMTVgrYmdNOXBwaXpWd0RteUtkQlhRcwpZZEhiTUI4R0ExVWRJd1FZTUJhQUZMTVgrYmdNOXBwaXpWd0RteUtkQlhRc1lkSGJNQThHQTFVZEV3RUIvd1FGCk1BTUJBZjh3THdZRFZSMFJCQ2d3Sm9JUWMyaHZjQzVsZUdGdGNHeGxMbU52YllJU0tpNXphRzl3TG1WNFlXMXcKYkdVdVkyOXRNQW9HQ0NxR1NNNDlCQU1DQTBrQU1FWUNJUUQvaFJ0dmEzb3B1R3lndEJqb1VpOTQ2Yy9CdzRVegppOW1iRlZxS1pXa0VVZ0loQUkwM25YdnFTcTBoQjZoc1lTV0o5a2dFditDTDBwRDFVcUVobDZJN01rdUQKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=
  tls.key: a2V5
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .source = "RFC 6125 6.4; Istio pilot/pkg/credentials/kube"},
    {.id = "WK436",
     .name = "credential-without-ca",
     .severity = Severity::kError,
     .origin = Origin::kOwn,
     .summary = "A server verifies clients, but its Secrets hold no CA",
     .why = "The control plane has nothing to verify certificates with, and the proxy closes every "
            "connection. The CA stands in ca.crt (or cacert) of the Secret, in that of a Secret with -cacert "
            "behind the name, or in the one that caCertCredentialName names.",
     .bad = R"(apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Secret
metadata: {name: shop-cert, namespace: istio-system}
stringData: {tls.crt: $CERTIFICATE, tls.key: $KEY}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: MUTUAL, credentialName: shop-cert}
)",
     .good = R"(apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Secret
metadata: {name: shop-cert, namespace: istio-system}
stringData: {tls.crt: $CERTIFICATE, tls.key: $KEY, ca.crt: $CA}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: MUTUAL, credentialName: shop-cert}
)",
     .source = "Istio pilot/pkg/credentials/kube/secrets.go, GetCaCert (R-TLS-4)"},
};

}  // namespace wicket::check::references
