#include "model/decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/edit_distance.h"
#include "model/api_group.h"
#include "model/decoder.h"
#include "model/object_name.h"
#include "model/schema.h"

namespace wicket::model {
namespace {

using yaml::NodeKind;

constexpr std::size_t kMaxAnnotationBytes = 256 * 1024;

class DocumentDecoder {
 public:
  explicit DocumentDecoder(yaml::Document& document) : document_(document), decoder_(document, out_.problems) {}

  Decoded run() && {
    const NodeId root = document_.root;
    if (document_[root].kind != NodeKind::kMapping) {
      out_.foreign = true;
      out_.is_object = false;
      return std::move(out_);
    }
    object(root, Item{});
    return std::move(out_);
  }

 private:
  /// Where an object stands: on its own, or in a list.
  struct Item {
    bool in_list = false;
    Kind typed = Kind::kUnknown;  // of a typed list, whose items may leave out their kind
    bool nested = false;          // inside a List inside a List
  };

  [[nodiscard]] Span first_key(NodeId mapping) const {
    const NodeId first = document_[mapping].first();
    return document_.span(first == NodeId::kNone ? mapping : first);
  }
  [[nodiscard]] std::string_view string_at(NodeId node) const {
    return document_[node].kind == NodeKind::kScalar && !document_.is_null(node) ? document_.text(node)
                                                                                 : std::string_view();
  }

  void object(NodeId root, const Item& item) {
    const NodeId api_node = document_.find(root, "apiVersion");
    const NodeId kind_node = document_.find(root, "kind");
    const std::string_view api_version = string_at(api_node);
    const std::string_view kind_text = string_at(kind_node);
    const bool template_here = (api_node != NodeId::kNone && decoder_.is_template(api_node, api_version, true)) ||
                               (kind_node != NodeId::kNone && decoder_.is_template(kind_node, kind_text, true));
    if (template_here) return;

    if (api_version.empty() || kind_text.empty()) {
      if (item.typed != Kind::kUnknown && kind_text.empty()) {
        read(root, item.typed, api_node, kind_node, Served::kRead);
      } else {
        incomplete(root, item, api_version, kind_text);
      }
      return;
    }
    const Lookup found = look_up(api_version, kind_text);
    switch (found.served) {
      case Served::kForeign:
      case Served::kForeignList:
      case Served::kUnreadIstio:
        out_.foreign = true;
        return;
      case Served::kRead:
        read(root, found.kind, api_node, kind_node, found.served);
        return;
      case Served::kList:
        list(root, found.kind, item);
        return;
      case Served::kOtherGateway:
        other_gateway(root, api_node, kind_node);
        return;
      case Served::kRemovedApi:
        complain(ProblemKind::kRemovedApi, api_node, found, root, kind_node);
        return;
      case Served::kUnknownKind:
        complain(ProblemKind::kUnknownKind, kind_node, found, root, kind_node);
        return;
      case Served::kUnknownVersion:
      case Served::kUnknownGroup: {
        const auto problem =
            found.served == Served::kUnknownVersion ? ProblemKind::kUnknownVersion : ProblemKind::kUnknownGroup;
        if (found.kind == Kind::kUnknown) return complain(problem, api_node, found, root, kind_node);
        read(root, found.kind, api_node, kind_node, found.served, found.suggestion);
        return;
      }
    }
  }

  void incomplete(NodeId root, const Item& item, std::string_view api_version, std::string_view kind) {
    if (item.in_list) {
      decoder_.report(ProblemKind::kListItemWithoutKind, root, first_key(root));
      return;
    }
    const bool object_like =
        document_.find(root, "metadata") != NodeId::kNone || document_.find(root, "spec") != NodeId::kNone;
    const bool ours = api_version.find("istio.io") != std::string_view::npos || is_istio(kind_from(kind));
    if (!object_like && !ours) {
      out_.foreign = true;
      out_.is_object = !api_version.empty() || !kind.empty();
      return;
    }
    Problem& problem = decoder_.report(kind.empty() ? ProblemKind::kNoKind : ProblemKind::kNoApiVersion, NodeId::kNone,
                                       first_key(root));
    problem.text = api_version.empty() && kind.empty() ? "apiVersion and no kind"
                   : kind.empty()                      ? "kind"
                                                       : "apiVersion";
  }

