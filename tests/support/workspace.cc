#include "support/workspace.h"

#include <fmt/format.h>

#include <sstream>

#include "base/file_reader.h"

namespace wicket::test {

load::Loaded load_yaml(std::string_view yaml, const model::WorkspaceOptions& options) {
  MemoryReader reader;
  reader.add("test.yaml", std::string(yaml));
  std::istringstream nothing;
  return load::load({.paths = {"test.yaml"}, .threads = 1, .workspace = options}, reader, nothing);
}

std::string gateway(std::string_view servers, const Named& named) {
  return fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: {}, namespace: {}}}\n"
      "spec: {{selector: {{istio: ingressgateway}}, servers: {}}}\n---\n",
      named.name, named.ns, servers);
}

std::string http_gateway(std::string_view hosts, const Named& named) {
  return gateway(fmt::format("[{{port: {{number: 80, name: http, protocol: HTTP}}, hosts: {}}}]", hosts), named);
}

std::string virtual_service(std::string_view spec, const Named& named) {
  const bool is_bound = spec.starts_with("gateways: ");
  return fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: {}, namespace: {}}}\n"
      "spec: {{{}{}}}\n---\n",
      named.name, named.ns, is_bound ? "" : "gateways: [istio-system/gw], ", spec);
}

std::string http_rules(std::string_view rules, const Named& named) {
  return virtual_service(fmt::format("hosts: [a.io], http: {}", rules), named);
}

std::string service(const Named& named, std::string_view ports) {
  return fmt::format("apiVersion: v1\nkind: Service\nmetadata: {{name: {}, namespace: {}}}\nspec: {{ports: {}}}\n---\n",
                     named.name, named.ns, ports);
}

}  // namespace wicket::test
