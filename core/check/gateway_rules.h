// WK2xx: Gateway. The facts; the checks are in gateway.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check {

inline constexpr RuleInfo kGatewayRules[] = {
    {.id = "WK202",
     .name = "no-server",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .summary = "A Gateway without servers",
     .why = "A Gateway opens the ports of its servers and nothing else. Istio's webhook refuses one that has none.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
)",
     .source = "Istio pkg/config/validation: ValidateGateway"},
    {.id = "WK204",
     .name = "server-without-host",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .summary = "A server with an empty list of hosts",
     .why = "A server serves the hosts that it lists. Istio's webhook refuses one that lists none; \"*\" serves all.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: []
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
)",
     .source = "Istio pkg/config/validation: validateServer"},
};

}  // namespace wicket::check
