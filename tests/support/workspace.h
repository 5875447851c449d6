// Manifests from strings, through the real loader; and short ways to write them.
#pragma once

#include <string>
#include <string_view>

#include "load/load.h"
#include "model/workspace.h"

namespace wicket::test {

/// What the loader makes of one file "test.yaml" with these bytes.
[[nodiscard]] load::Loaded load_yaml(std::string_view yaml, const model::WorkspaceOptions& options = {});

struct Named {
  std::string_view name;
  std::string_view ns;
};

/// A Gateway for the default ingress gateway. `servers` is a list in flow style.
[[nodiscard]] std::string gateway(std::string_view servers, const Named& named = {"gw", "istio-system"});

/// A Gateway with one plaintext HTTP server on port 80 for these hosts, a list in flow style.
[[nodiscard]] std::string http_gateway(std::string_view hosts = "['*']", const Named& named = {"gw", "istio-system"});

/// A VirtualService. `spec` is what stands inside the braces of a mapping in flow style; it is bound to istio-system/gw
/// unless it says otherwise.
[[nodiscard]] std::string virtual_service(std::string_view spec, const Named& named = {"v", "default"});

/// A VirtualService of host a.io with these http rules, a list in flow style.
[[nodiscard]] std::string http_rules(std::string_view rules, const Named& named = {"v", "default"});

/// A Service with these ports, a list in flow style.
[[nodiscard]] std::string service(const Named& named, std::string_view ports = "[{name: http, port: 80}]");

}  // namespace wicket::test
