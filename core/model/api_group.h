// Which kinds Istio's API groups serve, in which versions.
#pragma once

#include <cstdint>
#include <string_view>

#include "model/resource.h"

namespace wicket::model {

/// How an apiVersion and a kind go together.
enum class Served : std::uint8_t {
  kForeign,         // no business of ours
  kRead,            // decoded
  kUnreadIstio,     // an Istio kind that wicket does not read
  kList,            // kind: List, or a typed list of a kind that is read
  kForeignList,     // a typed list of a foreign kind
  kOtherGateway,    // Gateway of the Kubernetes Gateway API
  kUnknownVersion,  // the group is right, the version or the group of this kind is not
  kUnknownGroup,    // nearly an Istio group
  kRemovedApi,      // a group that Istio once had
  kUnknownKind,     // the group has no such kind
};

struct Lookup {
  Served served = Served::kForeign;
  Kind kind = Kind::kUnknown;   // kRead, kUnknownVersion and kUnknownGroup; of a typed list that of its items
  std::string_view suggestion;  // the kind, group or version that may be meant
};

/// Looks up what `api_version` and `kind`, both not empty, stand for.
/// Source: Istio CRDs (crd-all.gen.yaml); removed groups: Istio 1.5 and 1.6 release notes.
[[nodiscard]] Lookup look_up(std::string_view api_version, std::string_view kind);

/// The kind of this name among those that wicket reads; kUnknown for others.
[[nodiscard]] Kind kind_from(std::string_view name);

}  // namespace wicket::model
