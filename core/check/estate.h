// What all checks that look across resources share: who runs the gateways, what these serve, and what is behind a name.
// Everything is made when it is first asked for, once for all families.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text_hash.h"
#include "check/proxies.h"
#include "check/registry_index.h"
#include "model/workspace.h"
#include "rules/gateway_workloads.h"
#include "rules/rule_set.h"

namespace wicket::check {

/// What exists beside the input, because the settings say so.
struct Known {
  std::vector<std::string> services;  // host names; *.x.y stands for all below
  std::vector<std::string> gateways;  // namespace/name
  std::vector<std::string> secrets;   // namespace/name
  std::vector<std::string> namespaces;
  std::vector<rules::Workload> gateway_workloads;

  /// Whether a full host name is among the services.
  [[nodiscard]] bool has_service(std::string_view host) const;
};

/// Whether what a name stands for is there. Manifests are rarely all there, so most of what the input does not hold is
/// elsewhere. It is missing where the input is all there is, holds others of its kind in that place, or has something
/// with nearly the same name.
enum class Answer : std::uint8_t { kFound, kMissing, kUnknown };

/// What became of a reference.
struct Reference {
  Answer answer = Answer::kUnknown;
  const model::Resource* found = nullptr;  // may be null for kFound: known from the settings
  std::string help{};                      // of kMissing: what was probably meant; may be empty
  const model::Resource* near = nullptr;   // of kMissing: the object that `help` names; may be null
};

/// A Gateway as somebody names it, and what became of that.
struct NamedGateway {
  std::string name;  // namespace/name
  Reference reference;
};

/// The pods of one namespace that a Gateway selects.
struct GatewayPods {
  std::size_t workload = 0;  // of Estate::workloads
  std::string_view ns;
  bool is_certain = false;  // in the input or in the settings; else they are assumed: the default ingress gateway
};

/// The input as a whole. Refers to what it is made from. Not for several threads at once.
class Estate {
 public:
  /// `closed_world`: the input is all there is.
  Estate(const model::Workspace& workspace, rules::MeshSettings mesh, const Known& known, bool closed_world);

  [[nodiscard]] const rules::MeshSettings& mesh() const { return mesh_; }

  /// The workloads that the Gateways of the input select; none without Gateways.
  [[nodiscard]] std::span<const rules::GatewayWorkload> workloads() const;
  /// Those of one Gateway; none where nothing tells who they are.
  [[nodiscard]] std::span<const GatewayPods> pods_of(const model::Resource& gateway) const;

  [[nodiscard]] const ServiceIndex& services() const;
  [[nodiscard]] const PodIndex& pods() const;

  /// The rules of all proxies, lowered.
  [[nodiscard]] const Proxies& proxies() const;

  /// A Gateway, "namespace/name": of Istio, or else of the Kubernetes Gateway API. Each name is looked up once.
  [[nodiscard]] const NamedGateway& gateway(std::string_view full_name) const;
  /// The one that a VirtualService of a namespace means by an entry of its gateways; null for mesh.
  [[nodiscard]] const NamedGateway* gateway_of(std::string_view written, std::string_view ns) const;
  /// A VirtualService without hosts, to which others delegate.
  [[nodiscard]] Reference delegate(std::string_view ns, std::string_view name) const;
  /// A Secret, or what makes one.
  [[nodiscard]] Reference secret(std::string_view ns, std::string_view name) const;
  /// A Service or a ServiceEntry that has this host, completed, whoever may see it. `ns` is the namespace of the object
  /// that names it: where its ServiceEntries would be.
  [[nodiscard]] Reference service(std::string_view host, std::string_view ns) const;
  /// A Namespace. One that an object of the input is in exists too. Missing only in a closed world that lists
  /// Namespaces, or where one has nearly this name.
  [[nodiscard]] Reference ns(std::string_view name) const;

 private:
  using Names = std::unordered_map<std::string_view, std::vector<std::string_view>>;
  /// What a name can stand for.
  enum class Shelf : std::uint8_t { kGateways, kDelegates, kSecrets };
  static constexpr std::size_t kShelves = 3;
  /// The objects of a shelf by name.
  struct Directory {
    ByText<const model::Resource*> objects;  // "namespace/name"
    Names by_namespace;
    Names by_name;

    void add(std::string_view ns, std::string_view name, const model::Resource& resource);
  };
  [[nodiscard]] const Directory& directory(Shelf shelf) const;
  [[nodiscard]] Reference object(Shelf shelf, std::string_view ns, std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view> nearest_of(std::string_view name,
                                                           const std::vector<std::string_view>& candidates) const;

  const model::Workspace& workspace_;
  rules::MeshSettings mesh_;
  const Known& known_;
  bool closed_world_;
  mutable std::optional<std::vector<rules::GatewayWorkload>> workloads_;
  mutable std::unordered_map<const model::Resource*, std::vector<GatewayPods>> pods_of_;
  mutable ByText<NamedGateway> gateways_;  // addresses stay
  mutable std::string room_;               // for a name
  mutable std::optional<ServiceIndex> services_;
  mutable std::optional<PodIndex> pods_;
  mutable std::optional<Proxies> proxies_;
  mutable std::optional<std::vector<std::string_view>> namespaces_;  // sorted
  mutable std::optional<Directory> directories_[kShelves];
  mutable std::size_t compared_ = 0;  // names, to find near ones
};

}  // namespace wicket::check
