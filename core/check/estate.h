// What all checks that look across resources share: what is behind a name. Everything is made when it is first asked
// for, once for all families.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "check/registry_index.h"
#include "model/workspace.h"

namespace wicket::check {

/// What exists beside the input, because the settings say so.
struct Known {
  std::vector<std::string> services;  // host names; *.x.y stands for all below
  std::vector<std::string> gateways;  // namespace/name

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

/// The input as a whole. Refers to what it is made from. Not for several threads at once.
class Estate {
 public:
  /// `closed_world`: the input is all there is.
  Estate(const model::Workspace& workspace, const Known& known, bool closed_world)
      : workspace_(workspace), known_(known), closed_world_(closed_world) {}

  [[nodiscard]] const ServiceIndex& services() const;
  [[nodiscard]] const PodIndex& pods() const;

  /// A Gateway, "namespace/name".
  [[nodiscard]] Reference gateway(std::string_view full_name) const;
  /// A Service or a ServiceEntry that has this host, completed, whoever may see it. `ns` is the namespace of the object
  /// that names it: where its ServiceEntries would be.
  [[nodiscard]] Reference service(std::string_view host, std::string_view ns) const;

 private:
  using Names = std::unordered_map<std::string_view, std::vector<std::string_view>>;
  /// Objects of one kind by namespace and by name.
  struct Directory {
    Names by_namespace;
    Names by_name;
  };
  [[nodiscard]] const Directory& directory(model::Kind kind) const;
  [[nodiscard]] Reference object(model::Kind kind, std::string_view ns, std::string_view name) const;

  const model::Workspace& workspace_;
  const Known& known_;
  bool closed_world_;
  mutable std::optional<ServiceIndex> services_;
  mutable std::optional<PodIndex> pods_;
  mutable std::unordered_map<model::Kind, Directory> directories_;
};

}  // namespace wicket::check
