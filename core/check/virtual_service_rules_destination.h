// WK350 to WK371: destinations, retries, redirects, answers, rewrites. The facts; the checks are in
// virtual_service*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check::virtual_service {

inline constexpr RuleInfo kDestinationRules[] = {
    {.id = "WK350",
     .name = "no-destination",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .covered_by = "WK121",
     .aliases = "IST0106",
     .summary = "An item of a route or of mirrors without destination",
     .why = "The webhook refuses it. The schema of the API server does so before (WK121): this is told where that "
            "check is off.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{weight: 100}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}, weight: 100}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRouteDestinations, validateHTTPMirrors"},
    {.id = "WK351",
     .name = "invalid-destination-host",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A destination host that is no name",
     .why = "A destination names a service: a DNS name, without scheme, port and path. The webhook refuses "
            "addresses too; a ServiceEntry gives them a name.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: "http://cart"}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateDestination"},
    {.id = "WK352",
     .name = "invalid-subset-name",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A subset name that cannot exist",
     .why = "The webhook takes letters, digits and -, at most 63. DestinationRules follow the same rule, so the "
            "subset cannot be there either.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart, subset: v1.2}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart, subset: v1-2}}]
)",
     .source = "Istio pkg/config/validation: validateSubsetName"},
    {.id = "WK353",
     .name = "destination-port-range",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A destination port out of range",
     .why = "The webhook takes 1 to 65535. port without a number counts as 0.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart, port: {number: 0}}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart, port: {number: 8080}}}]
)",
     .source = "Istio pkg/config/validation: validatePortSelector"},
    {.id = "WK354",
     .name = "negative-weight",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A negative weight",
     .why = "The webhook refuses it: a weight is a share, 0 or more.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route:
    - {destination: {host: cart}, weight: -1}
    - {destination: {host: cart-next}, weight: 101}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route:
    - {destination: {host: cart}, weight: 1}
    - {destination: {host: cart-next}, weight: 99}
)",
     .source = "Istio pkg/config/validation: validateWeight"},
    {.id = "WK355",
     .name = "no-weight",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "Several destinations whose weights add up to 0",
     .why = "Destinations share the requests by weight, and no weight is 0: none of them would get any. The webhook "
            "refuses it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}, {destination: {host: cart-next}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}, weight: 50}, {destination: {host: cart-next}, weight: 50}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRouteDestinations"},
    {.id = "WK356",
     .name = "negative-attempts",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A negative number of retries",
     .why = "The webhook refuses it. 0 turns retries off.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - retries: {attempts: -1}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - retries: {attempts: 0}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRetry"},
    {.id = "WK357",
     .name = "retries-off",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "Settings for retries that are off",
     .why = "Without attempts there are no retries, so perTryTimeout, retryOn and retryRemoteLocalities have no "
            "effect; the webhook refuses them.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - retries: {perTryTimeout: 2s}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - retries: {attempts: 3, perTryTimeout: 2s}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRetry"},
    {.id = "WK358",
     .name = "unknown-retry-condition",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A condition in retryOn that does not exist",
     .why = "retryOn is a list of conditions of Envoy and of registered HTTP statuses, separated by commas alone. "
            "The webhook refuses blanks, empty entries and unknown words.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - retries: {attempts: 2, retryOn: "5xx, reset"}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - retries: {attempts: 2, retryOn: "5xx,reset"}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRetry; Envoy: x-envoy-retry-on, x-envoy-retry-grpc-on"},
    {.id = "WK360",
     .name = "redirect-uri-and-prefix",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "redirect.uri and redirect.prefixRewrite together",
     .why = "The one sets the whole path, the other the matched prefix. The webhook refuses both.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - redirect: {uri: /new, prefixRewrite: /other}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /old}}]
    redirect: {prefixRewrite: /other}
)",
     .source = "Istio pkg/config/validation: validateHTTPRedirect"},
    {.id = "WK361",
     .name = "prefix-rewrite-without-prefix",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "prefixRewrite in a route that matches no prefix",
     .why = "It replaces the prefix that a match found; for another kind of match there is none, and the webhook "
            "refuses it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /old}}]
    redirect: {prefixRewrite: /new}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /old}}]
    redirect: {prefixRewrite: /new}
)",
     .source = "Istio pkg/config/validation: validateHTTPRedirect"},
    {.id = "WK362",
     .name = "empty-redirect",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A redirect that changes nothing",
     .why = "The client would be sent to the address that it asked for. The webhook wants uri, prefixRewrite, "
            "authority, scheme, port or derivePort.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - redirect: {redirectCode: 302}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /old}}]
    redirect: {uri: /new, redirectCode: 302}
)",
     .source = "Istio pkg/config/validation: validateHTTPRedirect"},
    {.id = "WK363",
     .name = "redirect-code",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A redirect with a status that is none",
     .why = "The webhook takes 300 to 399; clients follow 301, 302, 303, 307 and 308.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /old}}]
    redirect: {uri: /new, redirectCode: 200}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /old}}]
    redirect: {uri: /new, redirectCode: 302}
)",
     .source = "Istio pkg/config/validation: validateHTTPRedirect"},
    {.id = "WK364",
     .name = "redirect-scheme",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A redirect to another scheme than http and https",
     .why = "The webhook takes http and https, in lower case.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - redirect: {scheme: HTTPS}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - redirect: {scheme: https}
)",
     .source = "Istio pkg/config/validation: validateHTTPRedirect"},
    {.id = "WK365",
     .name = "redirect-port-range",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A redirect to a port above 65535",
     .why = "The webhook refuses it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - redirect: {port: 70000}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - redirect: {port: 7000}
)",
     .source = "Istio pkg/config/validation: validateHTTPRedirect"},
    {.id = "WK366",
     .name = "response-status-range",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A directResponse with a status out of range",
     .why = "The webhook takes 200 to 600, where 600 is a slip of its own: no HTTP status is above 599.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - directResponse: {status: 100}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - directResponse: {status: 200}
)",
     .source = "Istio pkg/config/validation: validateHTTPDirectResponse"},
    {.id = "WK367",
     .name = "response-body-too-large",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "The body of a directResponse has more than 1 MiB",
     .why = "Each proxy gets the body with its routes. The webhook refuses more than 1 MiB of decoded text or "
            "bytes.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - directResponse: {status: 200, body: {string: <1048577 bytes>}}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - directResponse: {status: 200, body: {string: closed for the night}}
)",
     .source = "Istio pkg/config/validation: validateHTTPDirectResponse"},
    {.id = "WK368",
     .name = "large-response-body",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "The body of a directResponse has more than 100 KiB",
     .why = "Each proxy gets the body with its routes, so that a large one slows the control plane. The webhook "
            "warns.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - directResponse: {status: 200, body: {string: <102401 bytes>}}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - directResponse: {status: 200, body: {string: closed for the night}}
)",
     .source = "Istio pkg/config/validation: validateHTTPDirectResponse"},
    {.id = "WK369",
     .name = "rewrite-uri-and-regex",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "rewrite.uri and rewrite.uriRegexRewrite together",
     .why = "Both change the path. The webhook refuses a rewrite with the two of them.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - rewrite: {uri: /new, uriRegexRewrite: {match: ^/old, rewrite: /new}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - rewrite: {uriRegexRewrite: {match: ^/old, rewrite: /new}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRewrite"},
    {.id = "WK370",
     .name = "empty-rewrite",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A rewrite that changes nothing",
     .why = "The webhook wants uri, uriRegexRewrite or authority. An empty uri does not strip a prefix: match /x/ "
            "and rewrite to /.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - rewrite: {uri: ""}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - rewrite: {uri: /}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRewrite"},
    {.id = "WK371",
     .name = "incomplete-regex-rewrite",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "uriRegexRewrite without match or rewrite",
     .why = "The webhook wants both, and neither empty.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - rewrite: {uriRegexRewrite: {match: ^/old}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - rewrite: {uriRegexRewrite: {match: ^/old, rewrite: /new}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateURIRegexRewrite"},
};

}  // namespace wicket::check::virtual_service
