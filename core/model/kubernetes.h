// Kubernetes kinds that are read for look-ups only: the fields that checks and the engine ask for.
#pragma once

#include <cstdint>
#include <string>

#include "model/spanned.h"

namespace wicket::model {

/// A port by number or by name.
struct IntOrName {
  std::uint32_t number = 0;  // 0: by name
  std::string_view name;
};

struct K8sServicePort {
  NodeId node{};
  Text name;
  Text protocol;
  Text app_protocol;
  Spanned<std::uint32_t> port;
  Spanned<IntOrName> target_port;
  Spanned<std::uint32_t> node_port;
};

/// core/v1 Service.
struct Service {
  NodeId node{};
  Text type;
  Text cluster_ip;
  Text external_name;
  TextMap selector;
  List<K8sServicePort> ports;
};

struct ContainerPort {
  NodeId node{};
  Text name;
  Text protocol;
  Spanned<std::uint32_t> container_port;
};

struct Container {
  NodeId node{};
  Text name;
  Text image;
  List<ContainerPort> ports;
};

struct PodSpec {
  NodeId node{};
  List<Container> containers;
};

/// Labels of a pod template, or of a Pod itself.
struct PodMetadata {
  NodeId node{};
  TextMap labels;
};

struct PodTemplate {
  NodeId node{};
  Box<PodMetadata> metadata;
  Box<PodSpec> spec;
};

/// spec of Deployment, DaemonSet, StatefulSet, ReplicaSet and Rollout.
struct WorkloadSpec {
  NodeId node{};
  Box<PodTemplate> pod_template;
};

/// Pods that run somewhere: a Pod, or the template of a controller.
struct Workload {
  NodeId node{};
  TextMap labels;  // of the pods
  List<Container> containers;
};

/// Secret. Values of `data` are base64 text as written.
struct Secret {
  NodeId node{};
  Text type;
  TextMap data;
  TextMap string_data;
};

/// gateway.networking.k8s.io Gateway.
struct K8sListener {
  NodeId node{};
  Text hostname;  // absent: every host
};
struct KubernetesGateway {
  NodeId node{};
  List<K8sListener> listeners;
};

/// security.istio.io RequestAuthentication: whom it is for.
struct PodSelector {
  NodeId node{};
  TextMap match_labels;
};
struct RequestAuthentication {
  NodeId node{};
  Box<PodSelector> selector;  // absent: all pods of the namespace
};

/// What makes a Secret in the cluster: Certificate, ExternalSecret, SealedSecret.
struct SecretSource {
  NodeId node{};
  std::string_view secret;  // name of the Secret, in the namespace of this object; may be empty
};

/// Namespace: its name and labels are all in the metadata.
struct Namespace {
  NodeId node{};
};

}  // namespace wicket::model
