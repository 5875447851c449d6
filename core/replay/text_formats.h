// The text formats that gateways are installed with.
#pragma once

#include <span>
#include <string_view>

#include "replay/log_format.h"

namespace wicket::replay {

/// One of them.
struct TextFormat {
  std::string_view name{};  // as reports call it
  LogFormat format;
};

/// Istio's of all ages, Envoy's own; then nginx's and Apache's, with the host in front or not, and ingress-nginx's.
[[nodiscard]] std::span<const TextFormat> text_formats();

}  // namespace wicket::replay
