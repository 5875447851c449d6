// WK60x to WK63x: DestinationRule. The facts; the checks are in destination_rule*.cc, traffic_policy.cc and those
// beside it.
#pragma once

#include "check/rule.h"

namespace wicket::check {

inline constexpr RuleInfo kDestinationRuleRules[] = {
    {.id = "WK601",
     .name = "invalid-rule-host",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "The host of a DestinationRule is no host name",
     .why = "A rule applies to a service by its name: a short one, a full one, or a wildcard such as *.example.com. "
            "Istio's webhook refuses everything else, URLs and addresses with a port included. Write the name alone.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: http://reviews
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .source = "Istio pkg/config/validation: ValidateDestinationRule; agent: ValidateWildcardDomain"},
    {.id = "WK602",
     .name = "empty-traffic-policy",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A trafficPolicy that sets nothing",
     .why = "Istio's webhook refuses a trafficPolicy without any setting, of the rule or of a subset. Add a setting, "
            "or remove it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy: {}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .source = "Istio pkg/config/validation: validateTrafficPolicy"},
    {.id = "WK603",
     .name = "tunnel-with-proxy-protocol",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "tunnel and proxyProtocol in one trafficPolicy",
     .why = "A connection can begin with a CONNECT request or with a PROXY header, not with both. Istio's webhook "
            "refuses the rule.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    tunnel: {targetHost: proxy.example.com, targetPort: 443}
    proxyProtocol: {version: V1}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    proxyProtocol: {version: V1}
)",
     .source = "Istio pkg/config/validation: validateTrafficPolicy"},
    {.id = "WK604",
     .name = "consecutive-errors-deprecated",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "outlierDetection.consecutiveErrors, which is deprecated",
     .why = "Two fields have taken its place: consecutive5xxErrors counts all 5xx answers, consecutiveGatewayErrors "
            "only 502, 503 and 504. Istio's webhook warns, though not about subsets and portLevelSettings.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    outlierDetection: {consecutiveErrors: 5}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    outlierDetection: {consecutive5xxErrors: 5}
)",
     .source = "Istio pkg/config/validation: validateOutlierDetection"},
    {.id = "WK605",
     .name = "local-origin-not-split",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "consecutiveLocalOriginFailures without the switch that makes it count",
     .why = "Failed connections are counted apart from error answers only with splitExternalLocalOriginErrors: true. "
            "Istio's webhook refuses the one without the other.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    outlierDetection: {consecutiveLocalOriginFailures: 3}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    outlierDetection: {consecutiveLocalOriginFailures: 3, splitExternalLocalOriginErrors: true}
)",
     .source = "Istio pkg/config/validation: validateOutlierDetection"},
    {.id = "WK606",
     .name = "outlier-percentage",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "maxEjectionPercent or minHealthPercent is no percentage",
     .why = "Both are shares of the endpoints, from 0 to 100. Istio's webhook refuses other numbers.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    outlierDetection: {maxEjectionPercent: 150}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    outlierDetection: {maxEjectionPercent: 100}
)",
     .source = "Istio pkg/config/validation: ValidatePercent"},
    {.id = "WK607",
     .name = "empty-connection-pool",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A connectionPool without http and tcp",
     .why = "Istio's webhook refuses a connectionPool that limits nothing. Add http or tcp, or remove it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    connectionPool: {}
    loadBalancer: {simple: RANDOM}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    connectionPool: {tcp: {maxConnections: 100}}
    loadBalancer: {simple: RANDOM}
)",
     .source = "Istio pkg/config/validation: validateConnectionPool"},
    {.id = "WK608",
     .name = "negative-pool-value",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A limit of a connectionPool below 0",
     .why = "Istio's webhook refuses negative limits; there is no -1 for \"no limit\". Leave the field out for that.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    connectionPool: {tcp: {maxConnections: -1}}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    connectionPool: {tcp: {maxConnections: 100}}
)",
     .source = "Istio pkg/config/validation: validateConnectionPool"},
    {.id = "WK609",
     .name = "upgrade-with-client-protocol",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "useClientProtocol together with h2UpgradePolicy UPGRADE",
     .why = "The one keeps the client's HTTP version, the other makes HTTP/2 of it. Istio's webhook refuses both in "
            "one connectionPool.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    connectionPool: {http: {h2UpgradePolicy: UPGRADE, useClientProtocol: true}}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    connectionPool: {http: {h2UpgradePolicy: UPGRADE}}
)",
     .source = "Istio pkg/config/validation: validateConnectionPool"},
    {.id = "WK610",
     .name = "http2-keepalive-incomplete",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "http2KeepAlive without interval or timeout",
     .why = "The proxy has to know how often to send a ping and how long to wait for its answer. Istio's webhook "
            "wants both. Releases before 1.31 do not know the field at all.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    connectionPool: {http: {http2KeepAlive: {interval: 30s}}}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    connectionPool: {http: {http2KeepAlive: {interval: 30s, timeout: 5s}}}
)",
     .source = "Istio pkg/config/validation: validateConnectionPool"},
    {.id = "WK611",
     .name = "invalid-hash-cookie",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A cookie to hash, or one of its attributes, without a name of its own",
     .why = "The proxy hashes the cookie of this name and, with a ttl, makes it, with these attributes. Istio's "
            "webhook refuses an empty name of either, and an attribute that occurs twice.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {consistentHash: {httpCookie: {name: "", ttl: 0s}}}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {consistentHash: {httpCookie: {name: cart, ttl: 0s}}}
)",
     .source = "Istio pkg/config/validation: validateLoadBalancer"},
    {.id = "WK612",
     .name = "old-ring-size",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "consistentHash.minimumRingSize, the old name of ringHash.minimumRingSize",
     .why = "It still works, and Istio's webhook warns, though not about subsets and portLevelSettings. Beside "
            "ringHash or maglev the webhook refuses it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {consistentHash: {useSourceIp: true, minimumRingSize: 512}}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {consistentHash: {useSourceIp: true, ringHash: {minimumRingSize: 512}}}
)",
     .source = "Istio pkg/config/validation: validateLoadBalancer"},
    {.id = "WK613",
     .name = "maglev-table-size",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "The size of a Maglev table is missing, too large or not a prime",
     .why = "The algorithm needs a prime, and Envoy takes none from 5000011 on. Istio's webhook insists on a size "
            "although its reference speaks of a default: write that, 65537.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {consistentHash: {useSourceIp: true, maglev: {tableSize: 65536}}}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {consistentHash: {useSourceIp: true, maglev: {tableSize: 65537}}}
)",
     .source = "Istio pkg/config/validation: validateLoadBalancer"},
    {.id = "WK614",
     .name = "locality-and-zone-aware",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "localityLbSetting together with zoneAwareLbSetting",
     .why = "Both say how traffic stays near, in two different ways. Istio's webhook refuses both in one "
            "loadBalancer. Releases before 1.31 do not know zoneAwareLbSetting.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer:
      localityLbSetting: {enabled: true}
      zoneAwareLbSetting: {enabled: true}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer:
      zoneAwareLbSetting: {enabled: true}
)",
     .source = "Istio pkg/config/validation: validateLoadBalancer"},
    {.id = "WK615",
     .name = "invalid-locality-setting",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "Locality settings that contradict themselves, or weights that are not 100 in sum",
     .why = "Traffic is distributed by weights or fails over, not both. The weights of one source are 1 to 100 and "
            "add up to 100; localities are region/zone/subzone with one * at the end at most, and none of a list may "
            "take in another. Istio's webhook refuses the rule.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer:
      localityLbSetting:
        distribute:
        - from: eu/*
          to: {"eu/*": 80, "us/*": 10}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer:
      localityLbSetting:
        distribute:
        - from: eu/*
          to: {"eu/*": 80, "us/*": 20}
)",
     .source = "Istio pkg/config/validation/agent: ValidateLocalityLbSetting"},
    {.id = "WK616",
     .name = "failover-without-outlier-detection",
     .severity = Severity::kWarning,
     .origin = Origin::kWebhook,
     .aliases = "IST0133",
     .summary = "Failover settings without outlierDetection beside the loadBalancer",
     .why = "Endpoints leave the balancing only when outlierDetection finds them unhealthy; without it traffic never "
            "fails over. That of the whole rule does not count for an entry of portLevelSettings. Istio's webhook "
            "warns, though not about subsets and portLevelSettings.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer:
      localityLbSetting:
        failover: [{from: eu, to: us}]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer:
      localityLbSetting:
        failover: [{from: eu, to: us}]
    outlierDetection: {consecutive5xxErrors: 5}
)",
     .source = "Istio pkg/config/validation/agent: ValidateLocalityLbSetting"},
    {.id = "WK617",
     .name = "invalid-failover-pair",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A failover that does not go from one region to another",
     .why = "failover names two different regions, without zones and wildcards. Istio's webhook refuses the rule.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer:
      localityLbSetting:
        failover: [{from: eu, to: eu}]
    outlierDetection: {consecutive5xxErrors: 5}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer:
      localityLbSetting:
        failover: [{from: eu, to: us}]
    outlierDetection: {consecutive5xxErrors: 5}
)",
     .source = "Istio pkg/config/validation/agent: ValidateLocalityLbSetting"},
    {.id = "WK618",
     .name = "invalid-warmup",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "The aggression of a warm-up is not over 0",
     .why = "It is the exponent of the rise: 1 is a straight line, more rises faster at first. Istio's webhook "
            "refuses 0 and less (releases before 1.31 everything below 1).",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer:
      simple: ROUND_ROBIN
      warmup: {duration: 30s, aggression: 0}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer:
      simple: ROUND_ROBIN
      warmup: {duration: 30s, aggression: 1.5}
)",
     .source = "Istio pkg/config/validation: validateLoadBalancer"},
    {.id = "WK619",
     .name = "mutual-without-certificate",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "TLS mode MUTUAL without a client certificate to show",
     .why = "With MUTUAL the proxy shows a certificate of yours: its file and that of its key, or a Secret by "
            "credentialName. Istio's own certificate is mode ISTIO_MUTUAL. Istio's webhook refuses MUTUAL without "
            "either.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: db.example.com
  trafficPolicy:
    tls: {mode: MUTUAL, clientCertificate: /etc/certs/client.pem, caCertificates: /etc/certs/ca.pem}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: db.example.com
  trafficPolicy:
    tls: {mode: MUTUAL, clientCertificate: /etc/certs/client.pem, privateKey: /etc/certs/key.pem, caCertificates: /etc/certs/ca.pem}
)",
     .source = "Istio pkg/config/validation/agent: ValidateTLS"},
    {.id = "WK620",
     .name = "credential-and-files",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "credentialName together with paths of certificates",
     .why = "A Secret holds certificate, key and CA; paths beside it would be a second answer to the same question. "
            "Istio's webhook refuses the rule.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: db.example.com
  trafficPolicy:
    tls: {mode: SIMPLE, credentialName: db-client, caCertificates: /etc/certs/ca.pem}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: db.example.com
  trafficPolicy:
    tls: {mode: SIMPLE, credentialName: db-client}
)",
     .source = "Istio pkg/config/validation/agent: ValidateTLS"},
    {.id = "WK621",
     .name = "skip-verify-contradiction",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "insecureSkipVerify: true together with data to verify by",
     .why = "Either the certificate of the service is checked, or it is not. Istio's webhook refuses the rule.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: db.example.com
  trafficPolicy:
    tls: {mode: SIMPLE, insecureSkipVerify: true, caCertificates: /etc/certs/ca.pem}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: db.example.com
  trafficPolicy:
    tls: {mode: SIMPLE, caCertificates: /etc/certs/ca.pem}
)",
     .source = "Istio pkg/config/validation/agent: ValidateTLS"},
    {.id = "WK622",
     .name = "configmap-credential-elsewhere",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A configmap:// credential that is not in the namespace of the rule",
     .why = "The form is configmap://NAMESPACE/NAME, and a rule may use ConfigMaps of its own namespace only. "
            "Istio's webhook refuses others.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: db.example.com
  trafficPolicy:
    tls: {mode: SIMPLE, credentialName: "configmap://vault/ca"}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: db.example.com
  trafficPolicy:
    tls: {mode: SIMPLE, credentialName: "configmap://shop/ca"}
)",
     .source = "Istio pkg/config/validation/agent: ValidateTLS; pilot/pkg/model/credentials: ParseResourceName"},
    {.id = "WK623",
     .name = "subset-name-syntax",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "The name of a subset is no DNS label",
     .why = "The name becomes part of the name of a cluster and of an SNI host: letters, digits and `-`, at most 63. "
            "Dots, as in v1.2, are not allowed. Istio's webhook refuses the rule.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: v1.2
    labels: {version: v1.2}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: v1-2
    labels: {version: v1.2}
)",
     .source = "Istio pkg/config/validation: validateSubsetName"},
    {.id = "WK624",
     .name = "duplicate-subset",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "Two subsets of one rule have the same name",
     .why = "Routes pick a subset by its name. Istio's webhook refuses the rule.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: v1
    labels: {version: v1}
  - name: v1
    labels: {version: v2}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: v1
    labels: {version: v1}
  - name: v2
    labels: {version: v2}
)",
     .source = "Istio pkg/config/validation: ValidateDestinationRule"},
    {.id = "WK625",
     .name = "invalid-subset-label",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A label of a subset or endpoint that no object can have",
     .why = "Keys and values of labels are letters, digits, `-`, `_` and `.`; a key may have a domain and `/` in "
            "front. Istio's webhook refuses the rest. A pod's label has at most 63 characters, so a longer value "
            "selects nothing.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: v1
    labels: {version: "v 1"}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: v1
    labels: {version: v1}
)",
     .source = "Istio pkg/config/labels: Instance.Validate"},
    {.id = "WK626",
     .name = "incomplete-port-settings",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An entry of portLevelSettings without a port or without settings",
     .why = "An entry says for which port it is, and sets loadBalancer, connectionPool, outlierDetection or tls. "
            "Istio's webhook refuses others. It takes ports that do not exist and ports that were already there, "
            "though nothing ever uses those settings.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    portLevelSettings:
    - port: {number: 80}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    portLevelSettings:
    - port: {number: 80}
      loadBalancer: {simple: RANDOM}
)",
     .source = "Istio pkg/config/validation: validatePortTrafficPolicies"},
    {.id = "WK627",
     .name = "exported-selector-rule",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A rule with workloadSelector is exported beyond its namespace",
     .why = "workloadSelector chooses client pods of the rule's own namespace, so nobody else can use the rule. "
            "Istio's webhook refuses exportTo with anything but that namespace.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  exportTo: ["*"]
  workloadSelector: {matchLabels: {app: cart}}
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  exportTo: ["."]
  workloadSelector: {matchLabels: {app: cart}}
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .source = "Istio pkg/config/validation: validateExportTo"},
    {.id = "WK628",
     .name = "wildcard-in-selector",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A workloadSelector with a wildcard or an empty key",
     .why = "A selector compares labels as they are; * stands for nothing else than itself and cannot be in a label. "
            "Istio's webhook and the API server refuse it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  workloadSelector: {matchLabels: {app: "cart*"}}
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  workloadSelector: {matchLabels: {app: cart}}
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .source = "Istio pkg/config/validation: validateWorkloadSelector, ValidateAlphaWorkloadSelector"},
    {.id = "WK630",
     .name = "invalid-tunnel",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "Settings of a tunnel that Istio does not take",
     .why = "A tunnel is made by CONNECT or POST, to a host name or address, and a port from 1 to 65535. Istio's "
            "webhook refuses others.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    tunnel: {protocol: GET, targetHost: proxy.example.com, targetPort: 443}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    tunnel: {protocol: CONNECT, targetHost: proxy.example.com, targetPort: 443}
)",
     .source = "Istio pkg/config/validation: validateTunnelSettings"},
    {.id = "WK631",
     .name = "no-destination-ca",
     .severity = Severity::kWarning,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0128",
     .summary = "TLS to a service without caCertificates",
     .why = "The proxy then trusts every CA that its system trusts. A service with a private CA cannot be reached, "
            "and one with a public CA is only as safe as the least of those CAs. Name the CA and the names to "
            "expect. Silent where credentialName brings a CA, and where insecureSkipVerify is written.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: db.example.com
  trafficPolicy:
    tls: {mode: SIMPLE}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: db.example.com
  trafficPolicy:
    tls: {mode: SIMPLE, caCertificates: /etc/certs/ca.pem, subjectAltNames: [db.example.com]}
)",
     .source = "Istio pkg/config/analysis/analyzers/destinationrule: CaCertificateAnalyzer; "
               "VERIFY_CERTIFICATE_AT_CLIENT"},
    {.id = "WK632",
     .name = "no-port-ca",
     .severity = Severity::kWarning,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0129",
     .summary = "TLS to one port of a service without caCertificates",
     .why = "As WK631, for an entry of portLevelSettings.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: db.example.com
  trafficPolicy:
    portLevelSettings:
    - port: {number: 443}
      tls: {mode: SIMPLE}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: db.example.com
  trafficPolicy:
    portLevelSettings:
    - port: {number: 443}
      tls: {mode: SIMPLE, caCertificates: /etc/certs/ca.pem}
)",
     .source = "Istio pkg/config/analysis/analyzers/destinationrule: CaCertificateAnalyzer"},
    {.id = "WK633",
     .name = "subset-without-pods",
     .severity = Severity::kError,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0173 KIA0203",
     .summary = "A subset whose labels no workload of the service has",
     .why = "Requests to the subset find no endpoint and are answered 503. Only reported where the input holds "
            "workloads of the service; labels that Istio adds itself, such as topology.kubernetes.io/zone, are not "
            "compared.",
     .bad = R"(apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 80, targetPort: 8080}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: reviews
  namespace: shop
spec:
  selector:
    matchLabels: {app: reviews}
  template:
    metadata:
      labels: {app: reviews, version: v1}
    spec:
      containers:
      - name: reviews
        image: registry.example.com/reviews
        ports: [{name: http, containerPort: 8080}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: v9
    labels: {version: v9}
)",
     .good = R"(apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 80, targetPort: 8080}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: reviews
  namespace: shop
spec:
  selector:
    matchLabels: {app: reviews}
  template:
    metadata:
      labels: {app: reviews, version: v1}
    spec:
      containers:
      - name: reviews
        image: registry.example.com/reviews
        ports: [{name: http, containerPort: 8080}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: v1
    labels: {version: v1}
)",
     .source = "Istio pkg/config/analysis/analyzers/destinationrule: PodNotSelectedAnalyzer; Kiali: KIA0203"},
    {.id = "WK634",
     .name = "unknown-rule-host",
     .severity = Severity::kWarning,
     .origin = Origin::kAnalyzer,
     .aliases = "IST0174 KIA0202",
     .summary = "A DestinationRule for a host that nobody has",
     .why = "The rule has no effect. A short name means a Service of the rule's namespace; a name with a dot is "
            "taken as it is. Only reported where the input has a near miss or other services in that place, or is "
            "all there is (--closed-world).",
     .bad = R"(apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 80, targetPort: 8080}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: review
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .good = R"(apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 80, targetPort: 8080}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .source = "Istio pkg/config/analysis/analyzers/destinationrule: PodNotSelectedAnalyzer; Kiali: KIA0202"},
    {.id = "WK635",
     .name = "overlapping-destination-rules",
     .severity = Severity::kWarning,
     .origin = Origin::kKiali,
     .aliases = "KIA0201",
     .summary = "Two DestinationRules set the same for one host",
     .why = "Istio merges rules for one host of one namespace: subsets are added, but of two trafficPolicies, or two "
            "subsets of one name, the younger is ignored. A rule for a narrower host replaces one for a wildcard, "
            "and nothing is inherited. Keep the settings of a host in one rule.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: v1
    labels: {version: v1}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews-again
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: v1
    labels: {release: one}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: v1
    labels: {version: v1}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews-again
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: v2
    labels: {version: v2}
)",
     .source = "Istio pilot/pkg/model: mergeDestinationRule; Kiali: KIA0201"},
    {.id = "WK636",
     .name = "subset-without-labels",
     .severity = Severity::kWarning,
     .origin = Origin::kKiali,
     .aliases = "KIA0209",
     .summary = "A subset without labels",
     .why = "It selects every endpoint of the service, and so is no subset. A subset that only gives a name to a "
            "trafficPolicy is an information, not a warning.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: all
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  subsets:
  - name: v1
    labels: {version: v1}
)",
     .source = "Kiali: KIA0209"},
    {.id = "WK637",
     .name = "rule-drops-mutual-tls",
     .severity = Severity::kWarning,
     .origin = Origin::kKiali,
     .aliases = "KIA0204",
     .summary = "A rule without tls replaces a wider one that sets ISTIO_MUTUAL",
     .why = "Only the narrowest rule for a host is used, and nothing is inherited from wider ones. Where auto mTLS "
            "is on, as it is by default, Istio still chooses mutual TLS; elsewhere the connection becomes plain "
            "text.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: namespace-mtls
  namespace: shop
spec:
  host: "*.shop.svc.cluster.local"
  trafficPolicy:
    tls: {mode: ISTIO_MUTUAL}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: namespace-mtls
  namespace: shop
spec:
  host: "*.shop.svc.cluster.local"
  trafficPolicy:
    tls: {mode: ISTIO_MUTUAL}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {simple: RANDOM}
    tls: {mode: ISTIO_MUTUAL}
)",
     .source = "Istio pilot/pkg/model: destinationRule; Kiali: KIA0204"},
    {.id = "WK638",
     .name = "ineffective-warmup",
     .severity = Severity::kWarning,
     .origin = Origin::kPilot,
     .summary = "A warm-up that does not count",
     .why = "Of warmup and warmupDurationSecs the first one is used. Neither has an effect with algorithms other "
            "than ROUND_ROBIN and LEAST_REQUEST.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {simple: ROUND_ROBIN, warmupDurationSecs: 30s, warmup: {duration: 30s}}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {simple: ROUND_ROBIN, warmup: {duration: 30s}}
)",
     .source = "Istio pilot/pkg/networking/core: applyLoadBalancer"},
    {.id = "WK639",
     .name = "deprecated-balancing",
     .severity = Severity::kInfo,
     .origin = Origin::kOwn,
     .summary = "LEAST_CONN or warmupDurationSecs, old names that still work",
     .why = "LEAST_CONN has long meant LEAST_REQUEST, and warmup.duration has taken the place of warmupDurationSecs.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {simple: LEAST_CONN}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
  namespace: shop
spec:
  host: reviews
  trafficPolicy:
    loadBalancer: {simple: LEAST_REQUEST}
)",
     .source = "Istio networking/v1alpha3/destination_rule.proto: LoadBalancerSettings"},
};

}  // namespace wicket::check
