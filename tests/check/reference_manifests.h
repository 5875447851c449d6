// Manifests for the tests of references, and what is said about them.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "check/rule.h"
#include "support/catch.h"
#include "support/lint.h"

namespace wicket::check::manifests {

/// The findings on one line, with their levels: "WK401 error spec.gateways[0]".
inline std::string told(const std::vector<std::string>& documents) {
  const test::Linted linted = test::lint_text(fmt::format("{}", fmt::join(documents, "---\n")));
  const std::vector<std::string> findings = linted.findings();
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < findings.size(); ++i)
    lines.push_back(fmt::format("{} {}", severity_name(linted.result.diagnostics[i].severity), findings[i]));
  return fmt::format("{}", fmt::join(lines, ", "));
}

inline const std::string kClosed = "# lint --closed-world\n";

inline std::string object(std::string_view api, std::string_view kind, std::string_view name, std::string_view ns,
                          std::string_view rest) {
  return fmt::format("apiVersion: {}\nkind: {}\nmetadata: {{name: {}, namespace: {}}}\n{}\n", api, kind, name, ns,
                     rest);
}
inline std::string gateway(std::string_view name, std::string_view ns, std::string_view hosts) {
  return object("networking.istio.io/v1", "Gateway", name, ns,
                fmt::format("spec: {{selector: {{istio: ingressgateway}}, servers: [{{port: {{number: 80, name: http, "
                            "protocol: HTTP}}, hosts: [{}]}}]}}",
                            hosts));
}
inline std::string service(std::string_view name, std::string_view ns,
                           std::string_view fields = "ports: [{name: http, port: 80}]") {
  return object("v1", "Service", name, ns, fmt::format("spec: {{{}}}", fields));
}
inline std::string entry(std::string_view name, std::string_view ns, std::string_view fields) {
  return object(
      "networking.istio.io/v1", "ServiceEntry", name, ns,
      fmt::format("spec: {{resolution: DNS, ports: [{{number: 443, name: tls, protocol: TLS}}], {}}}", fields));
}
inline std::string rule(std::string_view name, std::string_view ns, std::string_view fields) {
  return object("networking.istio.io/v1", "DestinationRule", name, ns, fmt::format("spec: {{{}}}", fields));
}
inline std::string routes(std::string_view name, std::string_view ns, std::string_view fields) {
  return object("networking.istio.io/v1", "VirtualService", name, ns, fmt::format("spec: {{{}}}", fields));
}

/// Routes everything to one destination.
inline std::string to(std::string_view destination) {
  return fmt::format("http: [{{route: [{{destination: {{{}}}}}]}}]", destination);
}

struct Case {
  const char* name;
  std::vector<std::string> documents;
  std::string want;
};

inline void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(told(c.documents) == c.want);
  }
}

}  // namespace wicket::check::manifests
