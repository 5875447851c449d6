// WK2xx: Gateway. The facts; the checks are in gateway.cc and the files gateway_*.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check {

inline constexpr RuleInfo kGatewayRules[] = {
    {.id = "WK201",
     .name = "gateway-name-not-label",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "The name of a Gateway has a dot, or more than 63 characters",
     .why = "VirtualServices name a Gateway as namespace/name, and once named it as name.namespace, so its own name "
            "has no dots. Istio's webhook refuses the object. Names of other kinds may have dots.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public.shop
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public-shop
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
)",
     .source = "Istio pkg/config/validation: ValidateGateway; pkg/config/labels: IsDNS1123Label"},
    {.id = "WK202",
     .name = "no-server",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
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
     .aliases = "IST0106",
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
    {.id = "WK205",
     .name = "bad-host-namespace",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "What stands in front of the slash of a host is no namespace",
     .why = "A host may say whose VirtualServices may bind to it: a namespace, `.` for the Gateway's own or `*` for "
            "all, then a slash and the name. Istio's webhook refuses anything else in front of the slash, and with "
            "it URLs.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [my_team/shop.example.com]
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
    hosts: [my-team/shop.example.com]
)",
     .source = "Istio pkg/config/validation: agent, ValidateNamespaceSlashWildcardHostname"},
    {.id = "WK206",
     .name = "empty-host-side",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A host with nothing on one side of its slash",
     .why = "Namespace and name of a host stand on the two sides of a slash, and Istio's webhook wants both. Leave "
            "the slash out to admit VirtualServices of all namespaces.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [/shop.example.com]
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
    hosts: ["*/shop.example.com"]
)",
     .source = "Istio pkg/config/validation: agent, ValidateNamespaceSlashWildcardHostname"},
    {.id = "WK207",
     .name = "short-gateway-host",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A host without a dot",
     .why = "A Gateway compares its hosts with the Host header as clients send it, so that short names, which stand "
            "for Services of a namespace elsewhere, make no sense here and Istio's webhook refuses them. It takes "
            "plain IPv6 addresses for short names, too.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop]
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
     .source = "Istio pkg/config/validation: agent, validateSidecarOrGatewayHostnamePart"},
    {.id = "WK208",
     .name = "bad-gateway-host",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A host that is neither a DNS name nor an IP address",
     .why = "Labels of letters, digits and hyphens, 63 characters each and 255 in all, joined by dots; the last one "
            "is no number; the first one may be `*`. No port, no path, no underscore. Istio's webhook refuses "
            "anything else but IP addresses.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [my_shop.example.com]
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
    hosts: [my-shop.example.com]
)",
     .source = "Istio pkg/config/validation: agent, ValidateWildcardDomain"},
    {.id = "WK209",
     .name = "partial-wildcard",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A wildcard that is not a whole label",
     .why = "The proxy could match *-eu.example.com, but the Gateway API of Istio does not allow it: its webhook "
            "takes `*` alone and `*.` in front of a name.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ["*-eu.example.com"]
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
    hosts: ["*.example.com"]
)",
     .source = "Istio pkg/config/validation: agent, ValidatePartialWildCard"},
    {.id = "WK210",
     .name = "server-without-port",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .covered_by = "WK121",
     .aliases = "IST0106",
     .summary = "A server without a port",
     .why = "A server is a port and the hosts served on it. The API server refuses one without a port, and Istio's "
            "webhook would.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - hosts: [shop.example.com]
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
     .source = "Istio pkg/config/validation: validateServerPort"},
    {.id = "WK211",
     .name = "unknown-server-protocol",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A protocol that Istio does not have",
     .why = "Names are taken in any letter case: HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TLS, TCP, MONGO, REDIS, MYSQL, "
            "and UDP and HTTP_PROXY, which do nothing useful here. Istio's webhook refuses others. HTTP takes HTTP/2 "
            "and WebSockets as well.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP/2}
    hosts: [shop.example.com]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP2}
    hosts: [shop.example.com]
)",
     .source = "Istio pkg/config/validation: validateServerPort; pkg/config/protocol: Parse"},
    {.id = "WK212",
     .name = "server-port-range",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A port number that is not in 1..65535",
     .why = "Istio's webhook refuses it. Only a server that listens on a unix socket has the number 0.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 65536, name: http, protocol: HTTP}
    hosts: [shop.example.com]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 65535, name: http, protocol: HTTP}
    hosts: [shop.example.com]
)",
     .source = "Istio pkg/config/validation: agent, ValidatePort"},
    {.id = "WK213",
     .name = "gateway-target-port",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "targetPort in a Gateway",
     .why = "The gateway pods listen on the port that the server names, or on the target port of their own Service "
            "in its place; where requests go is said by VirtualServices. Istio's webhook refuses a targetPort other "
            "than 0.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, targetPort: 8080, name: http, protocol: HTTP}
    hosts: [shop.example.com]
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
     .source = "Istio pkg/config/validation: validateServerPort"},
    {.id = "WK214",
     .name = "server-port-unnamed",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A port with an empty name",
     .why = "Names tell the ports of a Gateway apart. Istio's webhook refuses an empty one.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: "", protocol: HTTP}
    hosts: [shop.example.com]
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
     .source = "Istio pkg/config/validation: validateServerPort"},
    {.id = "WK215",
     .name = "server-port-name-twice",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "Two servers of a Gateway use one port name",
     .why = "Port names are unique within a Gateway, even for servers on one port. Istio's webhook refuses the "
            "object; copying a server and forgetting the name is how it usually comes about.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
  - port: {number: 8080, name: http, protocol: HTTP}
    hosts: [cart.example.com]
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
  - port: {number: 8080, name: http-8080, protocol: HTTP}
    hosts: [cart.example.com]
)",
     .source = "Istio pkg/config/validation: ValidateGateway"},
    {.id = "WK216",
     .name = "bind-not-ip",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "bind is neither an IP address nor a unix socket",
     .why = "The proxy listens on that address and resolves no names. Istio's webhook refuses host names, prefixes "
            "and addresses with a port.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
    bind: localhost
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
    bind: 127.0.0.1
)",
     .source = "Istio pkg/config/validation: validateServerBind; agent, ValidateIPAddress"},
    {.id = "WK217",
     .name = "bad-socket-path",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "bind names no absolute path of a unix socket",
     .why = "Behind unix:// stands the absolute path of a file, or @ and an abstract name. Istio's webhook refuses "
            "anything else.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 0, name: http, protocol: HTTP}
    hosts: [shop.example.com]
    bind: unix://run/gateway.sock
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 0, name: http, protocol: HTTP}
    hosts: [shop.example.com]
    bind: unix:///run/gateway.sock
)",
     .source = "Istio pkg/config/validation: ValidateUnixAddress"},
    {.id = "WK218",
     .name = "socket-with-port",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A port number beside a unix socket",
     .why = "A socket has no port. The number is required all the same, and Istio's webhook takes 0 only.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
    bind: unix:///run/gateway.sock
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 0, name: http, protocol: HTTP}
    hosts: [shop.example.com]
    bind: unix:///run/gateway.sock
)",
     .source = "Istio pkg/config/validation: validateServerBind"},
    {.id = "WK219",
     .name = "tls-block-missing",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "Protocol HTTPS or TLS without a tls block",
     .why = "Nothing says whether TLS ends at the gateway, with which certificate, or is passed on. Istio's webhook "
            "refuses the object.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .source = "Istio pkg/config/validation: validateServer"},
    {.id = "WK220",
     .name = "tls-on-http",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "TLS settings on a server with a plaintext HTTP protocol",
     .why = "HTTP, HTTP2, GRPC, GRPC-WEB and HTTP_PROXY stand for clear text. Only httpsRedirect makes sense in "
            "their tls block; Istio's webhook refuses a mode that terminates TLS, and certificates by path. Use "
            "HTTPS.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 9443, name: https, protocol: HTTP}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 9443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .source = "Istio pkg/config/validation: validateServer"},
    {.id = "WK221",
     .name = "tls-on-tcp",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A tls block on a server with a raw TCP protocol",
     .why = "TCP, UDP, MONGO, REDIS and MYSQL stand for clear text. Istio's webhook refuses a tls block beside them. "
            "Protocol TLS terminates TLS and hands on the bytes.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 9000, name: tcp, protocol: TCP}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 9000, name: tls, protocol: TLS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .source = "Istio pkg/config/validation: validateServer"},
    {.id = "WK222",
     .name = "redirect-not-http",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "httpsRedirect on a server that is not plaintext HTTP",
     .why = "It answers plaintext requests with a redirect to https, and a server of another protocol gets none. Set "
            "it on the server of port 80; Istio's webhook warns about others.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {httpsRedirect: true, mode: SIMPLE, credentialName: shop-cert}
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
    tls: {httpsRedirect: true}
)",
     .source = "Istio pkg/config/validation: ValidateGateway"},
    {.id = "WK223",
     .name = "old-tls-without-ciphers",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "TLS 1.0 or 1.1 is allowed, but no cipher suite for it",
     .why = "The default cipher suites are all for TLS 1.2 and later, so that clients of the older versions fail in "
            "the handshake although the version is allowed. Istio's webhook warns about it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert, minProtocolVersion: TLSV1_1}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert, minProtocolVersion: TLSV1_2}
)",
     .source = "Istio pkg/config/validation: validateTLSOptions"},
    {.id = "WK224",
     .name = "unknown-cipher-suite",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "A cipher suite that the proxy does not know",
     .why = "It is left out of the configuration; Istio's webhook warns about it. Known are, in capitals: "
            "ECDHE-ECDSA-AES128-GCM-SHA256, ECDHE-RSA-AES128-GCM-SHA256, ECDHE-ECDSA-AES256-GCM-SHA384, "
            "ECDHE-RSA-AES256-GCM-SHA384, ECDHE-ECDSA-CHACHA20-POLY1305, ECDHE-RSA-CHACHA20-POLY1305, "
            "ECDHE-ECDSA-AES128-SHA, ECDHE-RSA-AES128-SHA, ECDHE-ECDSA-AES256-SHA, ECDHE-RSA-AES256-SHA, "
            "AES128-GCM-SHA256, AES256-GCM-SHA384, AES128-SHA, AES256-SHA, DES-CBC3-SHA. ALL and expressions such as "
            "-AES256-SHA pass as well. Those of TLS 1.3 cannot be chosen.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert, cipherSuites: [ECDHE-RSA-AES256-GCM-SHA384, ECDHE-RSA-AES128-CBC-SHA]}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert, cipherSuites: [ECDHE-RSA-AES256-GCM-SHA384, ECDHE-RSA-AES128-GCM-SHA256]}
)",
     .source = "Istio pkg/config/validation: validateTLSOptions; pkg/config/security: IsValidCipherSuite"},
    {.id = "WK225",
     .name = "cipher-suite-twice",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "A cipher suite is listed twice",
     .why = "The second one is left out; Istio's webhook warns about it. Perhaps another one was meant.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert, cipherSuites: [ECDHE-RSA-AES128-GCM-SHA256, ECDHE-RSA-AES128-GCM-SHA256]}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert, cipherSuites: [ECDHE-RSA-AES128-GCM-SHA256, ECDHE-RSA-AES256-GCM-SHA384]}
)",
     .source = "Istio pkg/config/validation: validateTLSOptions"},
    {.id = "WK226",
     .name = "istio-mutual-with-certificates",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "ISTIO_MUTUAL beside certificates of one's own",
     .why = "In this mode the gateway uses the certificate that the mesh gave to its pod. Istio's webhook refuses "
            "certificates and credentials beside it. For clients outside of the mesh use MUTUAL.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: ISTIO_MUTUAL, credentialName: shop-cert}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: MUTUAL, credentialName: shop-cert}
)",
     .source = "Istio pkg/config/validation: validateTLSOptions"},
    {.id = "WK227",
     .name = "passthrough-with-certificates",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "Certificates in a mode that passes TLS on",
     .why = "With PASSTHROUGH and AUTO_PASSTHROUGH the service behind the gateway terminates TLS, and certificates "
            "here do nothing. Istio's webhook warns about them. Use SIMPLE to terminate TLS at the gateway.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: tls, protocol: TLS}
    hosts: [shop.example.com]
    tls: {mode: PASSTHROUGH, credentialName: shop-cert}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: tls, protocol: TLS}
    hosts: [shop.example.com]
    tls: {mode: PASSTHROUGH}
)",
     .source = "Istio pkg/config/validation: validateTLSOptions"},
    {.id = "WK228",
     .name = "two-certificate-sources",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "More than one source of the server certificate",
     .why = "credentialName, credentialNames, tlsCertificates, and serverCertificate with privateKey exclude each "
            "other. The API server or Istio's webhook refuses two of them.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert, credentialNames: [shop-rsa, shop-ecdsa]}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialNames: [shop-rsa, shop-ecdsa]}
)",
     .source = "Istio pkg/config/validation: validateTLSOptions; CRD schema: rules of tls"},
    {.id = "WK229",
     .name = "server-certificate-missing",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A mode that terminates TLS, without a server certificate",
     .why = "SIMPLE, MUTUAL and OPTIONAL_MUTUAL show clients a certificate. It comes from a secret (credentialName) "
            "or from files of the pod (serverCertificate and privateKey, or tlsCertificates). Istio's webhook "
            "refuses the object when there is none.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .source = "Istio pkg/config/validation: validateTLSOptions"},
    {.id = "WK230",
     .name = "private-key-missing",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A server certificate without its private key",
     .why = "The proxy cannot use a certificate whose key it does not have. Istio's webhook refuses the object.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, serverCertificate: /etc/certs/tls.crt}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key}
)",
     .source = "Istio pkg/config/validation: validateTLSOptions"},
    {.id = "WK231",
     .name = "client-ca-missing",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A mode that asks for client certificates, without a CA to check them",
     .why = "MUTUAL and OPTIONAL_MUTUAL check the certificates of clients against caCertificates, or against the CA "
            "in the secret of credentialName. Istio's webhook refuses the object when there is neither; "
            "caCertCredentialName and the entries of tlsCertificates do not count for it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: MUTUAL, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: MUTUAL, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key, caCertificates: /etc/certs/ca.crt}
)",
     .source = "Istio pkg/config/validation: validateTLSOptions"},
    {.id = "WK232",
     .name = "too-many-certificates",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .covered_by = "WK122",
     .aliases = "IST0133",
     .summary = "More than two server certificates",
     .why = "A server has one certificate for each kind of key, RSA and ECDSA. The API server refuses a third one; "
            "where an older CRD lets it pass, Istio's webhook warns.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: 
      mode: SIMPLE
      tlsCertificates: [{serverCertificate: /a.crt, privateKey: /a.key}, {serverCertificate: /b.crt, privateKey: /b.key}, {serverCertificate: /c.crt, privateKey: /c.key}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: 
      mode: SIMPLE
      tlsCertificates: [{serverCertificate: /a.crt, privateKey: /a.key}, {serverCertificate: /b.crt, privateKey: /b.key}]
)",
     .source = "Istio pkg/config/validation: validateTLSOptions"},
    {.id = "WK233",
     .name = "crl-with-credential",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A revocation list by path beside a credential",
     .why = "Where the certificates come from a secret the revocation list does, too: under the key ca.crl. caCrl is "
            "not used then. Istio's webhook refuses it beside credentialName in the modes that pass TLS on, and says "
            "nothing in the others, where clients with a revoked certificate get in.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: MUTUAL, credentialName: shop-cert, caCrl: /etc/certs/ca.crl}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: MUTUAL, credentialName: shop-cert}
)",
     .source = "Istio pkg/config/validation: validateTLSOptions"},
    {.id = "WK234",
     .name = "crl-with-simple",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A revocation list in a mode that checks no client certificates",
     .why = "SIMPLE does not ask clients for certificates, so that there is nothing to look up in a revocation list. "
            "Istio's webhook refuses it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key, caCrl: /etc/certs/ca.crl}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: MUTUAL, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key, caCertificates: /etc/certs/ca.crt, caCrl: /etc/certs/ca.crl}
)",
     .source = "Istio pkg/config/validation: validateTLSOptions"},
    {.id = "WK235",
     .name = "server-name-twice",
     .severity = Severity::kWarning,
     .origin = Origin::kPilot,
     .summary = "Two servers of a Gateway have one name",
     .why = "The name is the prefix of a server's statistics, which then cannot be told apart. The control plane "
            "logs a warning and goes on.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - name: front
    port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
  - name: front
    port: {number: 8080, name: http-8080, protocol: HTTP}
    hosts: [cart.example.com]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - name: front
    port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
  - name: back
    port: {number: 8080, name: http-8080, protocol: HTTP}
    hosts: [cart.example.com]
)",
     .source = "Istio pilot/pkg/model: mergeGateways"},
    {.id = "WK236",
     .name = "tls-host-twice",
     .severity = Severity::kError,
     .origin = Origin::kPilot,
     .summary = "A host is served twice on one port by servers with a tls block",
     .why = "The server name in the handshake decides which server a connection is for, so each host has one server. "
            "The control plane drops a later server that has a host of an earlier one, with all its other hosts, and "
            "at most logs it. Servers with httpsRedirect count as well. Hosts are compared as they are written.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
  - port: {number: 443, name: https-cart, protocol: HTTPS}
    hosts: [cart.example.com, shop.example.com]
    tls: {mode: SIMPLE, credentialName: cart-cert}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
  - port: {number: 443, name: https-cart, protocol: HTTPS}
    hosts: [cart.example.com]
    tls: {mode: SIMPLE, credentialName: cart-cert}
)",
     .source = "Istio pilot/pkg/model: CheckDuplicates"},
    {.id = "WK237",
     .name = "port-protocol-clash",
     .severity = Severity::kError,
     .origin = Origin::kPilot,
     .aliases = "IST0145",
     .summary = "Two protocols that cannot share a port",
     .why = "On one port of a gateway there are either servers of plaintext HTTP, which are merged, or servers with "
            "TLS, which are told apart by server name, or one TCP server. The control plane drops what does not fit "
            "to the server that was there first; plaintext behind TLS is let in, and then fails for clients whose "
            "server name nobody has.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
  - port: {number: 80, name: tcp, protocol: TCP}
    hosts: ["*"]
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
  - port: {number: 9000, name: tcp, protocol: TCP}
    hosts: ["*"]
)",
     .source = "Istio pilot/pkg/model: mergeGateways, canMergeProtocols"},
    {.id = "WK238",
     .name = "all-hosts-crash",
     .severity = Severity::kError,
     .origin = Origin::kPilot,
     .summary = "\"*/*\" in front of another host with a namespace stops the control plane",
     .why = "For \"*/*\" the control plane replaces the list of hosts by one that has a single entry, and goes on to "
            "read the old one: a later host of the form */name or ./name makes it panic (index out of range, seen in "
            "1.30.3), for every gateway that the object selects. \"*/*\" alone, at the end, or in front of other "
            "forms is harmless. It admits every host anyway.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ["*/*", ./shop.example.com]
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
    hosts: ["*/*"]
)",
     .source = "Istio pilot/pkg/model: sanitizeServerHostNamespace"},
};

}  // namespace wicket::check
