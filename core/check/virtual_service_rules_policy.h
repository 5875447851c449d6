// WK330 to WK349: headers, CORS, faults, mirrors. The facts; the checks are in virtual_service*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check::virtual_service {

inline constexpr RuleInfo kPolicyRules[] = {
    {.id = "WK330",
     .name = "empty-header-name",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A header operation without a name",
     .why = "The webhook refuses an empty name in set, add and remove.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - headers: {request: {remove: [""]}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - headers: {request: {remove: [x-debug]}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateHTTPHeaderOperationName"},
    {.id = "WK331",
     .name = "pseudo-header-operation",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A pseudo header is set, added or removed",
     .why = "Names with a colon are parts of HTTP itself. The webhook refuses them; only :authority of a request "
            "may be set.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - headers: {response: {set: {":status": "204"}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - headers: {response: {set: {x-status: "204"}}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateHTTPHeaderOperationName"},
    {.id = "WK332",
     .name = "host-header-operation",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "The Host header in a response, or removed",
     .why = "A request always has a Host and an answer never. The webhook refuses such operations; "
            "rewrite.authority sets the Host of requests.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - headers: {response: {set: {Host: cart}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - rewrite: {authority: cart}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateHTTPHeaderOperationName"},
    {.id = "WK333",
     .name = "control-character-value",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A control character in a header value",
     .why = "The webhook refuses line breaks and other control characters but the tab. A block scalar (|) ends in a "
            "line break unless it is written |-.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - headers: {request: {set: {x-note: "first\nsecond"}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - headers: {request: {set: {x-note: "first second"}}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateHTTPHeaderValue"},
    {.id = "WK334",
     .name = "bad-percent-expression",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A % in a header value that starts no expression",
     .why = "The proxy replaces %NAME% and %NAME(argument)% in header values; a percent sign is written %%. The "
            "webhook refuses expressions that do not end, empty arguments and a length behind the parenthesis.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - headers: {request: {set: {x-share: "50%"}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - headers: {request: {set: {x-share: "50%%"}}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHeaderValue; Envoy: custom request and response headers"},
    {.id = "WK335",
     .name = "authority-set-twice",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "The authority of requests is set twice",
     .why = "rewrite.authority, and the headers host and :authority in set and add of a request, all set the same "
            "thing. The webhook refuses two of them in one route; in a destination it does not look.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - rewrite: {authority: cart.example.com}
    headers: {request: {set: {Host: basket.example.com}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - rewrite: {authority: cart.example.com}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateAuthorityRewrite"},
    {.id = "WK336",
     .name = "empty-cors-origin",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An allowed origin without a value",
     .why = "The webhook refuses an entry of allowOrigins that has no exact, prefix or regex, or an empty one.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - corsPolicy: {allowOrigins: [{exact: ""}]}
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
     .source = "Istio pkg/config/validation: validateAllowOrigins"},
    {.id = "WK337",
     .name = "cors-method",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A method in a CORS policy that Istio does not take",
     .why = "The webhook takes GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, OPTIONS, TRACE and *, in capitals.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - corsPolicy: {allowMethods: [get]}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - corsPolicy: {allowMethods: [GET]}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateCORSHTTPMethod"},
    {.id = "WK338",
     .name = "cors-header",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A header name in a CORS policy that cannot exist",
     .why = "Each entry of allowHeaders and exposeHeaders is one header name, or *. The webhook refuses lists in "
            "one entry.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - corsPolicy: {allowHeaders: ["content-type, x-team"]}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - corsPolicy: {allowHeaders: [content-type, x-team]}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: ValidateCORSHTTPHeaderName"},
    {.id = "WK339",
     .name = "cors-fraction-seconds",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "maxAge with a fraction of a second",
     .why = "Browsers are told maxAge in whole seconds. The webhook refuses fractions.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - corsPolicy: {maxAge: 1500ms}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - corsPolicy: {maxAge: 2s}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateCORSPolicy"},
    {.id = "WK340",
     .name = "empty-fault",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A fault without abort and delay",
     .why = "The webhook refuses a fault that does nothing.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {delay: {fixedDelay: 2s, percentage: {value: 5}}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPFaultInjection"},
    {.id = "WK341",
     .name = "fault-percentage-range",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "The share of a fault is out of range",
     .why = "The webhook takes 0 and 0.0001 to 100. 0.5 is half a percent. The old field percent is not checked "
            "there; above 100 it means every request.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {abort: {httpStatus: 503, percentage: {value: 120}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {abort: {httpStatus: 503, percentage: {value: 12}}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validatePercentage"},
    {.id = "WK342",
     .name = "http2-error-abort",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An abort by http2Error",
     .why = "The field exists, but is not supported: the webhook refuses it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {abort: {http2Error: REFUSED_STREAM, percentage: {value: 1}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {abort: {grpcStatus: UNAVAILABLE, percentage: {value: 1}}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPFaultInjectionAbort"},
    {.id = "WK343",
     .name = "abort-status-range",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An abort with a status out of range",
     .why = "The webhook takes 200 to 600, where 600 is a slip of its own: no HTTP status is above 599.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {abort: {httpStatus: 50, percentage: {value: 1}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {abort: {httpStatus: 500, percentage: {value: 1}}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPStatus"},
    {.id = "WK344",
     .name = "unknown-grpc-status",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An abort with a gRPC status that does not exist",
     .why = "The webhook takes the seventeen names of gRPC, in capitals; numbers are refused.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {abort: {grpcStatus: "14", percentage: {value: 1}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {abort: {grpcStatus: UNAVAILABLE, percentage: {value: 1}}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateGRPCStatus"},
    {.id = "WK345",
     .name = "abort-without-status",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "An abort without a status",
     .why = "Without httpStatus or grpcStatus it aborts nothing. The webhook has a warning for it that gets lost on "
            "the way.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {abort: {percentage: {value: 1}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {abort: {httpStatus: 503, percentage: {value: 1}}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPFaultInjectionAbort"},
    {.id = "WK346",
     .name = "exponential-delay",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A delay by exponentialDelay",
     .why = "The field exists, but is not supported: the webhook refuses it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {delay: {exponentialDelay: 1s, percentage: {value: 1}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - fault: {delay: {fixedDelay: 1s, percentage: {value: 1}}}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPFaultInjectionDelay"},
    {.id = "WK347",
     .name = "mirror-percent-range",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "mirrorPercent above 100",
     .why = "The webhook refuses a share above 100 percent.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - mirror: {host: cart-test}
    mirrorPercent: 150
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - mirror: {host: cart-test}
    mirrorPercentage: {value: 15}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRoute"},
    {.id = "WK348",
     .name = "old-mirror-percent",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "The deprecated mirrorPercent",
     .why = "mirrorPercentage has replaced it, takes fractions and wins where both are set. The webhook warns.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - mirror: {host: cart-test}
    mirrorPercent: 50
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - mirror: {host: cart-test}
    mirrorPercentage: {value: 50}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRoute"},
    {.id = "WK349",
     .name = "mirror-percentage-range",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "The share of a mirror is out of range",
     .why = "The webhook takes 0 to 100.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - mirror: {host: cart-test}
    mirrorPercentage: {value: 101}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - mirror: {host: cart-test}
    mirrorPercentage: {value: 10.1}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: validateHTTPRoute, validateHTTPMirrors"},
};

}  // namespace wicket::check::virtual_service
