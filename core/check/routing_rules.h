// WK5xx: routing logic. The facts of all checks in one table; the checks are in routing*.cc.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "check/routing_rules_merge.h"
#include "check/routing_rules_pattern.h"
#include "check/routing_rules_server.h"
#include "check/rule.h"

namespace wicket::check::routing {

inline constexpr RuleInfo kSingleRules[] = {
    {.id = "WK501",
     .name = "second-open-rule",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0130",
     .summary = "A second rule without match",
     .why =
         "The first rule without match takes every request; nothing reaches the second one. Give one of them a match.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}]
  - route: [{destination: {host: stock}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /a/}}]
    route: [{destination: {host: cart}}]
  - route: [{destination: {host: stock}}]
)",
     .source = "Istio pkg/config/validation: analyzeUnreachableHTTPRules"},
    {.id = "WK502",
     .name = "behind-open-rule",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0130",
     .summary = "A rule behind one without match",
     .why = "The rule without match takes every request. Move it to the end.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}]
  - match: [{uri: {exact: /a}}]
    route: [{destination: {host: stock}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /a}}]
    route: [{destination: {host: stock}}]
  - route: [{destination: {host: cart}}]
)",
     .source = "Istio pkg/config/validation: analyzeUnreachableHTTPRules"},
    {.id = "WK508",
     .name = "same-destination-twice",
     .severity = Severity::kWarning,
     .origin = Origin::kKiali,
     .aliases = "KIA1105",
     .summary = "The same destination twice in one route",
     .why = "The two entries are one destination whose weights add up. Usually a subset is missing.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route:
    - {destination: {host: cart}, weight: 50}
    - {destination: {host: cart}, weight: 50}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route:
    - {destination: {host: cart, subset: a}, weight: 50}
    - {destination: {host: cart, subset: b}, weight: 50}
)",
     .source = "Kiali business/checkers/virtualservices: route checker"},
    {.id = "WK509",
     .name = "weight-without-effect",
     .severity = Severity::kWarning,
     .origin = Origin::kKiali,
     .aliases = "KIA1104",
     .summary = "A weight on the only destination",
     .why = "A route with one destination sends everything there, whatever its weight is.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}, weight: 20}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}]
)",
     .source = "Kiali business/checkers/virtualservices: route checker"},
    {.id = "WK514",
     .name = "path-without-slash",
     .severity = Severity::kError,
     .origin = Origin::kOwn,
     .summary = "A uri match that no path starts with",
     .why = "Every path starts with a slash, so the condition never holds. A * is an ordinary character in exact and "
            "prefix.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: api}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /api}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/common/router/config_impl.cc"},
    {.id = "WK517",
     .name = "rewrite-doubles-slash",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A rewrite that makes two slashes",
     .why = "The prefix is replaced as text: what follows it starts with a slash, and the rewrite ends with one. Match "
            "the prefix with a slash too.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /common}}]
    rewrite: {uri: /}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /common/}}, {uri: {prefix: /common}}]
    rewrite: {uri: /}
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/common/router/config_impl.cc"},
    {.id = "WK518",
     .name = "rewrite-glues-segments",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A rewrite that glues two segments",
     .why = "The prefix is replaced as text, with its last slash. End the rewrite with a slash as well.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /old/}}]
    rewrite: {uri: /new}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /old/}}]
    rewrite: {uri: /new/}
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/common/router/config_impl.cc"},
    {.id = "WK527",
     .name = "caller-match-on-gateway",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A match on callers behind a gateway",
     .why = "sourceLabels and sourceNamespace are compared with the pod that runs the proxy, here the gateway itself.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{sourceLabels: {app: web}}]
    route: [{destination: {host: cart}}]
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
     .source = "Istio pilot/pkg/networking/core/route: sourceMatchHTTP"},
    {.id = "WK529",
     .name = "method-letter-case",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A method that is not in upper case",
     .why = "Methods are compared with regard to case, and clients send them in upper case.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{method: {exact: get}}]
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
     .source = "RFC 9110, 9.1"},
    {.id = "WK530",
     .name = "authority-outside-hosts",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "An authority that none of the hosts has",
     .why =
         "The hosts choose the VirtualService before its rules are tried: requests for another name do not come here.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{authority: {exact: stock.example.com}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{authority: {exact: shop.example.com}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/common/router/config_impl.cc"},
    {.id = "WK531",
     .name = "query-in-path",
     .severity = Severity::kError,
     .origin = Origin::kOwn,
     .summary = "A query or fragment in a uri match",
     .why = "exact and prefix see the path alone. Match the query with queryParams.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: "/a?b=c"}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /a}, queryParams: {b: {exact: c}}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/common/router/config_impl.cc"},
    {.id = "WK533",
     .name = "ignore-case-without-effect",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "ignoreUriCase that has no effect",
     .why = "It works on exact and prefix only. A regex has (?i) for it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{ignoreUriCase: true, uri: {regex: /a.*}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {regex: "(?i)/a.*"}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio API: HTTPMatchRequest.ignoreUriCase"},
    {.id = "WK534",
     .name = "redirect-status-unknown",
     .severity = Severity::kError,
     .origin = Origin::kPilot,
     .summary = "A redirect status that the proxy does not have",
     .why = "The webhook takes every 3xx, but there is no such status in the proxy's routes. Use 301, 302, 303, 307 or "
            "308.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /a}}]
    redirect: {uri: /b, redirectCode: 304}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /a}}]
    redirect: {uri: /b, redirectCode: 302}
)",
     .source = "Istio pilot/pkg/networking/core/route: ApplyRedirect"},
    {.id = "WK535",
     .name = "odd-weights",
     .severity = Severity::kInfo,
     .origin = Origin::kOwn,
     .summary = "Weights that do not look as meant",
     .why = "Weights are relative: they need not add up to 100, but a reader expects percent. A missing one is 0.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route:
    - {destination: {host: cart}, weight: 90}
    - {destination: {host: stock}, weight: 20}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route:
    - {destination: {host: cart}, weight: 80}
    - {destination: {host: stock}, weight: 20}
)",
     .source = "Istio API: HTTPRouteDestination.weight"},
    {.id = "WK536",
     .name = "mirror-to-itself",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A mirror that is also the destination",
     .why = "Every request is served twice by one service. Mirror to another service or subset.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}]
    mirror: {host: cart}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route: [{destination: {host: cart}}]
    mirror: {host: stock}
)",
     .source = "Istio API: HTTPRoute.mirror"},
    {.id = "WK537",
     .name = "retries-exceed-timeout",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "Retries that do not fit into the timeout",
     .why = "The timeout of a route ends all tries together. Later retries never happen.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - timeout: 3s
    retries: {attempts: 3, perTryTimeout: 2s}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - timeout: 8s
    retries: {attempts: 3, perTryTimeout: 2s}
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy documentation: router filter, timeouts"},
    {.id = "WK538",
     .name = "retry-of-unsafe-method",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "Retries of requests that may have been executed",
     .why = "The condition speaks of an answer, or of its lack: the service may have done the work already, and POST "
            "and PATCH are not repeatable.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{method: {exact: POST}}]
    retries: {attempts: 3, retryOn: 5xx}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{method: {exact: POST}}]
    retries: {attempts: 3, retryOn: connect-failure}
    route: [{destination: {host: cart}}]
)",
     .source = "RFC 9110, 9.2.2"},
    {.id = "WK539",
     .name = "retry-condition-incomplete",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A retry condition that lacks its values",
     .why = "retriable-status-codes needs numbers in the same list; retriable-headers cannot be set up.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - retries: {attempts: 2, retryOn: retriable-status-codes}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - retries: {attempts: 2, retryOn: "retriable-status-codes,503"}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/networking/core/route/retry: parseRetryOn"},
    {.id = "WK540",
     .name = "header-named-like-field",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A header condition that means something else",
     .why =
         "A header with just that name is asked for. Method, scheme, authority and path have fields of their own. A "
         "claim without a value does not mean that the token has it: Envoy refuses the whole table of routes, which is "
         "told as an error.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{headers: {method: {exact: GET}}}]
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
     .source = "Istio API: HTTPMatchRequest.headers"},
    {.id = "WK541",
     .name = "header-letter-case",
     .severity = Severity::kInfo,
     .origin = Origin::kOwn,
     .summary = "Upper-case letters in a header name",
     .why = "The proxy compares names without regard to case. Of two names that differ in nothing else, one wins.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{headers: {X-User: {exact: a}}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{headers: {x-user: {exact: a}}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio API: HTTPMatchRequest.headers"},
    {.id = "WK542",
     .name = "contradicting-conditions",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "Conditions that exclude each other",
     .why = "All conditions of a match hold together. No request can fulfil these two.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{headers: {x-beta: {exact: "1"}}, withoutHeaders: {x-beta: {}}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{headers: {x-beta: {exact: "1"}}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/common/router/config_impl.cc"},
    {.id = "WK543",
     .name = "redirect-parts-mixed",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A redirect or rewrite with a value of another field",
     .why = "The text is put into the answer as it is: a scheme or path in authority, or a host in uri, makes a broken "
            "address.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /old}}]
    redirect: {authority: "https://b.example.com"}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /old}}]
    redirect: {scheme: https, authority: b.example.com}
)",
     .source = "Envoy source/common/router/config_impl.cc"},
    {.id = "WK544",
     .name = "route-name-twice",
     .severity = Severity::kInfo,
     .origin = Origin::kOwn,
     .summary = "A route name used twice",
     .why = "Access logs and statistics cannot tell the two apart.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - name: main
    match: [{uri: {exact: /a}}]
    route: [{destination: {host: cart}}]
  - name: main
    route: [{destination: {host: stock}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - name: a
    match: [{uri: {exact: /a}}]
    route: [{destination: {host: cart}}]
  - name: main
    route: [{destination: {host: stock}}]
)",
     .source = "Istio API: HTTPRoute.name"},
    {.id = "WK545",
     .name = "preflight-not-reached",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A corsPolicy that preflights do not reach",
     .why = "A preflight is an OPTIONS request, and the policy that counts is that of the rule which takes it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{method: {exact: POST}}]
    corsPolicy: {allowOrigins: [{exact: "https://b.example.com"}]}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{method: {exact: POST}}, {method: {exact: OPTIONS}}]
    corsPolicy: {allowOrigins: [{exact: "https://b.example.com"}]}
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/extensions/filters/http/cors"},
    {.id = "WK546",
     .name = "edited-header-name",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "An edit of a header that cannot exist",
     .why = "The name has characters that no header name has: the other side resets the stream or sees a broken line.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - headers: {request: {set: {"x team": a}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - headers: {request: {set: {x-team: a}}}
    route: [{destination: {host: cart}}]
)",
     .source = "RFC 9110, 5.1"},
    {.id = "WK548",
     .name = "rewrite-without-path",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A rewrite without a path to replace",
     .why = "Without a uri condition the replaced prefix is the leading slash alone.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - rewrite: {uri: /path}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /old}}]
    rewrite: {uri: /path}
    route: [{destination: {host: cart}}]
)",
     .source = "Istio pilot/pkg/networking/core/route: TranslateRouteMatch"},
    {.id = "WK549",
     .name = "field-beside-answer",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A field without effect beside redirect or directResponse",
     .why = "The gateway answers such requests itself: nothing is sent that could time out, be retried or be mirrored.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /old}}]
    redirect: {uri: /new}
    timeout: 5s
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
     .source = "Istio pilot/pkg/networking/core/route: translateRoute"},
    {.id = "WK551",
     .name = "host-as-header",
     .severity = Severity::kInfo,
     .origin = Origin::kOwn,
     .summary = "The Host header matched as an ordinary header",
     .why = "The field authority says what is meant, in HTTP/1 and HTTP/2 alike.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{headers: {host: {exact: cart}}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{authority: {exact: cart}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Istio API: HTTPMatchRequest.authority"},
};

template <std::size_t... N>
consteval auto in_order_of_ids(const RuleInfo (&... parts)[N]) {
  std::array<RuleInfo, (N + ...)> all{};
  auto* end = all.data();
  ((end = std::ranges::copy(parts, end).out), ...);
  std::ranges::sort(all, {}, &RuleInfo::id);
  return all;
}

inline constexpr auto kRoutingRules = in_order_of_ids(kSingleRules, kMergeRules, kPatternRules, kServerRules);

/// The row with this id. A wrong id does not compile.
consteval const RuleInfo& wk(std::string_view id) {
  for (const RuleInfo& candidate : kRoutingRules)
    if (candidate.id == id) return candidate;
  throw "no such rule";
}

}  // namespace wicket::check::routing
