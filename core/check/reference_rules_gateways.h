// WK4xx, what Gateways need. The facts; what is said about each case is in reference*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check::references {

inline constexpr RuleInfo kGatewayNeedRules[] = {
    {.id = "WK413",
     .name = "no-gateway-workload",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0101 KIA0302",
     .summary = "No workload has the labels that a Gateway selects",
     .why = "Nothing listens on the ports of this Gateway. Workloads are Pods and the pod templates of "
            "Deployments, DaemonSets, StatefulSets and their like, in any namespace. Told where the input "
            "holds gateway workloads or is all there is (--closed-world); workloads that are elsewhere can be "
            "listed in the settings (known.gateway-workloads).",
     .bad = R"(apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec:
  selector: {istio: ingresgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
)",
     .good = R"(apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
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
     .source = "Istio pkg/config/analysis/analyzers/gateway, gateway and secret; "
               "pilot/pkg/model/push_context.go, mergeGateways (R-GW-1)"},
    {.id = "WK414",
     .name = "gateway-port-closed",
     .severity = Severity::kWarning,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0162",
     .summary = "A server of a Gateway has a port that no Service of the gateway exposes",
     .why = "The proxy listens, but no Service leads to the port, so that clients get no connection. A server "
            "may name the port of the Service or its targetPort.",
     .bad = R"(apiVersion: v1
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
  - port: {number: 8444, name: http, protocol: HTTP}
    hosts: [shop.example.com]
)",
     .good = R"(apiVersion: v1
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
     .source = "Istio pkg/config/analysis/analyzers/gateway, gateway; pilot/pkg/model/push_context.go, "
               "mergeGateways (R-GW-5)"},
    {.id = "WK415",
     .name = "credential-not-found",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0101",
     .summary = "A server names a Secret that does not exist where the gateway runs",
     .why = "The proxy gets no certificate and closes every connection. Secrets are read in the namespace of "
            "the gateway's pods, whatever the namespace of the Gateway. Told where it is certain who the pods "
            "are, and the input holds Secrets of their namespace, one with that or nearly that name, or is "
            "all there is (--closed-world). A Certificate, an ExternalSecret or a SealedSecret that makes the "
            "Secret counts.",
     .bad = R"(apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Secret
metadata: {name: shop-cert, namespace: edge}
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
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .source = "Istio pkg/config/analysis/analyzers/gateway, secret; pilot/pkg/credentials/kube (R-TLS-4)"},
    {.id = "WK416",
     .name = "credential-unusable",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0161",
     .summary = "The Secret of a server holds no certificate and key that can be used",
     .why = "The control plane sends nothing to the proxy, which closes every connection. A Secret needs "
            "tls.crt and tls.key, or cert and key. With --check-expiry its certificate has to be valid today as well.",
     .bad = R"(apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Secret
metadata: {name: shop-cert, namespace: istio-system}
stringData: {tls.crt: $CERTIFICATE}
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
     .good = R"(apiVersion: v1
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
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .source = "Istio pilot/pkg/credentials/kube/secrets.go; pkg/config/analysis/analyzers/gateway, certificate "
               "(IST0161)"},
    {.id = "WK417",
     .name = "host-in-two-gateways",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0145 KIA0301",
     .summary = "Two Gateways of the same pods serve one host on one port",
     .why = "Of two servers with TLS settings the younger one is dropped as a whole, with all of its hosts. "
            "Plaintext servers are joined, which is told as an information only. Hosts for different "
            "namespaces (a/x and b/x), other ports and other addresses (bind) are no conflict.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: a}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: partners, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: b}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: a}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: partners, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [partners.example.com]
    tls: {mode: SIMPLE, credentialName: b}
)",
     .source = "Istio pilot/pkg/model/gateway.go, CheckDuplicates (R-MERGE-5); "
               "pkg/config/analysis/analyzers/gateway, conflictinggateway"},
    {.id = "WK418",
     .name = "shared-certificate",
     .severity = Severity::kWarning,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0138",
     .summary = "Two HTTPS servers on one port show the same certificate for different hosts",
     .why = "A browser that has a connection to the one uses it for the hosts of the other too, as address "
            "and certificate fit. There the host is unknown, and the answer is 404.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: wildcard}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: partners, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [partners.example.com]
    tls: {mode: SIMPLE, credentialName: wildcard}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: wildcard}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: partners, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [partners.example.com]
    tls: {mode: SIMPLE, credentialName: partners}
)",
     .source = "Istio pkg/config/analysis/analyzers/gateway, certificate; RFC 9113 9.1.1"},
    {.id = "WK419",
     .name = "claim-without-authentication",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0149",
     .summary = "A match on a claim, but nobody reads the tokens",
     .why = "Claims come from tokens that a RequestAuthentication verifies. Without one for the pods of the "
            "gateway, in their namespace or in the root namespace, the condition never holds. Told where the "
            "input holds RequestAuthentications of these namespaces or is all there is (--closed-world).",
     .bad = R"(apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: tokens, namespace: istio-system}
spec:
  selector: {matchLabels: {app: other}}
  jwtRules: [{issuer: https://id.example.com, jwksUri: https://id.example.com/keys}]
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
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge/public]
  http:
  - match: [{headers: {"@request.auth.claims.group": {exact: staff}}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: tokens, namespace: istio-system}
spec:
  selector: {matchLabels: {istio: ingressgateway}}
  jwtRules: [{issuer: https://id.example.com, jwksUri: https://id.example.com/keys}]
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
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge/public]
  http:
  - match: [{headers: {"@request.auth.claims.group": {exact: staff}}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/analysis/analyzers/virtualservice, jwtclaimroute"},
};

}  // namespace wicket::check::references
