// WK515, WK520, WK547: patterns and commands that never do anything. The facts; the checks are in routing*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check::routing {

inline constexpr RuleInfo kPatternRules[] = {
    {.id = "WK515",
     .name = "regex-never-matches",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A path regex that can never match",
     .why = "A regex is matched against the whole path without its query. One that demands a ? or a #, begins "
            "with something else than a slash, or has ^ or $ in its middle takes no request: requests go on "
            "to the next rule, or get 404.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {regex: '/search\?q=.*'}}]
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {exact: /search}, queryParams: {q: {regex: '.*'}}}]
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/common/router/config_impl.cc: RegexRouteEntryImpl"},
    {.id = "WK520",
     .name = "rewrite-never-applies",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A rewrite whose pattern never matches, or names a group that is not there",
     .why = "Where the pattern matches nothing in the path, and where the substitution names a group that the "
            "pattern does not have, the path goes to the service unchanged.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /v1/}}]
    rewrite: {uriRegexRewrite: {match: '^/v2/(.*)', rewrite: '/\1'}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /v1/}}]
    rewrite: {uriRegexRewrite: {match: '^/v1/([a-z].*)', rewrite: '/shop/\1'}}
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/common/common/regex.cc: CompiledGoogleReMatcher::replaceAll"},
    {.id = "WK547",
     .name = "unknown-format-command",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A command in a header value that the proxy does not have",
     .why = "%NAME% in a header value stands for a command of the proxy. A name that it does not know makes "
            "the proxy refuse the routes that hold it: the old ones stay in use.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - headers: {request: {set: {x-client: '%CLIENT_IP%'}}}
    route: [{destination: {host: cart}}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - headers: {request: {set: {x-client: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%'}}}
    route: [{destination: {host: cart}}]
)",
     .source = "Envoy source/common/formatter: SubstitutionFormatParser::parse"},
};

}  // namespace wicket::check::routing
