// Who runs the gateways of an input.
#include "rules/gateway_workloads.h"

#include <fmt/format.h>

#include <string>

#include "support/catch.h"
#include "support/workspace.h"

namespace wicket::rules {
namespace {

std::string gateway(std::string_view name, std::string_view selector) {
  return fmt::format(R"(---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {{name: {}, namespace: shop}}
spec:
  selector: {{{}}}
  servers:
  - port: {{number: 80, name: http, protocol: HTTP}}
    hosts: [shop.example.com]
)",
                     name, selector);
}

std::string deployment(std::string_view name, std::string_view ns, std::string_view labels) {
  return fmt::format(R"(---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {}, namespace: {}}}
spec: {{template: {{metadata: {{labels: {{{}}}}}}}}}
)",
                     name, ns, labels);
}

/// "istio-system{app=a}: g h | edge{app=b}: i"; a star behind the namespace where the input has the pods.
std::string workloads_of(const std::string& yaml, const MeshSettings& mesh = {},
                         const std::vector<Workload>& known = {}) {
  const load::Loaded loaded = test::load_yaml(yaml);
  std::string text;
  for (const GatewayWorkload& found : gateway_workloads(*loaded.workspace, mesh, known)) {
    std::string labels;
    for (const auto& [key, value] : found.workload.labels)
      labels += fmt::format("{}{}={}", labels.empty() ? "" : ",", key, value);
    text += fmt::format("{}{}{}{{{}}}:", text.empty() ? "" : " | ", found.workload.ns,
                        found.pods != nullptr ? "*"
                        : found.is_known      ? "+"
                                              : "",
                        labels);
    for (const model::Resource* resource : found.gateways) text += fmt::format(" {}", resource->name());
  }
  return text;
}

TEST_CASE("workloads are what Gateways select") {
  const std::string usual = "app=istio-ingressgateway,istio=ingressgateway";
  MeshSettings scoped;
  scoped.scope_gateways_to_namespace = true;
  struct Case {
    const char* name;
    std::string yaml;
    std::string want;
    MeshSettings mesh{};
    std::vector<Workload> known{};
  };
  const Case cases[] = {
      {"no Gateway, no workload", deployment("a", "istio-system", "istio: ingressgateway"), ""},
      {"the default one needs no manifest", gateway("g", "istio: ingressgateway"),
       fmt::format("istio-system{{{}}}: g", usual)},
      {"another selector stands for pods elsewhere", gateway("g", "istio: edge"), "istio-system{istio=edge}: g"},
      {"with scoping they are in the namespace of the Gateway", gateway("g", "istio: edge"), "shop{istio=edge}: g",
       scoped},
      {"pods of the input", gateway("g", "istio: edge") + deployment("a", "edge", "istio: edge, app: a"),
       "edge*{app=a,istio=edge}: g"},
      {"pods of the input that another selector finds as well",
       gateway("g", "istio: edge") + gateway("h", "app: a") + deployment("a", "edge", "istio: edge, app: a"),
       "edge*{app=a,istio=edge}: g h"},
      {"equal pods count once",
       gateway("g", "istio: edge") + deployment("a", "edge", "istio: edge, v: a") +
           deployment("b", "edge", "istio: edge, v: b"),
       "edge*{istio=edge,v=a}: g"},
      {"equal pods of two namespaces count twice",
       gateway("g", "istio: edge") + deployment("a", "edge", "istio: edge") + deployment("b", "rim", "istio: edge"),
       "edge*{istio=edge}: g | rim*{istio=edge}: g"},
      {"two selectors, two workloads", gateway("g", "istio: edge") + gateway("h", "istio: ingressgateway"),
       fmt::format("istio-system{{istio=edge}}: g | istio-system{{{}}}: h", usual)},
      {"all labels have to fit",
       gateway("g", "istio: edge, tier: outer") + deployment("a", "edge", "istio: edge, tier: inner"),
       "istio-system{istio=edge,tier=outer}: g"},
      {"a Gateway without selector is everywhere", gateway("g", "") + gateway("h", "istio: edge"),
       "istio-system{istio=edge}: g h"},
      {"alone it is at the default gateway", gateway("g", ""), fmt::format("istio-system{{{}}}: g", usual)},
      {"pods that are known",
       gateway("g", "istio: edge"),
       "rim+{istio=edge,v=1}: g",
       {},
       {{.ns = "rim", .labels = {{"v", "1"}, {"istio", "edge"}}}}},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(workloads_of(c.yaml, c.mesh, c.known) == c.want);
  }
}

}  // namespace
}  // namespace wicket::rules
