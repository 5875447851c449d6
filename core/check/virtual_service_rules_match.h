// WK315 to WK329: what a route does, and which requests it takes. The facts; the checks are in virtual_service*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check::virtual_service {

inline constexpr RuleInfo kMatchRules[] = {
    {.id = "WK315",
     .name = "delegate-with-route",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A route with delegate and with route or redirect",
     .why = "The routes of the delegate decide where requests go. The webhook refuses a route of its own or a "
            "redirect beside the reference.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - delegate: {name: cart-routes}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - delegate: {name: cart-routes}
)",
     .source = "Istio pkg/config/validation: validateHTTPRouteConflict"},
    {.id = "WK316",
     .name = "delegate-in-delegate",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A delegate that delegates again",
     .why = "Delegation has one level: the webhook refuses a delegate whose routes name another one.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  http:
  - delegate: {name: cart-routes}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - delegate: {name: cart-routes}
)",
     .source = "Istio pkg/config/validation: validateHTTPRouteConflict"},
    {.id = "WK317",
     .name = "redirect-and-action",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A redirect together with another action",
     .why = "A redirected request is answered by the gateway and goes nowhere. The webhook refuses route, fault, "
            "rewrite and directResponse beside redirect.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - redirect: {uri: /new}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /old}}]
    redirect: {uri: /new}
)",
     .source = "Istio pkg/config/validation: validateHTTPRouteConflict"},
    {.id = "WK318",
     .name = "response-and-action",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A directResponse together with another action",
     .why = "The gateway answers such a request itself. The webhook refuses route, fault and rewrite beside "
            "directResponse.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - directResponse: {status: 403}
    rewrite: {uri: /new}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - directResponse: {status: 403}
)",
     .source = "Istio pkg/config/validation: validateHTTPRouteConflict"},
    {.id = "WK319",
     .name = "route-without-action",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An http route that does nothing",
     .why = "The webhook refuses an http route without destinations, redirect or directResponse; a delegate counts "
            "in a VirtualService with hosts. A dash too many may have split it in two.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /cart}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRouteConflict"},
    {.id = "WK320",
     .name = "mirror-and-mirrors",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "mirror and mirrors in one route",
     .why = "The webhook refuses both in one route: put all of them into mirrors.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - mirror: {host: cart-test}
    mirrors: [{destination: {host: cart-next}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - mirrors: [{destination: {host: cart-test}}, {destination: {host: cart-next}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRouteConflict"},
    {.id = "WK321",
     .name = "invalid-header-name",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A condition on a header that cannot exist",
     .why = "The webhook refuses keys of headers and withoutHeaders that are no header name, no pseudo header and "
            "no JWT claim.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{headers: {"x team": {exact: a}}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{headers: {x-team: {exact: a}}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateHTTPHeaderNameOrJwtClaimRoute"},
    {.id = "WK322",
     .name = "null-condition",
     .severity = Severity::kError,
     .origin = Origin::kPilot,
     .summary = "A condition on a header or parameter is null",
     .why = "The API server drops the key, so the condition is gone and the route takes more requests than meant. "
            "{} asks that the header is present.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{headers: {x-team: null}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{headers: {x-team: {}}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Kubernetes API server: pruning of nulls; CRD schema: type object"},
    {.id = "WK323",
     .name = "empty-prefix",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An empty prefix",
     .why = "It would match everything. The webhook takes it for uri alone, and refuses it for scheme, method, "
            "authority, headers and parameters.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{method: {prefix: ""}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{method: {exact: GET}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateStringMatch"},
    {.id = "WK324",
     .name = "empty-regex",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An empty regular expression",
     .why = "The webhook refuses an empty expression wherever a text is matched.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {regex: ""}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {regex: "/cart/.*"}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateStringMatchRegexp"},
    {.id = "WK325",
     .name = "invalid-regex",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A regular expression that RE2 does not take",
     .why = "Matching is done by RE2, which has no look-around, back-references, atomic groups or possessive "
            "repetition. The webhook refuses what it cannot compile; what only the proxy refuses blocks the routes "
            "of the gateway.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {regex: "/v(?!1)[0-9]+"}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {regex: "/v[02-9]"}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateStringRegexp; Go regexp/syntax; RE2 syntax"},
    {.id = "WK326",
     .name = "long-regex",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A regular expression of more than 1024 bytes",
     .why = "The webhook refuses it, since the proxy limits the size of compiled expressions. Bytes count, not "
            "characters.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {regex: "/(item-000|item-001|item-002|item-003|item-004|item-005|item-006|item-007|item-008|item-009|item-010|item-011|item-012|item-013|item-014|item-015|item-016|item-017|item-018|item-019|item-020|item-021|item-022|item-023|item-024|item-025|item-026|item-027|item-028|item-029|item-030|item-031|item-032|item-033|item-034|item-035|item-036|item-037|item-038|item-039|item-040|item-041|item-042|item-043|item-044|item-045|item-046|item-047|item-048|item-049|item-050|item-051|item-052|item-053|item-054|item-055|item-056|item-057|item-058|item-059|item-060|item-061|item-062|item-063|item-064|item-065|item-066|item-067|item-068|item-069|item-070|item-071|item-072|item-073|item-074|item-075|item-076|item-077|item-078|item-079|item-080|item-081|item-082|item-083|item-084|item-085|item-086|item-087|item-088|item-089|item-090|item-091|item-092|item-093|item-094|item-095|item-096|item-097|item-098|item-099|item-100|item-101|item-102|item-103|item-104|item-105|item-106|item-107|item-108|item-109|item-110|item-111|item-112|item-113|item-114)/.*"}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {regex: "/item-[0-9]+"}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateStringRegexp"},
    {.id = "WK327",
     .name = "match-port-range",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A port in a match above 65535",
     .why = "The webhook refuses it. 0 means any port.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{port: 99999}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{port: 9999}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRouteMatchRequest; agent: ValidatePort"},
    {.id = "WK328",
     .name = "invalid-source-label",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A label of the caller that cannot exist",
     .why = "sourceLabels are compared as they are with the labels of the calling pod; the webhook refuses keys and "
            "values that no label can have. Wildcards are not possible.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{sourceLabels: {app: "cart *"}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{sourceLabels: {app: cart}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/labels: Instance.Validate"},
    {.id = "WK329",
     .name = "invalid-source-namespace",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A namespace of the caller that cannot exist",
     .why = "sourceNamespace is the name of one namespace. The webhook refuses anything else in http; in tls and "
            "tcp it never matches.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{sourceNamespace: shop.prod}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{sourceNamespace: shop-prod}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRouteMatchRequest"},
};

}  // namespace wicket::check::virtual_service
