// WK4xx, destinations of routes. The facts; what is said about each case is in reference*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check::references {

inline constexpr RuleInfo kTargetRules[] = {
    {.id = "WK406",
     .name = "destination-not-found",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0101 KIA1101",
     .summary = "A route leads to a host that no Service or ServiceEntry has",
     .why = "The proxy has no cluster for the destination and answers 503 (NC). A name without a dot is one "
            "of the VirtualService's own namespace; a name with a dot is taken as it is, so that shop.team "
            "finds nothing: write shop.team.svc.cluster.local. A Service that is not exported to the "
            "namespace is as good as missing. Told where the input holds other Services of that namespace, "
            "one with nearly that name, or is all there is (--closed-world).",
     .bad = R"(apiVersion: v1
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
  - route: [{destination: {host: kart}}]
)",
     .good = R"(apiVersion: v1
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
     .source = "Istio pilot/pkg/networking/core/route, GetDestinationCluster; "
               "pkg/config/analysis/analyzers/virtualservice, destinationhosts"},
    {.id = "WK407",
     .name = "mirror-not-found",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0101",
     .summary = "A mirror leads to a host that no Service or ServiceEntry has",
     .why = "The copies of the requests are dropped; nobody gets them and nothing says so. Told under the "
            "same conditions as WK406.",
     .bad = R"(apiVersion: v1
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
    mirror: {host: kart}
)",
     .good = R"(apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  selector: {app: cart}
  ports: [{name: http, port: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: kart, namespace: shop}
spec:
  selector: {app: kart}
  ports: [{name: http, port: 80}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}]
    mirror: {host: kart}
)",
     .source = "Istio pkg/config/analysis/analyzers/virtualservice, destinationhosts"},
    {.id = "WK408",
     .name = "destination-port-needed",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0112",
     .summary = "A destination without a port, for a service that has several",
     .why = "With several ports the one is taken on which the request came in: 80 behind a Gateway on port "
            "80. If the service does not have that one, the answer is 503.",
     .bad = R"(apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  selector: {app: cart}
  ports: [{name: http, port: 80}, {name: http-admin, port: 8080}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  selector: {app: cart}
  ports: [{name: http, port: 80}, {name: http-admin, port: 8080}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart, port: {number: 80}}}]
)",
     .source = "Istio pkg/config/analysis/analyzers/virtualservice, destinationhosts; "
               "pilot/pkg/networking/core/route, GetDestinationCluster"},
    {.id = "WK409",
     .name = "destination-port-missing",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0101",
     .summary = "A destination names a port that the service does not have",
     .why = "There is no cluster for that port, so requests are answered with 503 (NC). Destinations name the "
            "port of the Service, not the targetPort of the pods.",
     .bad = R"(apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  selector: {app: cart}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart, port: {number: 8080}}}]
)",
     .good = R"(apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  selector: {app: cart}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart, port: {number: 80}}}]
)",
     .source = "Istio pkg/config/analysis/analyzers/virtualservice, destinationhosts; "
               "pilot/pkg/networking/core/route, GetDestinationCluster"},
    {.id = "WK410",
     .name = "subset-not-defined",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0101 KIA1107",
     .summary = "A destination names a subset that no DestinationRule defines",
     .why = "There is no cluster for the subset, so requests are answered with 503 (NC). The proxy looks for "
            "the DestinationRule of a host in its own namespace, in that of the service and in the root "
            "namespace; one that a gateway does not find there is told as a warning. Rules that are missing "
            "altogether are told where the input holds others of these namespaces or is all there is "
            "(--closed-world).",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec:
  host: cart
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart, subset: v2}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec:
  host: cart
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart, subset: v1}}]
)",
     .source = "Istio pilot/pkg/model/push_context.go, destinationRule; "
               "pkg/config/analysis/analyzers/virtualservice, destinationrules"},
    {.id = "WK411",
     .name = "mirror-subset-not-defined",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0101",
     .summary = "A mirror names a subset that no DestinationRule defines",
     .why = "The copies of the requests have no cluster to go to and are dropped. Told under the same "
            "conditions as WK410.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec:
  host: cart
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}]
    mirror: {host: cart, subset: v2}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec:
  host: cart
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}]
    mirror: {host: cart, subset: v1}
)",
     .source = "Istio pkg/config/analysis/analyzers/virtualservice, destinationrules"},
    {.id = "WK412",
     .name = "mesh-subsets-behind-gateway",
     .severity = Severity::kWarning,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0140",
     .summary = "Subset routing for the mesh does not apply to what enters through a Gateway",
     .why = "The gateway takes the destination of the VirtualService that is bound to it, and asks no other "
            "one: its requests go to all pods of the service, whatever the VirtualService for the mesh says. "
            "Name the subset in both, or bind one VirtualService to the Gateway and to mesh.",
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
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec:
  host: cart
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: entry, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: inner, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart, subset: v1}}]
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
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec:
  host: cart
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: entry, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart, subset: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: inner, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart, subset: v1}}]
)",
     .source = "Istio pkg/config/analysis/analyzers/virtualservice, destinationhosts"},
};

}  // namespace wicket::check::references
