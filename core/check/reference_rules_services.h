// WK4xx, VirtualServices among each other. The facts; what is said about each case is in reference*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check::references {

inline constexpr RuleInfo kServiceRules[] = {
    {.id = "WK420",
     .name = "mesh-host-twice",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0109 KIA1106",
     .summary = "Two VirtualServices for the mesh have the same host",
     .why = "Sidecars take the rules of one of them, the older one, and drop the other one whole. (At a "
            "Gateway the rules of both would be joined.)",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart-v2, namespace: shop}
spec:
  hosts: [cart.shop.svc.cluster.local]
  http:
  - match: [{uri: {prefix: /v2/}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /v2/}}]
    route: [{destination: {host: cart}}]
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/analysis/analyzers/virtualservice, conflictingmeshgatewayhosts (R-MESH-3)"},
    {.id = "WK421",
     .name = "delegate-not-found",
     .severity = Severity::kError,
     .origin = Origin::kPilot,
     .summary = "A rule delegates to a VirtualService that does not exist",
     .why = "The rule is dropped; the control plane says so in its log only, and clients get 404. Told where "
            "the input holds delegates of that namespace, one with nearly that name, or is all there is "
            "(--closed-world).",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: root, namespace: edge}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - delegate: {name: kart, namespace: shop}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: root, namespace: edge}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - delegate: {name: cart, namespace: shop}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/model/virtualservice.go, mergeVirtualServicesIfNeeded (R-DEL-2)"},
    {.id = "WK422",
     .name = "delegate-not-exported",
     .severity = Severity::kError,
     .origin = Origin::kPilot,
     .summary = "A delegate is not exported to the namespace of its root",
     .why = "The delegate is as good as missing: the rule is dropped, and clients get 404.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: root, namespace: edge}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - delegate: {name: cart, namespace: shop}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  exportTo: ["."]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: root, namespace: edge}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - delegate: {name: cart, namespace: shop}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  exportTo: [edge]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/model/virtualservice.go, mergeVirtualServicesIfNeeded (R-DEL-2)"},
    {.id = "WK423",
     .name = "delegate-has-hosts",
     .severity = Severity::kError,
     .origin = Origin::kPilot,
     .summary = "A rule delegates to a VirtualService that has hosts",
     .why = "Only a VirtualService without hosts and gateways is a delegate. The rule is dropped, and clients "
            "get 404.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: root, namespace: edge}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - delegate: {name: cart, namespace: shop}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: root, namespace: edge}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - delegate: {name: cart, namespace: shop}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/model/virtualservice.go, mergeVirtualServicesIfNeeded (R-DEL-1)"},
    {.id = "WK424",
     .name = "delegate-match-conflict",
     .severity = Severity::kWarning,
     .origin = Origin::kPilot,
     .summary = "A rule of a delegate cannot hold together with its root's match",
     .why = "The conditions of root and delegate have to hold both, and the control plane compares them by "
            "their text: the delegate's have to be narrower in the same way (a prefix that begins with the "
            "root's), and a regex fits nothing. One match without a partner costs the whole rule. Where no "
            "rule is left, that is an error.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: root, namespace: edge}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /cart}}]
    delegate: {name: cart, namespace: shop}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  http:
  - match: [{uri: {prefix: /basket/}}]
    route: [{destination: {host: cart}}]
  - match: [{uri: {prefix: /cart/}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: root, namespace: edge}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /cart}}]
    delegate: {name: cart, namespace: shop}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  http:
  - match: [{uri: {prefix: /cart/new/}}]
    route: [{destination: {host: cart}}]
  - match: [{uri: {prefix: /cart/}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/model/virtualservice.go, mergeHTTPMatchRequests and hasConflict (R-DEL-5, "
               "R-DEL-6)"},
    {.id = "WK425",
     .name = "delegate-unused",
     .severity = Severity::kInfo,
     .on_by_default = false,
     .origin = Origin::kOwn,
     .summary = "A delegate that no VirtualService delegates to",
     .why = "A VirtualService without hosts does nothing by itself. Told where the input is all there is "
            "(--closed-world).",
     .bad = R"(# lint --closed-world
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
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(# lint --closed-world
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
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio VirtualService reference: Delegate"},
    {.id = "WK426",
     .name = "unknown-namespace",
     .severity = Severity::kError,
     .origin = Origin::kKiali,
     .aliases = "KIA0005",
     .summary = "exportTo names a namespace that does not exist",
     .why = "Nobody sees the object there, and a misspelt name hides it from those who should. Told where the "
            "input lists Namespaces and has one with nearly that name, or is all there is (--closed-world). A "
            "namespace that some object of the input is in counts as well.",
     .bad = R"(apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Namespace
metadata: {name: payments}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  exportTo: [., paymets]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Namespace
metadata: {name: payments}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  exportTo: [., payments]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Kiali: exportTo of unknown namespaces; Istio pkg/config/visibility"},
    {.id = "WK427",
     .name = "host-shared-at-gateway",
     .severity = Severity::kInfo,
     .origin = Origin::kKiali,
     .aliases = "KIA1106",
     .summary = "Several VirtualServices have the same host at one Gateway",
     .why = "Their rules are joined, those of the older VirtualService first, whatever the order of the "
            "files. That is legal and common; it matters where a request fits rules of both, so that the "
            "order decides.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge/public]
  http:
  - match: [{uri: {prefix: /cart/}}]
    route: [{destination: {host: cart}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: orders, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge/public]
  http:
  - match: [{uri: {prefix: /orders/}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge/public]
  http:
  - match: [{uri: {prefix: /cart/}}]
    route: [{destination: {host: cart}}]
  - match: [{uri: {prefix: /orders/}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/networking/core/gateway.go, buildGatewayHTTPRouteConfig (R-ORD-1, R-ORD-3)"},
    {.id = "WK429",
     .name = "hidden-from-gateway",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "exportTo hides an object from the gateway that it is for",
     .why =
         "The pods of the gateway get only what is exported to their namespace, so these rules are missing "
         "there and clients get 404. A ServiceEntry that a route leads to has to be exported there as well: without it "
         "the answer is 503 (NC). The default ingress gateway is taken to run in istio-system where the "
         "input does not hold it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: istio-system}
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
  gateways: [istio-system/public]
  exportTo: ["."]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: istio-system}
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
  gateways: [istio-system/public]
  exportTo: [istio-system]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/model/push_context.go, initVirtualServices (R-BIND-6)"},
};

}  // namespace wicket::check::references
