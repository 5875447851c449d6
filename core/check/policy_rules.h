// WK0xx: what is said to wicket itself. The facts; what is said about each case is in policy.cc.
#pragma once

#include "check/rule.h"

namespace wicket::check {

inline constexpr RuleInfo kPolicyRules[] = {
    {.id = "WK001",
     .name = "unused-suppression",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A comment silences a finding that is not there",
     .why = "A wicket:ignore comment speaks for its own line, or, standing alone, for the next line that is no "
            "comment. One that matches nothing has lost its finding, or stands in the wrong place; left behind, it "
            "would silence the next fault of that line. Remove it, or move it to the line of the finding.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  # wicket:ignore malformed-duration -- the legacy client needs it
  - timeout: 5s
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
     .source = "wicket"},
    {.id = "WK002",
     .name = "unknown-code",
     .severity = Severity::kWarning,
     .origin = Origin::kOwn,
     .summary = "A comment or the settings name a check that does not exist",
     .why = "Nothing is silenced and no level is changed by a code that no check has. Ids (WK506), names "
            "(unknown-field), prefixes (WK5) and codes of other tools (IST0132) are understood; `wicket rules --all` "
            "lists them.",
     .bad = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: routes
  namespace: shop
spec:
  hosts: [web]
  http:
  - timeout: 5s  # wicket:ignore malformed-durations
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
  - timeout: 1d  # wicket:ignore malformed-duration -- an example
    route:
    - destination: {host: web}
)",
     .source = "wicket"},
    {.id = "WK003",
     .name = "stale-baseline-entry",
     .severity = Severity::kInfo,
     .origin = Origin::kOwn,
     .summary = "The baseline lists a finding that is gone",
     .why = "The fault was repaired, or its object was renamed. An entry that stays would silence the same fault "
            "when it comes back; write the baseline anew with --write-baseline.",
     .bad = R"({
  "schemaVersion": 1,
  "findings": [
    {"code": "WK117", "file": "test.yaml", "resource": "VirtualService shop/routes", "path": "spec.http[0].timeout",
     "fingerprint": "0123456789abcdef"}
  ]
}
)",
     .good = R"({"schemaVersion": 1, "findings": []}
)",
     .source = "wicket"},
};

}  // namespace wicket::check
