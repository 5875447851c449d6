// How a ServiceEntry's endpoints are found.
#pragma once

#include <optional>

#include "check/destinations.h"

namespace wicket::check {

/// The resolution, NONE where it is not written; nothing where decoding objected to it.
[[nodiscard]] inline std::optional<model::Resolution> resolution_of(const model::ServiceEntry& entry) {
  if (!entry.resolution.present()) return model::Resolution::kNone;
  return entry.resolution.valid ? std::optional(*entry.resolution) : std::nullopt;
}

/// resolution, endpoints and workloadSelector of a ServiceEntry.
void check_resolution(const Subject& subject, const model::ServiceEntry& entry);

}  // namespace wicket::check