  void complain(ProblemKind kind, NodeId at, const Lookup& found, NodeId root, NodeId kind_node) {
    Resource& resource = out_.resources.emplace_back();
    resource.document = &document_;
    resource.root = root;
    resource.kind_text = {string_at(kind_node), kind_node, true};
    decoder_.set_resource(static_cast<std::int32_t>(out_.resources.size()) - 1);
    name_of(root, resource);
    Problem& problem = decoder_.report(kind, at);
    problem.text = document_.text(at);
    problem.hint = found.suggestion;
    decoder_.set_resource(-1);
  }

  /// Name and namespace without judging them, for objects that are only named.
  void name_of(NodeId root, Resource& resource) {
    const NodeId metadata = document_.find(root, "metadata");
    const NodeId name = document_.find(metadata, "name");
    const NodeId ns = document_.find(metadata, "namespace");
    resource.metadata.node = metadata;
    resource.metadata.name = {string_at(name), name, true};
    resource.metadata.ns = {string_at(ns), ns, true};
  }

  void other_gateway(NodeId root, NodeId api_node, NodeId kind_node) {
    const NodeId spec = document_.find(root, "spec");
    bool any = false;
    for (const std::string_view key : {"servers", "selector"}) {
      const NodeId value = document_.find(spec, key);
      if (value == NodeId::kNone) continue;
      if (!any) {
        Resource& resource = out_.resources.emplace_back();
        resource.document = &document_;
        resource.root = root;
        resource.api_version = {string_at(api_node), api_node, true};
        resource.kind_text = {string_at(kind_node), kind_node, true};
        name_of(root, resource);
        decoder_.set_resource(static_cast<std::int32_t>(out_.resources.size()) - 1);
        any = true;
      }
      Problem& problem = decoder_.report(ProblemKind::kOtherGatewayApi, value, document_.key_span(value));
      problem.text = key;
      problem.hint = "an Istio Gateway";
    }
    decoder_.set_resource(-1);
    if (!any) read(root, Kind::kKubernetesGateway, api_node, kind_node, Served::kRead);
  }

  void list(NodeId root, Kind typed, const Item& item) {
    if (item.in_list && item.nested) {
      decoder_.report(ProblemKind::kNestedList, root, first_key(root));
      return;
    }
    const NodeId items = document_.find(root, "items");
    if (items == NodeId::kNone || document_[items].kind != NodeKind::kSequence) {
      Problem& problem = decoder_.report(ProblemKind::kListWithoutItems, items,
                                         items == NodeId::kNone ? first_key(root) : document_.span(items));
      problem.text = items == NodeId::kNone ? "has no items" : "needs a list of items";
      return;
    }
    for (NodeId key = document_[root].first(); key != NodeId::kNone; key = document_[document_[key].next()].next()) {
      const std::string_view name = document_.text(key);
      if (name == "apiVersion" || name == "kind" || name == "metadata" || name == "items") continue;
      Problem& problem = decoder_.report(ProblemKind::kUnknownTopLevel, document_[key].next(), document_.span(key));
      problem.text = name;
    }
    for (NodeId at = document_[items].first(); at != NodeId::kNone; at = document_[at].next()) {
      if (document_[at].kind == NodeKind::kMapping) {
        object(at, {.in_list = true, .typed = typed, .nested = item.in_list});
      } else {
        decoder_.report(ProblemKind::kListItemWithoutKind, at);
      }
    }
  }

  void read(NodeId root, Kind kind, NodeId api_node, NodeId kind_node, Served served,
            std::string_view suggestion = {}) {
    const auto index = static_cast<std::int32_t>(out_.resources.size());
    out_.resources.emplace_back();
    Resource resource;
    resource.document = &document_;
    resource.root = root;
    resource.kind = kind;
    resource.api_version = {string_at(api_node), api_node, api_node != NodeId::kNone};
    resource.kind_text = {string_at(kind_node), kind_node, kind_node != NodeId::kNone};
    decoder_.set_resource(index);
    if (served == Served::kUnknownVersion || served == Served::kUnknownGroup) {
      Problem& problem = decoder_.report(
          served == Served::kUnknownVersion ? ProblemKind::kUnknownVersion : ProblemKind::kUnknownGroup, api_node);
      problem.text = document_.text(api_node);
      problem.hint = suggestion;
    } else if (is_istio(kind) && api_node != NodeId::kNone && !string_at(api_node).ends_with("/v1")) {
      decoder_.report(ProblemKind::kOldVersion, api_node).text = document_.text(api_node);
    }
    metadata(root, kind_node, resource);
    if (is_istio(kind)) {
      istio_spec(root, resource);
    } else {
      kubernetes_spec(root, resource);
    }
    out_.resources[static_cast<std::size_t>(index)] = std::move(resource);
    decoder_.set_resource(-1);
  }

