// One document ▸ the objects in it.
#pragma once

#include <vector>

#include "model/problem.h"
#include "model/resource.h"
#include "yaml/node.h"

namespace wicket::model {

/// What a document held. An object of a foreign kind, a Helm values file and the like are `foreign` and hold nothing.
struct Decoded {
  std::vector<Resource> resources;
  std::vector<Problem> problems;
  bool foreign = false;
  bool is_object = true;  // false: neither kind nor apiVersion, a list or a scalar: no Kubernetes object at all
};

/// Finds the objects of a document (one, or the items of a List) and decodes those of the kinds that wicket reads.
/// `document` must have a root and must outlive the result.
/// Source: what the API server's CRD schemas and Istio's validation accept; see docs/behaviour.md.
[[nodiscard]] Decoded decode(yaml::Document& document);

}  // namespace wicket::model
