// WK507, WK511 to WK513, WK516, WK519, WK550: what becomes of rules where all of them come together. The facts; the
// checks are in routing*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check::routing {

inline constexpr RuleInfo kMergeRules[] = {
    {.id = "WK507",
     .name = "behind-catch-all",
     .severity = Severity::kWarning,
     .origin = Origin::kPilot,
     .summary = "A rule behind one that takes everything",
     .why = "The control plane ends the list of routes of a VirtualService with the first match that takes "
            "every request: the path prefix / or no path at all, and no other condition. What stands behind "
            "it is never sent to the proxy. Move that match to the end.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /}}]
    route: [{destination: {host: cart}}]
  - match: [{uri: {exact: /stock}}]
    route: [{destination: {host: stock}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /stock}}]
    route: [{destination: {host: stock}}]
  - match: [{uri: {prefix: /}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/networking/core/route: BuildHTTPRoutesForVirtualService, IsCatchAllRoute"},
    {.id = "WK511",
     .name = "match-in-two-services",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "The same match in two VirtualServices of one host",
     .why = "VirtualServices that share a host at a gateway are joined, the older one first. Which one is "
            "older is decided when they are created, not by the files: after a restore from a backup, or a "
            "move to another cluster, the other one may get the requests. Keep each match in one "
            "VirtualService.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /api/}}]
    route: [{destination: {host: cart}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: stock, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /api/}}]
    route: [{destination: {host: stock}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /api/}}]
    route: [{destination: {host: cart}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: stock, namespace: shop}
spec:
  hosts: [stock.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /stock/}}]
    route: [{destination: {host: stock}}]
)",
     .source = "Istio pilot/pkg/networking/core/gateway.go: buildGatewayHTTPRouteConfig"},
    {.id = "WK512",
     .name = "two-catch-alls",
     .severity = Severity::kError,
     .origin = Origin::kOwn,
     .summary = "Two VirtualServices that take everything of one host",
     .why = "VirtualServices that share a host at a gateway are joined, and what takes everything goes to the "
            "end, that of the older one first. The other one never gets a request: one team takes the traffic "
            "of another. Leave what takes everything to one of them. A server of TCP, or of TLS that ends "
            "without HTTPS, has one tcp rule for all its connections, whatever the hosts are.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: stock, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: stock}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{destination: {host: cart}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: stock, namespace: shop}
spec:
  hosts: [stock.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /stock/}}]
    route: [{destination: {host: stock}}]
)",
     .source = "Istio pilot/pkg/networking/core/route: SortVHostRoutes"},
    {.id = "WK513",
     .name = "wildcard-hidden",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A VirtualService for a narrower host hides the rules of a wildcard",
     .why = "The proxy looks for the narrowest virtual host of a request and for nothing else: rules of a "
            "wildcard do not help out where those of the narrower host find nothing. Such requests get 404. "
            "Repeat the rules there, or end it with a rule that takes everything.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: ['*.example.com']
  gateways: [public]
  http:
  - match: [{uri: {exact: /status}}]
    route: [{destination: {host: cart}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: stock, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /stock/}}]
    route: [{destination: {host: stock}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: ['*.example.com']
  gateways: [public]
  http:
  - match: [{uri: {exact: /status}}]
    route: [{destination: {host: cart}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: stock, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /stock/}}]
    route: [{destination: {host: stock}}]
  - route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/common/router/config_impl.cc: RouteMatcher::findVirtualHost"},
    {.id = "WK516",
     .name = "prefix-takes-siblings",
     .severity = Severity::kInfo,
     .in_part = "prefixes that look sensitive or take what another VirtualService matches",
     .origin = Origin::kOwn,
     .summary = "A prefix without a slash at its end also takes sibling paths",
     .why = "A prefix is compared as text: /admin also takes /administrators and /admin-old. By default only "
            "prefixes that look as if they had to be guarded are told, and those that take away what another "
            "VirtualService of the host matches. Match /admin exactly and the prefix /admin/.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /admin}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {exact: /admin}}, {uri: {prefix: /admin/}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy API: RouteMatch.prefix"},
    {.id = "WK519",
     .name = "redirect-loop",
     .severity = Severity::kError,
     .origin = Origin::kOwn,
     .summary = "A redirect that leads back to itself",
     .why = "Clients follow a redirect to a request that is redirected again, over and over, until they give "
            "up: browsers after twenty times. Take the target out of the match, or put a rule for it in "
            "front.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {prefix: /}}]
    redirect: {uri: /login}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{uri: {exact: /login}}]
    route: [{destination: {host: cart}}]
  - match: [{uri: {prefix: /}}]
    redirect: {uri: /login}
)",
     .source = "Envoy source/common/router/config_impl.cc: RouteEntryImplBase::newUri"},
    {.id = "WK550",
     .name = "sni-taken",
     .severity = Severity::kWarning,
     .origin = Origin::kPilot,
     .summary = "An SNI host that an earlier tls rule has already",
     .why = "One SNI host leads to one filter chain of a port. A later match that names it too is dropped as "
            "a whole, without a word to anybody who does not read the log of the control plane.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tls:
  - match: [{sniHosts: [shop.example.com], port: 443}]
    route: [{destination: {host: cart}}]
  - match: [{sniHosts: [shop.example.com]}]
    route: [{destination: {host: stock}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  tls:
  - match: [{sniHosts: [shop.example.com], port: 443}]
    route: [{destination: {host: cart}}]
  - match: [{sniHosts: [shop.example.com], port: 8443}]
    route: [{destination: {host: stock}}]
)",
     .source = "Istio pilot/pkg/networking/core/gateway.go: buildGatewayNetworkFiltersFromTLSRoutes"},
};

}  // namespace wicket::check::routing
