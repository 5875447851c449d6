// One object of the input: what it is, where it stands, and its typed content.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <variant>

#include "model/destination_rule.h"
#include "model/gateway.h"
#include "model/kubernetes.h"
#include "model/service_entry.h"
#include "model/spanned.h"
#include "model/virtual_service.h"
#include "yaml/node.h"

namespace wicket::model {

enum class Kind : std::uint8_t {
  kGateway,
  kVirtualService,
  kDestinationRule,
  kServiceEntry,
  kService,
  kPod,
  kDeployment,
  kDaemonSet,
  kStatefulSet,
  kReplicaSet,
  kRollout,
  kSecret,
  kNamespace,
  kKubernetesGateway,      // Gateway of gateway.networking.k8s.io
  kRequestAuthentication,  // of security.istio.io
  kCertificate,            // of cert-manager.io, and others that have a Secret made
  kExternalSecret,
  kSealedSecret,
  kUnknown,  // an Istio kind that is misspelt or not served: reported, never used
};

/// "VirtualService"; empty for kUnknown.
[[nodiscard]] std::string_view kind_name(Kind kind);
/// Gateway, VirtualService, DestinationRule and ServiceEntry.
[[nodiscard]] bool is_istio(Kind kind);

/// What wicket reads of metadata.
struct ObjectMeta {
  NodeId node{};
  Text name;
  Text generate_name;
  Text ns;
  TextMap labels;
  TextMap annotations;
  Text creation_timestamp;
};

using Spec = std::variant<std::monostate, Gateway, VirtualService, DestinationRule, ServiceEntry, Service, Workload,
                          Secret, Namespace, KubernetesGateway, RequestAuthentication, SecretSource>;

/// One object. `document` holds its nodes; `root` is the object's mapping, which inside a List is an item.
struct Resource {
  const yaml::Document* document = nullptr;
  NodeId root{};
  Kind kind = Kind::kUnknown;
  Text api_version;  // present() is false for an item of a typed list that leaves it out
  Text kind_text;
  ObjectMeta metadata;
  NodeId spec_node{};
  Spec spec;

  /// The name; empty when missing or unsound.
  [[nodiscard]] std::string_view name() const { return *metadata.name; }
  /// The namespace, `assumed` when the object names none. Cluster-scoped kinds have an empty one.
  [[nodiscard]] std::string_view ns(std::string_view assumed) const;
  [[nodiscard]] Span span(NodeId node) const { return document->span(node); }
};

}  // namespace wicket::model
