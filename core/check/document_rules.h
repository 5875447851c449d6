// WK1xx: documents, YAML and schema. The facts; what is said about each case is in document.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check {

inline constexpr RuleInfo kDocumentRules[] = {
    {.id = "WK100",
     .name = "syntax-error",
     .severity = Severity::kError,
     .origin = Origin::kReader,
     .summary = "The document does not parse",
     .why = "No tool can read it, so nothing in it reaches the cluster; kubectl and istioctl stop at it, and the "
            "objects behind it in the file are not applied either. A value that starts with * is an alias in "
            "YAML: hosts like *.example.com need quotes.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [*.example.com]
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
     .source = "sigs.k8s.io/yaml (go-yaml v2, a port of libyaml): scanner and parser"},
    {.id = "WK101",
     .name = "tab-in-indentation",
     .severity = Severity::kError,
     .origin = Origin::kReader,
     .summary = "A tab where YAML allows blanks only",
     .why = "YAML forbids tabs in indentation, so that it does not depend on the width of a tab. Replace the tab "
            "by blanks.",
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
     .source = "YAML 1.2 section 6.1; libyaml: yaml_parser_scan_to_next_token"},
    {.id = "WK102",
     .name = "duplicate-key",
     .severity = Severity::kError,
     .origin = Origin::kReader,
     .summary = "A key occurs twice in one mapping",
     .why = "Readers that convert to JSON keep the last value and drop the first without a word, strict ones "
            "refuse the file. In a top-level mapping a second kind or apiVersion usually means that a --- line is"
            " missing.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - timeout: 5s
    timeout: 8s
    route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - timeout: 5s
    route:
    - destination: {host: web}
)",
     .source = "sigs.k8s.io/yaml UnmarshalStrict; last value wins in Unmarshal"},
    {.id = "WK103",
     .name = "merge-key-used",
     .severity = Severity::kInfo,
     .on_by_default = false,
     .origin = Origin::kOwn,
     .summary = "A merge key or an alias is used",
     .why = "Merge keys and aliases exist in the file only: the API server stores the expanded form, and what "
            "kubectl shows later has none of them. Off by default.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - match: [{uri: {prefix: /a}}]
    <<: &defaults
      timeout: 5s
    route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - match: [{uri: {prefix: /a}}]
    timeout: 5s
    route:
    - destination: {host: web}
)",
     .source = "YAML merge key type; go-yaml v2 decode: merge"},
    {.id = "WK104",
     .name = "unknown-alias",
     .severity = Severity::kError,
     .origin = Origin::kReader,
     .summary = "An alias that leads nowhere, into itself, or to far too much",
     .why = "An alias needs an anchor above it in the same document; anchors end at ---. Aliases that multiply "
            "each other are refused before they fill the memory.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: *web
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .source = "sigs.k8s.io/yaml (go-yaml v2, a port of libyaml): composer; limits on alias expansion"},
    {.id = "WK105",
     .name = "boolean-for-string",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A bare word that YAML 1.1 reads as a boolean",
     .why = "kubectl and istioctl read yes, no, on, off, y and n as booleans, and the API server refuses a "
            "boolean in a text field; readers of YAML 1.2 see the word. Quotes settle it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - match:
    - headers: {x-beta: {exact: on}}
    route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - match:
    - headers: {x-beta: {exact: "on"}}
    route:
    - destination: {host: web}
)",
     .source = "sigs.k8s.io/yaml (go-yaml v2, a port of libyaml): resolve; Istio CRD schema (crd-all.gen.yaml): type"
               " string"},
    {.id = "WK106",
     .name = "key-not-string",
     .severity = Severity::kError,
     .origin = Origin::kReader,
     .summary = "A map key that YAML does not read as text",
     .why = "Keys of labels, headers and parameters are text. A bare y or on becomes \"true\", so that another name"
            " is tested; numbers become their shortest decimal form; a null key stops the conversion. Quote the "
            "key.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - match:
    - queryParams: {y: {exact: "1"}}
    route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - match:
    - queryParams: {"y": {exact: "1"}}
    route:
    - destination: {host: web}
)",
     .source = "sigs.k8s.io/yaml: conversion of keys to JSON"},
    {.id = "WK107",
     .name = "number-for-string",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A bare number where text is needed",
     .why = "The API server refuses a number in a text field, and on the way there 1.10 would have become 1.1 and"
            " 010 eight. Quote it. A duration needs its unit.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: web
  namespace: shop
spec:
  host: web
  subsets:
  - name: v1
    labels: {version: 1.10}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: web
  namespace: shop
spec:
  host: web
  subsets:
  - name: v1
    labels: {version: "1.10"}
)",
     .source = "sigs.k8s.io/yaml (go-yaml v2, a port of libyaml): resolve; Istio CRD schema (crd-all.gen.yaml): type"
               " string"},
    {.id = "WK108",
     .name = "text-for-number",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "Text where a number or a boolean is needed",
     .why = "The API server takes no quoted numbers and booleans, although istioctl validate lets quoted whole "
            "numbers pass. Remove the quotes.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: "80", name: http, protocol: HTTP}
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
     .source = "Istio CRD schema (crd-all.gen.yaml): type integer, number, boolean"},
    {.id = "WK109",
     .name = "null-field",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A field without a value counts as not set",
     .why = "The API server removes empty fields before it validates, so the field has its default: no gateways "
            "means mesh, no hosts makes a delegate, no match takes every request, no tls.mode is PASSTHROUGH. "
            "Often the lines below are indented too little.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - timeout:
    route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - timeout: 5s
    route:
    - destination: {host: web}
)",
     .source = "Kubernetes structural schemas: pruning of nulls that are not nullable"},
    {.id = "WK110",
     .name = "null-item",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A list item without a value",
     .why = "The API server refuses a null in a list. Remove the dash, or indent what belongs to it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  -
  - route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .source = "Istio CRD schema (crd-all.gen.yaml): item types"},
    {.id = "WK111",
     .name = "unknown-field",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A field that does not exist",
     .why = "Strict kubectl refuses it, a server that only warns drops it without effect: what the line was to do"
            " does not happen.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - name: all
    routes: []
    route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .source = "Istio CRD schema (crd-all.gen.yaml); kubectl field validation"},
    {.id = "WK112",
     .name = "snake-case-field",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A field in snake_case",
     .why = "istioctl reads the snake_case names of the protobuf definition, the API server knows camelCase only "
            "and refuses or drops the field.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - cors_policy: {allowMethods: [GET]}
    route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - corsPolicy: {allowMethods: [GET]}
    route:
    - destination: {host: web}
)",
     .source = "protobuf JSON mapping; Istio CRD schema (crd-all.gen.yaml)"},
    {.id = "WK113",
     .name = "misplaced-field",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A field at the wrong level",
     .why = "The field exists, but not here, so it is refused or dropped. Usually the line is indented too far or"
            " not far enough.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
      timeout: 5s
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - timeout: 5s
    route:
    - destination: {host: web}
)",
     .source = "Istio CRD schema (crd-all.gen.yaml); kubectl field validation"},
    {.id = "WK114",
     .name = "wrong-type",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A list, a mapping and a scalar mixed up",
     .why = "The API server refuses the object. A list of one needs its dash or brackets all the same.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: web
  http:
  - route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .source = "Istio CRD schema (crd-all.gen.yaml): types"},
    {.id = "WK115",
     .name = "number-out-of-range",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A number that does not fit its field",
     .why = "Whole numbers have limits: uint32 fields 0 to 4294967295, int32 fields about two thousand million on"
            " both sides, percentages 0 to 100. Beyond them the API server or the control plane refuses the "
            "object.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: -1, name: http, protocol: HTTP}
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
     .source = "Istio CRD schema (crd-all.gen.yaml): minimum, maximum; protobuf JSON mapping"},
    {.id = "WK116",
     .name = "unknown-enum-value",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A value that the field does not know",
     .why = "Enum values are written in capitals, exactly. istioctl also takes their numbers, the API server does"
            " not.",
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
    tls: {mode: Simple, credentialName: shop-cert}
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
     .source = "Istio CRD schema (crd-all.gen.yaml): enum"},
    {.id = "WK117",
     .name = "malformed-duration",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A duration that cannot be read",
     .why = "Durations are numbers with a unit each: ns, us, ms, s, m, h. There are no days, no blanks and no "
            "capitals.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - timeout: 1d
    route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - timeout: 5s
    route:
    - destination: {host: web}
)",
     .source = "Go time.ParseDuration; CEL duration()"},
    {.id = "WK118",
     .name = "duration-too-short",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A duration below one millisecond",
     .why = "Validation demands at least 1ms. Zero was once the way to switch a timeout off; today leave the "
            "field out.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - timeout: 0s
    route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - timeout: 5s
    route:
    - destination: {host: web}
)",
     .source = "Istio ValidateDuration; CRD rule duration >= 1ms"},
    {.id = "WK119",
     .name = "duration-too-fine",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A duration finer than a millisecond",
     .why = "Validation refuses parts of a millisecond; the schema does not see them.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - timeout: 1500us
    route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - timeout: 5s
    route:
    - destination: {host: web}
)",
     .source = "Istio ValidateDuration"},
    {.id = "WK120",
     .name = "exclusive-fields",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "Two fields that exclude each other",
     .why = "The fields are members of a choice, of which one can be set. The API server refuses both together.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - match:
    - headers: {x-beta: {exact: "on", prefix: o}}
    route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - match:
    - headers: {x-beta: {exact: "on"}}
    route:
    - destination: {host: web}
)",
     .source = "Istio CRD schema (crd-all.gen.yaml): oneOf; protobuf oneof"},
    {.id = "WK121",
     .name = "missing-field",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A required field is missing",
     .why = "The API server refuses the object.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, protocol: HTTP}
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
     .source = "Istio CRD schema (crd-all.gen.yaml): required"},
    {.id = "WK122",
     .name = "size-limit",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A list, map or text beyond its size limits",
     .why = "The schema limits sizes: two credentials a server, 256 hosts a ServiceEntry, 63 characters a "
            "selector value, and so on.",
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
    tls: {mode: SIMPLE, credentialNames: [rsa, ecdsa, third]}
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
    tls: {mode: SIMPLE, credentialNames: [rsa, ecdsa]}
)",
     .source = "Istio CRD schema (crd-all.gen.yaml): minItems, maxItems, maxProperties, maxLength"},
    {.id = "WK123",
     .name = "not-base64",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "Bytes that are not base64",
     .why = "The field holds base64 in the standard alphabet, with padding. Text can go into the field string "
            "instead.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - directResponse: {status: 200, body: {bytes: "hello!"}}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - directResponse: {status: 200, body: {bytes: aGVsbG8h}}
)",
     .source = "RFC 4648 section 4; protobuf JSON mapping of bytes"},
    {.id = "WK124",
     .name = "wrong-api-version",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .aliases = "IST0002",
     .summary = "The apiVersion does not serve this kind",
     .why = "The API server knows no such kind in that group and version and refuses the object. Gateway, "
            "VirtualService, DestinationRule and ServiceEntry are in networking.istio.io, versions v1, v1beta1 "
            "and v1alpha3.",
     .bad = R"(apiVersion: networking.istio.io/v1alpha1
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
     .source = "API discovery; Istio CRD schema (crd-all.gen.yaml): versions"},
    {.id = "WK125",
     .name = "old-api-version",
     .severity = Severity::kInfo,
     .on_by_default = false,
     .origin = Origin::kOwn,
     .summary = "An older apiVersion",
     .why = "v1 is served since Istio 1.22; the older versions are the same schema and not deprecated. Off by "
            "default.",
     .bad = R"(apiVersion: networking.istio.io/v1beta1
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
     .source = "Istio 1.22 release notes"},
    {.id = "WK126",
     .name = "unknown-kind",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "The API group has no such kind",
     .why = "The API server refuses the object; istioctl validate accepts it without looking at it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Virtualservice
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .source = "API discovery; Istio CRD schema (crd-all.gen.yaml): names"},
    {.id = "WK127",
     .name = "two-gateway-kinds",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A field of the other Gateway kind",
     .why = "Istio has servers and a selector, the Kubernetes Gateway API has gatewayClassName and listeners. "
            "Choose one API; the two kinds share nothing but the name.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  gatewayClassName: istio
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
     .source = "Istio and Gateway API CRD schemas"},
    {.id = "WK128",
     .name = "no-kind",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "An object without apiVersion or kind",
     .why = "Without both, no tool knows what the document is.",
     .bad = R"(apiVersion: networking.istio.io/v1
metadata:
  name: public
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
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
)",
     .source = "Kubernetes API conventions: types (kinds)"},
    {.id = "WK129",
     .name = "no-name",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "An object without a name",
     .why = "The API server refuses it. generateName works with kubectl create, not with apply.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .source = "Kubernetes API conventions: object names, labels and annotations"},
    {.id = "WK130",
     .name = "invalid-name",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A name that the API server refuses",
     .why = "Names are lower-case letters, digits, - and . with a letter or digit at both ends; names of Services"
            " have no dots and start with a letter.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: My_Routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .source = "Kubernetes API conventions: object names, labels and annotations"},
    {.id = "WK131",
     .name = "invalid-namespace",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A namespace that cannot exist",
     .why = "Namespaces are lower-case letters, digits and -, at most 63.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: team.shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .source = "Kubernetes API conventions: object names, labels and annotations"},
    {.id = "WK132",
     .name = "duplicate-object",
     .severity = Severity::kError,
     .origin = Origin::kOwn,
     .summary = "The same object twice in the input",
     .why = "A cluster holds one of them: the one applied last. The other vanishes without a message. Folders of "
            "alternatives can be checked with --separate.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
---
apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: other-routes
  namespace: shop
spec:
  hosts: [api]
  http:
  - route:
    - destination: {host: api}
)",
     .source = "kubectl apply; Istio analyzers keep the last"},
    {.id = "WK133",
     .name = "unknown-top-field",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "A top-level field that does not exist",
     .why = "An object has apiVersion, kind, metadata, spec and status. The usual cause is a field of spec that "
            "is not indented.",
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
selector: {}
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
     .source = "Istio webhook: checkFields"},
    {.id = "WK134",
     .name = "rejected-annotation",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An annotation that the webhook rejects, or that changes the rules",
     .why = "internal.istio.io annotations belong to the control plane: the webhook rejects some, and route-"
            "semantics and gateway-semantics change how the object is read. istio.io/dry-run works for "
            "AuthorizationPolicy alone.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
  annotations: {internal.istio.io/parents: a}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
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
     .source = "Istio webhook: validateMetadata"},
    {.id = "WK135",
     .name = "no-spec",
     .severity = Severity::kError,
     .origin = Origin::kWebhook,
     .aliases = "IST0106",
     .summary = "An object without a spec",
     .why = "It says nothing; the API server or the webhook refuses it.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
  namespace: shop
spec:
  hosts: [pay.example.org]
  ports:
  - {number: 443, name: tls, protocol: TLS}
  resolution: DNS
)",
     .source = "Istio CRD schema (crd-all.gen.yaml); Istio webhook: empty spec"},
    {.id = "WK136",
     .name = "status-in-manifest",
     .severity = Severity::kInfo,
     .on_by_default = false,
     .origin = Origin::kOwn,
     .summary = "A status in a manifest",
     .why = "The control plane writes it; in a file it is left over from a dump. Off by default.",
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
status: {observedGeneration: 2}
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
     .source = "Kubernetes API conventions: spec and status"},
    {.id = "WK137",
     .name = "invalid-label",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A label or annotation that the API server refuses",
     .why = "Label values are empty or at most 63 letters, digits, -, _ and . with a letter or digit at both "
            "ends; keys may have a DNS name and a slash in front; all annotations together have 256 KiB.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
  labels: {team: "shop & co"}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
  labels: {team: shop-and-co}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
)",
     .source = "Kubernetes API conventions: object names, labels and annotations"},
    {.id = "WK138",
     .name = "no-namespace",
     .severity = Severity::kInfo,
     .on_by_default = false,
     .origin = Origin::kOwn,
     .summary = "No namespace: the default one is assumed",
     .why = "Short names, gateways and delegates are looked up in the namespace of the object. Without one, "
            "kubectl uses that of its context, wicket that of --namespace. Off by default.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
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
     .source = "kubectl: namespace of the context"},
    {.id = "WK139",
     .name = "nothing-to-check",
     .severity = Severity::kInfo,
     .origin = Origin::kOwn,
     .summary = "No object in a file named on the command line",
     .why = "Perhaps the wrong file, or one that a template left empty.",
     .bad = R"(# routes follow next week
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .source = "wicket"},
    {.id = "WK140",
     .name = "surprising-number",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A number that is not what it looks like",
     .why = "Readers of YAML 1.1, kubectl and istioctl among them, take 0443 for octal (291); readers of YAML 1.2"
            " do not. Write decimal digits.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 0443, name: https, protocol: HTTPS}
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
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
)",
     .source = "sigs.k8s.io/yaml (go-yaml v2, a port of libyaml): resolve; YAML 1.2 core schema"},
    {.id = "WK141",
     .name = "unrendered-template",
     .severity = Severity::kError,
     .origin = Origin::kOwn,
     .summary = "A template that was never rendered",
     .why = "Placeholders of Helm, Jinja or envsubst reached the linter. Render first: helm template ... | wicket"
            " lint -",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: ["{{ .Values.host }}"]
  http:
  - route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - route:
    - destination: {host: web}
)",
     .source = "wicket"},
    {.id = "WK142",
     .name = "broken-list",
     .severity = Severity::kError,
     .origin = Origin::kSchema,
     .summary = "A List that is not one",
     .why = "A List has items, each a whole object with apiVersion and kind, and no List inside a List inside it.",
     .bad = R"(apiVersion: v1
kind: List
items:
- metadata: {name: routes, namespace: shop}
)",
     .good = R"(apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Namespace
  metadata: {name: shop}
)",
     .source = "Kubernetes API conventions: lists"},
    {.id = "WK143",
     .name = "invisible-character",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A character that one does not see, or takes for another",
     .why = "Blanks at the ends, no-break and zero-width blanks, curly quotes and foreign letters that look like "
            "Latin ones make a host, a path or a name differ from what it seems to be.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: "http ", protocol: HTTP}
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
     .source = "wicket; Unicode TR 39"},
    {.id = "WK144",
     .name = "merge-collision",
     .severity = Severity::kWarning,
     .origin = Origin::kReader,
     .summary = "A merge key brings a key that is already there",
     .why = "YAML says the explicit key wins; kubectl and istiod go by the order of the lines, so a << below the "
            "key overwrites it; istioctl validate refuses the file. Put << first, or drop one of the two.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - <<: {timeout: 5s}
    timeout: 8s
    route:
    - destination: {host: web}
)",
     .good = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - <<: {name: all}
    timeout: 8s
    route:
    - destination: {host: web}
)",
     .source = "go-yaml v2 decode: merge; UnmarshalStrict"},
    {.id = "WK145",
     .name = "refused-yaml",
     .severity = Severity::kError,
     .origin = Origin::kReader,
     .summary = "YAML that is legal, and that kubectl cannot read",
     .why = "Directives, text behind ---, infinities and lists as keys are YAML, but the reader of Kubernetes "
            "splits at --- and converts to JSON, which has no place for them.",
     .bad = R"(%YAML 1.2
---
apiVersion: networking.istio.io/v1
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
     .good = R"(---
apiVersion: networking.istio.io/v1
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
     .source = "k8s.io/apimachinery YAMLReader; sigs.k8s.io/yaml YAMLToJSON"},
};

}  // namespace wicket::check
