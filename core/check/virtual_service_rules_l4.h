// WK372 to WK383: tls and tcp routes, deprecated fields. The facts; the checks are in virtual_service*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check::virtual_service {

inline constexpr RuleInfo kL4Rules[] = {
    {.id = "WK372",
     .name = "tls-without-match",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A tls route with an empty list of matches",
     .why = "TLS that is passed through is told apart by SNI alone; the webhook refuses a route that matches "
            "nothing.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tls:
  - match: []
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
     .source = "Istio pkg/config/validation: validateTLSRoute"},
    {.id = "WK374",
     .name = "match-without-sni",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A tls match with an empty list of SNI hosts",
     .why = "TLS that is passed through is told apart by SNI; the webhook wants at least one host in each match.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tls:
  - match: [{port: 443, sniHosts: []}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tls:
  - match: [{port: 443, sniHosts: [shop.example.com]}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateTLSMatch"},
    {.id = "WK375",
     .name = "invalid-sni-host",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An SNI host that is no name",
     .why = "SNI carries a name without scheme, port and path. The webhook takes names, also with a * in front.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tls:
  - match: [{sniHosts: ["shop.example.com:443"]}]
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
     .source = "Istio pkg/config/validation: validateSniHost"},
    {.id = "WK376",
     .name = "sni-outside-hosts",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An SNI host that hosts does not cover",
     .why = "The VirtualService is only for its hosts. The webhook refuses SNI hosts that are neither one of them "
            "nor below one of their wildcards.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tls:
  - match: [{sniHosts: [cart.example.com]}]
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
     .source = "Istio pkg/config/validation: validateSniHost; pkg/config/host: Name.SubsetOf"},
    {.id = "WK377",
     .name = "address-as-sni",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "An IP address as SNI host",
     .why = "SNI is for names: clients send none for an address, so the route takes nothing. The webhook warns.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [10.0.0.7]
  gateways: [public]
  tls:
  - match: [{sniHosts: [10.0.0.7]}]
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
     .source = "Istio pkg/config/validation: validateSniHost"},
    {.id = "WK378",
     .name = "invalid-subnet",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A destination subnet that is no address or CIDR block",
     .why = "The webhook takes addresses, and addresses with a prefix length. sourceSubnet is neither checked nor "
            "used.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tcp:
  - match: [{destinationSubnets: [10.0.0.0/33]}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tcp:
  - match: [{destinationSubnets: [10.0.0.0/16]}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: agent: ValidateIPSubnet"},
    {.id = "WK379",
     .name = "tls-without-destination",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A tls route without destination",
     .why = "The webhook refuses it: the connections would go nowhere.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tls:
  - match: [{sniHosts: [shop.example.com]}]
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
     .source = "Istio pkg/config/validation: validateTLSRoute"},
    {.id = "WK380",
     .name = "tcp-without-destination",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A tcp route without destination",
     .why = "The webhook refuses it: the connections would go nowhere.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tcp:
  - match: [{port: 9000}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tcp:
  - match: [{port: 9000}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateTCPRoute"},
    {.id = "WK382",
     .name = "old-delay-percent",
     .severity = Severity::kWarning,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0002",
     .summary = "The deprecated delay.percent",
     .why = "percentage has replaced it and takes fractions. istioctl analyze warns.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {delay: {percent: 10, fixedDelay: 1s}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {delay: {percentage: {value: 10}, fixedDelay: 1s}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/analysis/analyzers/deprecation: fault injection delay percent"},
    {.id = "WK383",
     .name = "old-allow-origin",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "The deprecated allowOrigin",
     .why = "allowOrigins has replaced it, and wins where both are set. Entries of the old list are exact origins: "
            "a * inside one matches nothing.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - corsPolicy: {allowOrigin: ["https://shop.example.com"]}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - corsPolicy: {allowOrigins: [{exact: "https://shop.example.com"}]}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio API reference: CorsPolicy.allowOrigin"},
};

}  // namespace wicket::check::virtual_service
