// WK301 to WK314: whom a VirtualService is for: delegates, hosts, exportTo, gateways. The facts; the checks are in
// virtual_service*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check::virtual_service {

inline constexpr RuleInfo kScopeRules[] = {
    {.id = "WK301",
     .name = "delegate-with-gateways",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A VirtualService without hosts that names gateways",
     .why = "Without hosts it is a delegate: a root decides on which gateways its routes work. The webhook refuses "
            "gateways in it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateVirtualService"},
    {.id = "WK302",
     .name = "delegate-with-tls",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A VirtualService without hosts that has tls routes",
     .why = "Without hosts it is a delegate, and only http routes can be delegated. The webhook refuses tls in it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  tls:
  - match: [{sniHosts: [shop.example.com]}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tls:
  - match: [{sniHosts: [shop.example.com]}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateVirtualService"},
    {.id = "WK303",
     .name = "delegate-with-tcp",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A VirtualService without hosts that has tcp routes",
     .why = "Without hosts it is a delegate, and only http routes can be delegated. The webhook refuses tcp in it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  tcp:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tcp:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateVirtualService"},
    {.id = "WK304",
     .name = "claim-on-mesh",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A JWT claim is matched where no gateway is",
     .why = "Only gateways put claims where routes can match them. The webhook refuses claims in a VirtualService "
            "that applies to the mesh, and in every delegate.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{headers: {"@request.auth.claims.group": {exact: staff}}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{headers: {"@request.auth.claims.group": {exact: staff}}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateVirtualService; pkg/jwt: ToRoutingClaim"},
    {.id = "WK305",
     .name = "invalid-host",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A host that is no name, wildcard or address",
     .why = "The webhook takes DNS names, names with a * in front, and IP addresses. Schemes, ports, paths and "
            "underscores make it refuse the object.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: ["https://shop.example.com"]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateVirtualService; agent: "
               "ValidateWildcardDomainForVirtualServiceBoundToGateway"},
    {.id = "WK306",
     .name = "any-host-on-mesh",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "The host * on the mesh",
     .why = "It would take over the traffic of every sidecar; the webhook refuses it. Usually gateways was "
            "forgotten, or indented wrongly.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: ["*"]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: ["*"]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateVirtualService"},
    {.id = "WK307",
     .name = "overlapping-hosts",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "Two hosts of one VirtualService overlap",
     .why = "The webhook refuses a VirtualService that names a host twice, or a wildcard and a host below it. A "
            "short name and the full name of one service pass there, and then compete.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: ["*.example.com", shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: ["*.example.com"]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateVirtualService; pkg/config/host: Name.Matches"},
    {.id = "WK308",
     .name = "no-routes",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A VirtualService without routes",
     .why = "The webhook refuses a VirtualService in which http, tls and tcp are all empty: it would change "
            "nothing.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateVirtualService"},
    {.id = "WK310",
     .name = "duplicate-export",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An entry of exportTo twice",
     .why = "The webhook refuses exportTo that names a namespace twice. A dot stands for the namespace of the "
            "object. It holds for VirtualServices, DestinationRules and ServiceEntries.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  exportTo: [".", shop]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  exportTo: ["."]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateExportTo"},
    {.id = "WK311",
     .name = "invalid-export",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An entry of exportTo that is no namespace",
     .why = "An entry is the name of one namespace, a dot for the own one, or * for all; ~ is for ServiceEntries "
            "alone. The webhook refuses patterns and everything else.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  exportTo: [team-*]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  exportTo: [team-a]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateExportTo; pkg/config/visibility: Validate"},
    {.id = "WK312",
     .name = "export-not-alone",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "* or ~ beside other entries of exportTo",
     .why = "* already means every namespace and ~ none, so other entries contradict it. The webhook refuses the "
            "mixture.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  exportTo: ["*", team-a]
  http:
  - route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  exportTo: ["*"]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateExportTo"},
    {.id = "WK313",
     .name = "old-gateway-name",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133 KIA1108",
     .summary = "A gateway named by a full domain name",
     .why = "name.namespace.svc.cluster.local is the form of early releases. It still works, but the webhook warns "
            "of it; write namespace/name.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public.edge.svc.cluster.local]
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
     .source = "Istio pkg/config/validation: validateGatewayNames"},
    {.id = "WK314",
     .name = "invalid-gateway-reference",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A reference to a gateway that cannot be read",
     .why = "A gateway is named by its name or by namespace/name. The webhook refuses anything else, ./name "
            "included.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge/public/http]
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
     .source = "Istio pkg/config/validation: validateGatewayNames"},
};

}  // namespace wicket::check::virtual_service