  void metadata(NodeId root, NodeId kind_node, Resource& resource) {
    const NodeId node = document_.find(root, "metadata");
    ObjectMeta& meta = resource.metadata;
    if (node == NodeId::kNone || document_.is_null(node)) {
      decoder_.report(ProblemKind::kNoName, kind_node == NodeId::kNone ? root : kind_node,
                      kind_node == NodeId::kNone ? first_key(root) : document_.span(kind_node));
      return;
    }
    meta.node = node;
    if (!decoder_.message(metadata_type(), node, &meta)) return;
    names(resource);
    for (const auto& label : meta.labels) {
      if (!is_qualified_name(label.key)) key_problem(ProblemKind::kBadLabelKey, label.key_node, label.value.node);
      if (label.value.valid && !is_label_value(*label.value))
        decoder_.report(ProblemKind::kBadLabelValue, label.value.node).text = *label.value;
    }
    std::size_t bytes = 0;
    for (const auto& annotation : meta.annotations) {
      bytes += annotation.key.size() + annotation.value->size();
      std::string lower(annotation.key);
      std::ranges::transform(lower, lower.begin(),
                             [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      if (!is_qualified_name(lower))
        key_problem(ProblemKind::kBadAnnotationKey, annotation.key_node, annotation.value.node);
      if (is_istio(resource.kind)) istio_annotation(annotation);
    }
    if (bytes > kMaxAnnotationBytes)
      decoder_
          .report(ProblemKind::kAnnotationsTooLarge, meta.annotations.node, document_.key_span(meta.annotations.node))
          .text = std::to_string(bytes);
  }

  void key_problem(ProblemKind kind, NodeId key, NodeId value) {
    decoder_.report(kind, value, document_.span(key)).text = document_.text(key);
  }

  void istio_annotation(const MapEntry<Text>& annotation) {
    constexpr std::array kRejected = {
        std::string_view("istio.io/dry-run"), std::string_view("internal.istio.io/webhook-always-reject"),
        std::string_view("internal.istio.io/parents"), std::string_view("internal.istio.io/parent-namespace")};
    if (std::ranges::find(kRejected, annotation.key) != kRejected.end()) {
      key_problem(ProblemKind::kRejectedAnnotation, annotation.key_node, annotation.value.node);
    } else if (annotation.key == "internal.istio.io/route-semantics" ||
               annotation.key == "internal.istio.io/gateway-semantics") {
      key_problem(ProblemKind::kSemanticsAnnotation, annotation.key_node, annotation.value.node);
    }
  }

  void names(Resource& resource) {
    ObjectMeta& meta = resource.metadata;
    if (!meta.name.present() || (meta.name.valid && meta.name->empty())) {
      meta.name.valid = false;
      if (!meta.generate_name.present()) {
        const NodeId key = document_.key_of(meta.node);
        decoder_.report(ProblemKind::kNoName, meta.node, document_.span(key));
      } else {
        decoder_.report(ProblemKind::kGeneratedName, meta.generate_name.node,
                        document_.key_span(meta.generate_name.node));
      }
    } else if (meta.name.valid) {
      const bool service = resource.kind == Kind::kService;
      const bool label = resource.kind == Kind::kNamespace;
      const bool good = service ? is_dns1035_label(*meta.name)
                        : label ? is_dns_label(*meta.name)
                                : is_dns_subdomain(*meta.name);
      if (!good) {
        Problem& problem = decoder_.report(ProblemKind::kBadName, meta.name.node);
        problem.text = *meta.name;
        problem.hint = service ? "a letter first, then lower-case letters, digits and `-`, at most 63"
                       : label ? "lower-case letters, digits and `-`, at most 63"
                               : "lower-case letters, digits, `-` and `.`, at most 253, a letter or digit at both ends";
      }
    }
    if (resource.kind == Kind::kNamespace) {
      if (meta.ns.present())
        decoder_.report(ProblemKind::kNamespaceOnClusterScoped, meta.ns.node, document_.key_span(meta.ns.node));
    } else if (!meta.ns.present()) {
      const NodeId key = document_.key_of(meta.node);
      decoder_.report(ProblemKind::kNoNamespace, meta.node, document_.span(key));
    } else if (meta.ns.valid && !is_dns_label(*meta.ns)) {
      decoder_.report(ProblemKind::kBadNamespace, meta.ns.node).text = *meta.ns;
    }
  }

  void istio_spec(NodeId root, Resource& resource) {
    const TypeInfo* type = nullptr;
    void* target = nullptr;
    switch (resource.kind) {
      case Kind::kGateway:
        type = &gateway_type();
        target = &resource.spec.emplace<Gateway>();
        break;
      case Kind::kVirtualService:
        type = &virtual_service_type();
        target = &resource.spec.emplace<VirtualService>();
        break;
      case Kind::kDestinationRule:
        type = &destination_rule_type();
        target = &resource.spec.emplace<DestinationRule>();
        break;
      case Kind::kServiceEntry:
        type = &service_entry_type();
        target = &resource.spec.emplace<ServiceEntry>();
        break;
      case Kind::kService:
      case Kind::kPod:
      case Kind::kDeployment:
      case Kind::kDaemonSet:
      case Kind::kStatefulSet:
      case Kind::kReplicaSet:
      case Kind::kRollout:
      case Kind::kSecret:
      case Kind::kNamespace:
      case Kind::kKubernetesGateway:
      case Kind::kRequestAuthentication:
      case Kind::kCertificate:
      case Kind::kExternalSecret:
      case Kind::kSealedSecret:
      case Kind::kUnknown:
        return;
    }
    for (NodeId key = document_[root].first(); key != NodeId::kNone; key = document_[document_[key].next()].next()) {
      const std::string_view name = document_.text(key);
      if (name == "apiVersion" || name == "kind" || name == "metadata" || name == "spec") continue;
      const NodeId value = document_[key].next();
      if (name == "status") {
        const bool empty = document_.is_null(value) ||
                           (document_[value].kind == NodeKind::kMapping && document_[value].first() == NodeId::kNone);
        if (!empty) decoder_.report(ProblemKind::kStatus, value, document_.span(key));
        continue;
      }
      if (document_[key].kind != NodeKind::kScalar || document_.is_null(key)) continue;
      Problem& problem = decoder_.report(ProblemKind::kUnknownTopLevel, value, document_.span(key));
      problem.text = name;
      constexpr std::array<std::string_view, 4> kTop = {"apiVersion", "kind", "metadata", "spec"};
      if (type->find(name) != nullptr) {
        problem.hint = "spec." + std::string(name);
      } else if (const auto suggestion = nearest(name, kTop)) {
        problem.hint = *suggestion;
      }
    }
    const NodeId spec = document_.find(root, "spec");
    resource.spec_node = spec;
    const bool empty = spec == NodeId::kNone || document_.is_null(spec) ||
                       (document_[spec].kind == NodeKind::kMapping && document_[spec].first() == NodeId::kNone);
    if (empty) {
      const NodeId at = resource.kind_text.present() ? resource.kind_text.node : root;
      decoder_.report(ProblemKind::kNoSpec, at);
      resource.spec = std::monostate{};
      return;
    }
    if (resource.kind == Kind::kGateway && foreign_gateway_fields(spec)) {
      resource.spec = std::monostate{};
      return;
    }
    const bool read = std::visit(
        [&](auto& typed) {
          if constexpr (requires { typed.node; }) typed.node = spec;
          return decoder_.message(*type, spec, target);
        },
        resource.spec);
    if (!read) resource.spec = std::monostate{};
  }

  /// Fields of the Kubernetes Gateway API under an Istio Gateway; true when there are any.
  bool foreign_gateway_fields(NodeId spec) {
    bool any = false;
    for (NodeId key = document_[spec].first(); key != NodeId::kNone && document_[spec].kind == NodeKind::kMapping;
         key = document_[document_[key].next()].next()) {
      const std::string_view name = document_.text(key);
      if (name != "gatewayClassName" && name != "listeners" && name != "addresses") continue;
      Problem& problem = decoder_.report(ProblemKind::kOtherGatewayApi, document_[key].next(), document_.span(key));
      problem.text = name;
      problem.hint = "the Kubernetes Gateway API";
      any = true;
    }
    return any;
  }

  void kubernetes_spec(NodeId root, Resource& resource) {
    const NodeId spec = document_.find(root, "spec");
    resource.spec_node = spec;
    switch (resource.kind) {
      case Kind::kService: {
        Service& service = resource.spec.emplace<Service>();
        service.node = spec;
        if (is_mapping(spec)) static_cast<void>(decoder_.message(service_type(), spec, &service));
        break;
      }
      case Kind::kSecret: {
        Secret& secret = resource.spec.emplace<Secret>();
        secret.node = root;
        static_cast<void>(decoder_.message(secret_type(), root, &secret));
        break;
      }
      case Kind::kNamespace:
        resource.spec.emplace<Namespace>().node = root;
        break;
      case Kind::kKubernetesGateway: {
        KubernetesGateway& gateway = resource.spec.emplace<KubernetesGateway>();
        gateway.node = spec;
        if (is_mapping(spec)) static_cast<void>(decoder_.message(kubernetes_gateway_type(), spec, &gateway));
        break;
      }
      case Kind::kRequestAuthentication: {
        RequestAuthentication& policy = resource.spec.emplace<RequestAuthentication>();
        policy.node = spec;
        if (is_mapping(spec)) static_cast<void>(decoder_.message(request_authentication_type(), spec, &policy));
        break;
      }
      case Kind::kCertificate:
        secret_source(resource, {"secretName"}, "");
        break;
      case Kind::kExternalSecret:
        secret_source(resource, {"target", "name"}, resource.name());
        break;
      case Kind::kSealedSecret:
        secret_source(resource, {"template", "metadata", "name"}, resource.name());
        break;
      case Kind::kPod: {
        Workload& workload = resource.spec.emplace<Workload>();
        workload.node = spec;
        workload.labels.copy(resource.metadata.labels);
        PodSpec pod;
        if (is_mapping(spec)) static_cast<void>(decoder_.message(pod_spec_type(), spec, &pod));
        workload.containers = std::move(pod.containers);
        break;
      }
      case Kind::kDeployment:
      case Kind::kDaemonSet:
      case Kind::kStatefulSet:
      case Kind::kReplicaSet:
      case Kind::kRollout: {
        Workload& workload = resource.spec.emplace<Workload>();
        workload.node = spec;
        WorkloadSpec controller;
        if (is_mapping(spec)) static_cast<void>(decoder_.message(workload_spec_type(), spec, &controller));
        if (controller.pod_template == nullptr) break;
        if (controller.pod_template->metadata) workload.labels = std::move(controller.pod_template->metadata->labels);
        if (controller.pod_template->spec) workload.containers = std::move(controller.pod_template->spec->containers);
        break;
      }
      case Kind::kGateway:
      case Kind::kVirtualService:
      case Kind::kDestinationRule:
      case Kind::kServiceEntry:
      case Kind::kUnknown:
        break;
    }
  }

  /// An object that has a Secret made: its name stands at a path below spec, else it is `by_default`.
  void secret_source(Resource& resource, std::initializer_list<std::string_view> path, std::string_view by_default) {
    NodeId at = resource.spec_node;
    for (const std::string_view key : path) at = is_mapping(at) ? document_.find(at, key) : NodeId::kNone;
    const std::string_view written = string_at(at);
    SecretSource& source = resource.spec.emplace<SecretSource>();
    source.node = resource.spec_node;
    source.secret = written.empty() ? by_default : written;
  }

  [[nodiscard]] bool is_mapping(NodeId node) const { return document_[node].kind == NodeKind::kMapping; }

  yaml::Document& document_;
  Decoded out_;
  Decoder decoder_;
};

}  // namespace

std::string_view Resource::ns(std::string_view assumed) const {
  if (kind == Kind::kNamespace) return {};
  return metadata.ns->empty() ? assumed : *metadata.ns;
}

Decoded decode(yaml::Document& document) { return DocumentDecoder(document).run(); }

}  // namespace wicket::model
