// WK68x: Kubernetes Services. The facts; the checks are in service.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check {

inline constexpr RuleInfo kServiceRules[] = {
    {.id = "WK680",
     .name = "service-port-name",
     .severity = Severity::kInfo,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0118 KIA0601",
     .summary = "The name of a Service's port does not tell its protocol",
     .why = "Istio then has to find out what the port speaks from its first bytes, which costs time and fails for "
            "protocols in which the server speaks first. Name the port <protocol>[-suffix], or set appProtocol. Only "
            "reported for Services that a VirtualService or DestinationRule speaks of.",
     .bad = R"(apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: web, port: 80, targetPort: 8080}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .good = R"(apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 80, targetPort: 8080}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .source = "Istio pkg/config/kube: ConvertProtocol; analyzers/service: PortNameAnalyzer; Kiali: KIA0601"},
    {.id = "WK681",
     .name = "unknown-app-protocol",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0118 KIA0602",
     .summary = "An appProtocol that Istio does not know",
     .why = "appProtocol wins over the port's name, so Istio no longer knows what the port speaks, and istioctl "
            "validate refuses the Service. A warning where no route or rule speaks of the Service.",
     .bad = R"(apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 80, targetPort: 8080, appProtocol: http/2}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .good = R"(apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 80, targetPort: 8080, appProtocol: kubernetes.io/h2c}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .source = "Istio pkg/config/kube: ConvertProtocol; Kiali: KIA0602"},
    {.id = "WK682",
     .name = "external-name-port",
     .severity = Severity::kWarning,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0150",
     .summary = "A port of an ExternalName Service that is taken for TCP",
     .why = "Such a Service has no address of its own, so a TCP port takes all traffic on its number, whoever it is "
            "meant for. Name the port after its protocol.",
     .bad = R"(apiVersion: v1
kind: Service
metadata:
  name: payments
  namespace: shop
spec:
  type: ExternalName
  externalName: pay.example.com
  ports:
  - {name: tcp, port: 443}
)",
     .good = R"(apiVersion: v1
kind: Service
metadata:
  name: payments
  namespace: shop
spec:
  type: ExternalName
  externalName: pay.example.com
  ports:
  - {name: https, port: 443}
)",
     .source = "Istio pkg/config/analysis/analyzers/externalname: ServiceAnalyzer"},
    {.id = "WK683",
     .name = "port-protocols-differ",
     .severity = Severity::kWarning,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0116",
     .summary = "Services give one port of the same pods different L4 protocols",
     .why = "A sidecar has one listener for a port. Which of the two protocols it serves is not defined. DNS on port "
            "53 is left alone.",
     .bad = R"(apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {istio-injection: enabled}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: reviews
  namespace: shop
spec:
  selector:
    matchLabels: {app: reviews}
  template:
    metadata:
      labels: {app: reviews, version: v1}
    spec:
      containers:
      - name: reviews
        image: registry.example.com/reviews
        ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: tcp, port: 9000}
---
apiVersion: v1
kind: Service
metadata:
  name: reviews-udp
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: udp, port: 9000, protocol: UDP}
)",
     .good = R"(apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {istio-injection: enabled}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: reviews
  namespace: shop
spec:
  selector:
    matchLabels: {app: reviews}
  template:
    metadata:
      labels: {app: reviews, version: v1}
    spec:
      containers:
      - name: reviews
        image: registry.example.com/reviews
        ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: tcp, port: 9000}
---
apiVersion: v1
kind: Service
metadata:
  name: reviews-udp
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: udp, port: 9001, protocol: UDP}
)",
     .source = "Istio pkg/config/analysis/analyzers/deployment: ServiceAssociationAnalyzer"},
    {.id = "WK684",
     .name = "shared-target-port",
     .severity = Severity::kWarning,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0137",
     .summary = "Services give different ports to one port of the same pods",
     .why = "Inside the pod the sidecar sees the target port only, and takes the settings of one of the two Services "
            "for both.",
     .bad = R"(apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {istio-injection: enabled}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: reviews
  namespace: shop
spec:
  selector:
    matchLabels: {app: reviews}
  template:
    metadata:
      labels: {app: reviews, version: v1}
    spec:
      containers:
      - name: reviews
        image: registry.example.com/reviews
        ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 80, targetPort: 8080}
---
apiVersion: v1
kind: Service
metadata:
  name: reviews-alt
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 8081, targetPort: 8080}
)",
     .good = R"(apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {istio-injection: enabled}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: reviews
  namespace: shop
spec:
  selector:
    matchLabels: {app: reviews}
  template:
    metadata:
      labels: {app: reviews, version: v1}
    spec:
      containers:
      - name: reviews
        image: registry.example.com/reviews
        ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 80, targetPort: 8080}
---
apiVersion: v1
kind: Service
metadata:
  name: reviews-alt
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 80, targetPort: 8080}
)",
     .source = "Istio pkg/config/analysis/analyzers/deployment: ServiceAssociationAnalyzer"},
    {.id = "WK685",
     .name = "target-port-missing",
     .severity = Severity::kWarning,
     .origin = Origin::kKiali,
     .aliases = "KIA0701",
     .summary = "A targetPort by a name that no container has",
     .why = "Kubernetes finds no port to send to, and the Service has no endpoints. Numbers are not compared: a "
            "container listens whether it says so or not.",
     .bad = R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: reviews
  namespace: shop
spec:
  selector:
    matchLabels: {app: reviews}
  template:
    metadata:
      labels: {app: reviews, version: v1}
    spec:
      containers:
      - name: reviews
        image: registry.example.com/reviews
        ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 80, targetPort: web}
)",
     .good = R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: reviews
  namespace: shop
spec:
  selector:
    matchLabels: {app: reviews}
  template:
    metadata:
      labels: {app: reviews, version: v1}
    spec:
      containers:
      - name: reviews
        image: registry.example.com/reviews
        ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 80, targetPort: http}
)",
     .source = "Kubernetes: EndpointSlice controller, FindPort; Kiali: KIA0701"},
};

}  // namespace wicket::check
