// WK7xx: what is accepted and works, but is unsafe or hardly what was meant. The facts of all checks in one table.
#pragma once

#include <string_view>

#include "check/rule.h"

namespace wicket::check::practice {

inline constexpr RuleInfo kPracticeRules[] = {
    {.id = "WK701",
     .name = "certificate-for-all-hosts",
     .severity = Severity::kInfo,
     .origin = Origin::kOwn,
     .summary = "A TLS server answers for every host",
     .why = "The certificate of this server is shown for every name that no other server has, also for names that "
            "it does not hold: clients see a certificate error instead of a closed door. List the hosts that the "
            "certificate is for.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["*"]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["shop.example.com"]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .source = "Istio networking/v1 Gateway: Server.hosts"},
    {.id = "WK702",
     .name = "host-without-tls-too",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A host is served with TLS and also without",
     .why = "Whoever types the name without https stays on a connection that anybody on the way can read and "
            "change. A plain server is all right when it only redirects to https, or answers the challenges of a "
            "certificate authority.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ["shop.example.com"]
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["shop.example.com"]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ["shop.example.com"]
    tls: {httpsRedirect: true}
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["shop.example.com"]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .source = "Istio networking/v1 Gateway: ServerTLSSettings.httpsRedirect"},
    {.id = "WK703",
     .name = "old-tls-version",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "The versions of TLS are too old, or exclude each other",
     .why = "TLS 1.0 and 1.1 have known weaknesses and are switched off in browsers. A lowest version above the "
            "highest one leaves none: every handshake fails. A maxProtocolVersion of TLSV1_2 only takes TLS 1.3 "
            "away, which is told as info.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["shop.example.com"]
    tls: {mode: SIMPLE, credentialName: shop-cert, minProtocolVersion: TLSV1_1, cipherSuites: [ECDHE-RSA-AES128-GCM-SHA256]}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["shop.example.com"]
    tls: {mode: SIMPLE, credentialName: shop-cert, minProtocolVersion: TLSV1_2, cipherSuites: [ECDHE-RSA-AES128-GCM-SHA256]}
)",
     .source = "RFC 8996"},
    {.id = "WK704",
     .name = "weak-cipher-suite",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A cipher suite is weak",
     .why = "Suites with triple DES or with CBC and SHA-1 are open to known attacks. Those without ECDHE (told as "
            "info) have no forward secrecy: whoever gets the private key later can read what was recorded.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["shop.example.com"]
    tls: {mode: SIMPLE, credentialName: shop-cert, cipherSuites: [ECDHE-RSA-AES128-GCM-SHA256, DES-CBC3-SHA]}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["shop.example.com"]
    tls: {mode: SIMPLE, credentialName: shop-cert, cipherSuites: [ECDHE-RSA-AES128-GCM-SHA256]}
)",
     .source = "RFC 9325"},
    {.id = "WK705",
     .name = "missing-tls-mode",
     .severity = Severity::kError,
     .origin = Origin::kOwn,
     .summary = "A tls block without mode is PASSTHROUGH",
     .why = "The default of mode is PASSTHROUGH: the certificate is ignored, TLS goes on to the service untouched, "
            "and http rules never apply. Without a certificate it may be meant, and is told as warning: then write "
            "mode: PASSTHROUGH.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["shop.example.com"]
    tls: {credentialName: shop-cert}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["shop.example.com"]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .source = "Istio networking/v1 Gateway: ServerTLSSettings.TLSmode"},
    {.id = "WK706",
     .name = "cors-any-origin",
     .severity = Severity::kError,
     .origin = Origin::kOwn,
     .summary = "CORS allows every origin",
     .why = "The proxy sends the origin of the request back, whatever it is. Together with allowCredentials every "
            "site can act with the cookies of its visitors and read the answers. Without credentials the answers "
            "are public, which is told as info.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - corsPolicy: {allowOrigins: [{regex: ".*"}], allowCredentials: true}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - corsPolicy: {allowOrigins: [{exact: "https://shop.example.com"}], allowCredentials: true}
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/extensions/filters/http/cors"},
    {.id = "WK707",
     .name = "wide-cors-origin",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "An origin pattern matches more than its own host",
     .why = "A prefix ends in the middle of a name, and an unescaped dot is any character: somebody else can "
            "register a name that matches. Write exact, or a regex whose dots are escaped and that ends where the "
            "name ends.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - corsPolicy: {allowOrigins: [{prefix: "https://example.com"}]}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - corsPolicy: {allowOrigins: [{exact: "https://example.com"}]}
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/extensions/filters/http/cors"},
    {.id = "WK708",
     .name = "impossible-cors-origin",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "No browser sends this origin",
     .why = "Browsers send scheme://host and the port unless it is the default one: in lower case and without a "
            "path. Anything else never matches. The origin null is sent by any sandboxed frame, so allowing it "
            "allows everybody.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - corsPolicy: {allowOrigins: [{exact: "https://b.example.com/"}]}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - corsPolicy: {allowOrigins: [{exact: "https://b.example.com"}]}
    route: [{destination: {host: cart}}]
)",
     .source = "The Fetch standard: Origin header"},
    {.id = "WK709",
     .name = "fault-injection",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "Faults are made on purpose, or would be",
     .why = "Requests from outside are aborted or delayed: what is left over from an experiment is an outage. Where "
            "every match asks for a header it is told as info. Without percentage no request is affected and the "
            "block does nothing.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - fault: {abort: {httpStatus: 503, percentage: {value: 100}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio networking/v1 VirtualService: HTTPFaultInjection"},
    {.id = "WK712",
     .name = "no-timeout",
     .severity = Severity::kInfo,
     .on_by_default = false,
     .origin = Origin::kOwn,
     .summary = "An ingress route has no timeout",
     .why = "Istio sets no timeout of its own: a request to a service that hangs is kept until the client goes. Off "
            "by default.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - timeout: 30s
    route: [{destination: {host: cart}}]
)",
     .source = "Istio networking/v1 VirtualService: HTTPRoute.timeout"},
    {.id = "WK713",
     .name = "exposed-internal-path",
     .severity = Severity::kInfo,
     .on_by_default = false,
     .origin = Origin::kOwn,
     .summary = "A path for operators is reachable from outside",
     .why = "Paths such as /actuator, /metrics and /debug tell about the inside of a service, or change it. Off by "
            "default.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /actuator/}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /actuator/}}]
    directResponse: {status: 404}
)",
     .source = "wicket"},
    {.id = "WK714",
     .name = "unverified-certificate",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "Verification of certificates is switched off",
     .why = "With insecureSkipVerify whoever gets between the proxy and its peer can read and change everything, as "
            "without TLS.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec:
  host: a.example.com
  trafficPolicy:
    tls: {mode: SIMPLE, insecureSkipVerify: true}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec:
  host: a.example.com
  trafficPolicy:
    tls: {mode: SIMPLE, caCertificates: /etc/certs/ca.pem, sni: a.example.com, subjectAltNames: [a.example.com]}
)",
     .source = "Istio networking/v1 DestinationRule: ClientTLSSettings"},
    {.id = "WK715",
     .name = "server-name-not-set",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "TLS to a service without the name in its certificate",
     .why = "For a name of the cluster the proxy knows neither which SNI to send nor which name to expect: the "
            "handshake fails, or any certificate of the authority passes. For hosts outside the SNI comes from the "
            "request, which is told as info.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec:
  host: cart.shop.svc.cluster.local
  trafficPolicy:
    tls: {mode: SIMPLE, caCertificates: /ca.pem}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec:
  host: cart.shop.svc.cluster.local
  trafficPolicy:
    tls: {mode: SIMPLE, caCertificates: /ca.pem, sni: cart.example.com, subjectAltNames: [cart.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio networking/v1 DestinationRule: ClientTLSSettings"},
    {.id = "WK716",
     .name = "plaintext-to-tls-port",
     .severity = Severity::kInfo,
     .origin = Origin::kOwn,
     .summary = "The gateway speaks plain HTTP to a port for TLS",
     .why = "Nothing but a DestinationRule with tls makes the gateway speak TLS to a service. A server that waits "
            "for a handshake answers plain HTTP with 400 or closes the connection. Warning where the Service says "
            "that the port is for https.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart, port: {number: 443}}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart, port: {number: 80}}}]
)",
     .source = "Istio networking/v1 DestinationRule: ClientTLSSettings"},
    {.id = "WK717",
     .name = "passthrough-and-termination",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A host is passed through and terminated on one port",
     .why = "Servers of one port are told apart by SNI alone: of two with one name one gets all connections, "
            "whichever comes first. Where the names differ the narrower one wins, which is told as info.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: first, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["shop.example.com"]
    tls: {mode: SIMPLE, credentialName: shop-cert}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: second, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: tls, protocol: TLS}
    hosts: ["shop.example.com"]
    tls: {mode: PASSTHROUGH}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: first, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["shop.example.com"]
    tls: {mode: SIMPLE, credentialName: shop-cert}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: second, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: tls, protocol: TLS}
    hosts: ["other.example.com"]
    tls: {mode: PASSTHROUGH}
)",
     .source = "Istio pilot/pkg/model: mergeGateways"},
    {.id = "WK718",
     .name = "missing-selector",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A Gateway has no selector",
     .why = "It is added to every gateway of the mesh, in all namespaces: internal ones and those of other teams "
            "open these ports too.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ["shop.example.com"]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ["shop.example.com"]
)",
     .source = "Istio networking/v1 Gateway: Gateway.selector"},
    {.id = "WK719",
     .name = "useless-server-protocol",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A protocol without effect on a Gateway",
     .why = "The webhook takes every protocol that Istio knows. A Gateway opens no UDP ports, HTTP_PROXY is plain "
            "HTTP there, and REDIS and MYSQL are plain TCP unless the control plane switches their filters on.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 53, name: dns, protocol: UDP}
    hosts: ["*"]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 53, name: dns, protocol: TCP}
    hosts: ["*"]
)",
     .source = "Istio pilot/pkg/networking/core: buildGatewayListeners"},
    {.id = "WK720",
     .name = "swapped-port-protocol",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "The protocol does not fit the number of the port",
     .why =
         "Clients speak TLS to 443 and 8443, and plain HTTP to 80 and 8080. TCP beside a server for TLS is left alone. "
         "Where a load balancer in front ends TLS, an annotation with ssl, tls or cert on the Service of the proxies "
         "tells so, and nothing is said.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: http, protocol: HTTP}
    hosts: ["shop.example.com"]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ["shop.example.com"]
)",
     .source = "wicket"},
    {.id = "WK721",
     .name = "host-open-to-all",
     .severity = Severity::kInfo,
     .on_by_default = false,
     .origin = Origin::kOwn,
     .summary = "Any namespace can claim a host",
     .why = "VirtualServices of several namespaces bind to this Gateway, and a host without a namespace in front "
            "takes routes from each of them. Off by default.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ["shop.example.com", "cart/cart.example.com"]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: cart}
spec:
  hosts: [cart.example.com]
  gateways: [shop/public]
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
    hosts: ["shop/shop.example.com", "cart/cart.example.com"]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio networking/v1 Gateway: Server.hosts"},
    {.id = "WK722",
     .name = "header-of-the-proxy",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A route sets a header that is trusted",
     .why = "x-forwarded-*, x-real-ip and x-envoy-* tell services who asked and steer the proxies; a fixed value "
            "makes logs, limits and access rules wrong. An authorization header with Basic or Bearer is a "
            "credential in a manifest.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - headers: {request: {set: {x-forwarded-for: "192.0.2.1"}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - headers: {request: {set: {x-shop-region: north}}}
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy documentation: HTTP header manipulation"},
    {.id = "WK723",
     .name = "many-retries",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "Very many retries, or very long ones",
     .why = "Retries multiply the load exactly when a service is already in trouble. More than ten, or more than "
            "five minutes in all without a timeout of the route, is told.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - retries: {attempts: 50}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - retries: {attempts: 3}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio networking/v1 VirtualService: HTTPRetry"},
    {.id = "WK724",
     .name = "redirect-drops-body",
     .severity = Severity::kInfo,
     .origin = Origin::kOwn,
     .summary = "A redirect makes GET of requests with a body",
     .why = "On 301 and 302 clients ask again with GET and without the body. 308 and 307 keep both.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {exact: /old}, method: {exact: POST}}]
    redirect: {uri: /new, redirectCode: 302}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {exact: /old}, method: {exact: POST}}]
    redirect: {uri: /new, redirectCode: 307}
)",
     .source = "RFC 9110, section 15.4"},
    {.id = "WK725",
     .name = "redirect-to-plaintext",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A redirect leads from https to http",
     .why = "The next request of the client can be read and changed on the way, with its cookies.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["shop.example.com"]
    tls: {mode: SIMPLE, credentialName: shop-cert}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {exact: /old}}]
    redirect: {scheme: http, uri: /new}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ["shop.example.com"]
    tls: {mode: SIMPLE, credentialName: shop-cert}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {exact: /old}}]
    redirect: {scheme: https, uri: /new}
)",
     .source = "Istio networking/v1 VirtualService: HTTPRedirect.scheme"},
    {.id = "WK726",
     .name = "private-key-in-manifest",
     .severity = Severity::kWarning,
     .on_by_default = false,
     .origin = Origin::kOwn,
     .summary = "A private key is stored in a manifest",
     .why = "Whoever can read the repository, or any copy of it, can pretend to be the server. Off by default.",
     .bad = R"(apiVersion: v1
kind: Secret
metadata: {name: shop-cert, namespace: shop}
stringData: {tls.key: replaced-when-deployed}
)",
     .good = R"(apiVersion: v1
kind: Secret
metadata: {name: shop-cert, namespace: shop}
stringData: {note: written by cert-manager}
)",
     .source = "wicket"},
    {.id = "WK727",
     .name = "unsafe-rewrite",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A rewritten path or authority may lead elsewhere",
     .why = "A path that begins with two slashes is read as another host by browsers and many servers, and one "
            "without a slash is refused. An authority is sent as it is written: commands and groups in it are not "
            "filled in.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /go/}}]
    rewrite: {uriRegexRewrite: {match: ^/go/(.*), rewrite: '\1'}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /go/}}]
    rewrite: {uriRegexRewrite: {match: ^/go/(.*), rewrite: '/\1'}}
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy RouteAction.regex_rewrite"},
};

/// The row with this id. A wrong id does not compile.
consteval const RuleInfo& wk7(std::string_view id) { return rule(kPracticeRules, id); }

}  // namespace wicket::check::practice
