// WK4xx, what VirtualServices and Gateways call each other by. The facts; what is said about each case is in
// reference*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check::references {

inline constexpr RuleInfo kNameRules[] = {
    {.id = "WK401",
     .name = "gateway-not-found",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0101 KIA1102",
     .summary = "A VirtualService is bound to a Gateway that does not exist",
     .why = "The control plane passes over the entry without a word, so the rules apply nowhere and clients get 404. A "
            "name without a slash means a Gateway of the VirtualService's own namespace; write namespace/name for one "
            "of another. Told where the input holds other Gateways of that namespace, one with nearly that name, or is "
            "all there is (--closed-world).",
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
  hosts: [shop.example.com]
  gateways: [public]
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
     .source = "Istio pilot/pkg/model, resolveGatewayName; pkg/config/analysis/analyzers/virtualservice, gateways"},
    {.id = "WK402",
     .name = "match-gateway-not-found",
     .severity = Severity::kError,
     .origin = Origin::kKiali,
     .aliases = "KIA1102",
     .summary = "A match names a Gateway that does not exist",
     .why = "A match with gateways holds for these alone, so this one never holds and the rule loses what it was "
            "written for. Told under the same conditions as WK401.",
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
  - match: [{gateways: [publik]}]
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
  - match: [{gateways: [public]}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/model/virtualservice.go, ResolveVirtualServiceShortnames; networking/core/route, "
               "sourceMatchHTTP"},
    {.id = "WK403",
     .name = "match-gateway-not-bound",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A match is for a Gateway that the VirtualService is not bound to",
     .why = "Only the Gateways in spec.gateways get the rules at all; without spec.gateways only sidecars do (mesh). A "
            "match for another one never holds.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge/public]
  http:
  - match: [{gateways: [edge/partners]}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge/public, edge/partners]
  http:
  - match: [{gateways: [edge/partners]}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/networking/core/route, sourceMatchHTTP (R-STAT-2)"},
    {.id = "WK404",
     .name = "host-not-in-gateway",
     .severity = Severity::kWarning,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0132",
     .summary = "A Gateway serves none of the hosts of a VirtualService that is bound to it",
     .why = "The control plane joins a VirtualService with a Gateway where a host of the one fits a server of "
            "the other, so from this Gateway the rules are missing and clients get 404. A server may limit "
            "its hosts to namespaces (namespace/host). Nothing is said where other Gateways of the list serve "
            "all of the hosts.",
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
  hosts: [cart.example.com]
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
     .source = "Istio pkg/config/analysis/analyzers/virtualservice, gateways; pilot/pkg/networking/core, gateway "
               "(R-BIND-7, R-HOST-1)"},
    {.id = "WK405",
     .name = "generated-gateway",
     .severity = Severity::kWarning,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0165",
     .summary = "A reference to a Gateway that the control plane generates",
     .why =
         "Gateways with this name are made from those of the Kubernetes Gateway API and live inside the control plane "
         "only. Istio's webhook refuses the name; use an HTTPRoute with the Kubernetes Gateway as its parent.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: ["edge/public~istio-autogenerated-k8s-gateway~http"]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge/public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/analysis/analyzers/virtualservice, gateways; pkg/config/constants"},
};

}  // namespace wicket::check::references
