#include "model/api_group.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "base/edit_distance.h"

namespace wicket::model {
namespace {

constexpr std::string_view kNetworking = "networking.istio.io";

struct IstioKind {
  std::string_view group;
  std::string_view kind;
  std::string_view versions;  // blank-separated
};
constexpr IstioKind kIstioKinds[] = {
    {kNetworking, "Gateway", "v1 v1beta1 v1alpha3"},
    {kNetworking, "VirtualService", "v1 v1beta1 v1alpha3"},
    {kNetworking, "DestinationRule", "v1 v1beta1 v1alpha3"},
    {kNetworking, "ServiceEntry", "v1 v1beta1 v1alpha3"},
    {kNetworking, "Sidecar", "v1 v1beta1 v1alpha3"},
    {kNetworking, "WorkloadEntry", "v1 v1beta1 v1alpha3"},
    {kNetworking, "WorkloadGroup", "v1 v1beta1 v1alpha3"},
    {kNetworking, "EnvoyFilter", "v1alpha3"},
    {kNetworking, "ProxyConfig", "v1beta1"},
    {"security.istio.io", "AuthorizationPolicy", "v1 v1beta1"},
    {"security.istio.io", "PeerAuthentication", "v1 v1beta1"},
    {"security.istio.io", "RequestAuthentication", "v1 v1beta1"},
    {"telemetry.istio.io", "Telemetry", "v1 v1alpha1"},
    {"extensions.istio.io", "WasmPlugin", "v1alpha1"},
    {"extensions.istio.io", "TrafficExtension", "v1alpha1"},
    {"install.istio.io", "IstioOperator", "v1alpha1"},
};
constexpr std::array<std::string_view, 5> kGroups = {kNetworking, "security.istio.io", "telemetry.istio.io",
                                                     "extensions.istio.io", "install.istio.io"};
constexpr std::array<std::string_view, 3> kRemovedGroups = {"config.istio.io", "rbac.istio.io",
                                                            "authentication.istio.io"};

struct KindName {
  Kind kind;
  std::string_view name;
  std::string_view group;
};
constexpr KindName kKindNames[] = {
    {Kind::kGateway, "Gateway", kNetworking},
    {Kind::kVirtualService, "VirtualService", kNetworking},
    {Kind::kDestinationRule, "DestinationRule", kNetworking},
    {Kind::kServiceEntry, "ServiceEntry", kNetworking},
    {Kind::kService, "Service", ""},
    {Kind::kPod, "Pod", ""},
    {Kind::kDeployment, "Deployment", "apps"},
    {Kind::kDaemonSet, "DaemonSet", "apps"},
    {Kind::kStatefulSet, "StatefulSet", "apps"},
    {Kind::kReplicaSet, "ReplicaSet", "apps"},
    {Kind::kRollout, "Rollout", "argoproj.io"},
    {Kind::kSecret, "Secret", ""},
    {Kind::kNamespace, "Namespace", ""},
    {Kind::kKubernetesGateway, "Gateway", "gateway.networking.k8s.io"},
    {Kind::kRequestAuthentication, "RequestAuthentication", "security.istio.io"},
    {Kind::kCertificate, "Certificate", "cert-manager.io"},
    {Kind::kExternalSecret, "ExternalSecret", "external-secrets.io"},
    {Kind::kSealedSecret, "SealedSecret", "bitnami.com"},
};

bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = 0; at <= words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    if (words.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

/// The kinds of a group, or of all Istio groups for an empty one.
std::vector<std::string_view> kinds_of(std::string_view group) {
  std::vector<std::string_view> kinds;
  for (const IstioKind& entry : kIstioKinds)
    if (group.empty() || entry.group == group) kinds.push_back(entry.kind);
  return kinds;
}

/// A misspelt kind: letter case, distance, or a plural.
std::string_view suggest_kind(std::string_view kind, std::string_view group) {
  const auto kinds = kinds_of(group);
  if (const auto found = nearest(kind, kinds)) return *found;
  if (kind.ends_with("ies")) {
    const std::string singular = std::string(kind.substr(0, kind.size() - 3)) + "y";
    if (const auto found = nearest(singular, kinds)) return *found;
  }
  if (kind.ends_with('s') || kind.ends_with('S'))
    if (const auto found = nearest(kind.substr(0, kind.size() - 1), kinds)) return *found;
  return {};
}

Lookup in_istio_group(std::string_view group, std::string_view version, std::string_view kind) {
  for (const IstioKind& entry : kIstioKinds) {
    if (entry.kind != kind) continue;
    const Kind read = kind_from(kind);
    if (entry.group != group || !has_word(entry.versions, version))
      return {.served = Served::kUnknownVersion, .kind = read, .suggestion = entry.group};
    return {.served = read == Kind::kUnknown ? Served::kUnreadIstio : Served::kRead, .kind = read, .suggestion = {}};
  }
  if (kind.ends_with("List") && kind.size() > 4) {
    Lookup items = in_istio_group(group, version, kind.substr(0, kind.size() - 4));
    if (items.served == Served::kRead) return {.served = Served::kList, .kind = items.kind, .suggestion = {}};
    if (items.served == Served::kUnreadIstio)
      return {.served = Served::kForeignList, .kind = Kind::kUnknown, .suggestion = {}};
  }
  return {.served = Served::kUnknownKind, .kind = Kind::kUnknown, .suggestion = suggest_kind(kind, group)};
}

}  // namespace

Kind kind_from(std::string_view name) {
  const auto found = std::ranges::find(kKindNames, name, &KindName::name);
  return found == std::end(kKindNames) ? Kind::kUnknown : found->kind;
}

std::string_view kind_name(Kind kind) {
  const auto found = std::ranges::find(kKindNames, kind, &KindName::kind);
  return found == std::end(kKindNames) ? std::string_view() : found->name;
}

bool is_istio(Kind kind) {
  return kind == Kind::kGateway || kind == Kind::kVirtualService || kind == Kind::kDestinationRule ||
         kind == Kind::kServiceEntry;
}

Lookup look_up(std::string_view api_version, std::string_view kind) {
  const std::size_t slash = api_version.find('/');
  const std::string_view group = slash == std::string_view::npos ? std::string_view() : api_version.substr(0, slash);
  const std::string_view version = slash == std::string_view::npos ? api_version : api_version.substr(slash + 1);

  if (std::ranges::find(kGroups, group) != kGroups.end()) return in_istio_group(group, version, kind);
  if (std::ranges::find(kRemovedGroups, group) != kRemovedGroups.end())
    return {.served = Served::kRemovedApi, .kind = Kind::kUnknown, .suggestion = {}};
  if (group == "gateway.networking.k8s.io")
    return {.served = kind == "Gateway" ? Served::kOtherGateway : Served::kForeign,
            .kind = Kind::kUnknown,
            .suggestion = {}};

  for (const KindName& entry : kKindNames)
    if (entry.name == kind && entry.group == group && !is_istio(entry.kind))
      return {.served = Served::kRead, .kind = entry.kind, .suggestion = {}};
  if (group.empty() && version == "v1" && kind == "List")
    return {.served = Served::kList, .kind = Kind::kUnknown, .suggestion = {}};
  if (kind.ends_with("List") && kind.size() > 4) {
    const std::string_view item = kind.substr(0, kind.size() - 4);
    for (const KindName& entry : kKindNames)
      if (entry.name == item && entry.group == group && !is_istio(entry.kind))
        return {.served = Served::kList, .kind = entry.kind, .suggestion = {}};
  }

  // An Istio kind under a group that is no Istio group: a slip of the pen, or somebody else's kind of that name.
  const Kind istio = is_istio(kind_from(kind)) ? kind_from(kind) : Kind::kUnknown;
  if (istio == Kind::kUnknown && std::ranges::find(kIstioKinds, kind, &IstioKind::kind) == std::end(kIstioKinds))
    return {};
  const std::string_view home = std::ranges::find(kIstioKinds, kind, &IstioKind::kind)->group;
  const bool near = edit_distance(group, home) <= 4 || group.find("istio") != std::string_view::npos;
  const bool unique = kind == "VirtualService" || kind == "DestinationRule" || kind == "ServiceEntry";
  if (near || (group.empty() && unique)) return {.served = Served::kUnknownGroup, .kind = istio, .suggestion = home};
  return {};
}

}  // namespace wicket::model
