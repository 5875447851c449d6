// What is left of a client's headers when routes are matched: some concern only the connection, some are not trusted.
#pragma once

#include <optional>
#include <string_view>

#include "route/request.h"

namespace wicket::route {

/// Whether the client asks for another protocol: `connection` has to name the header, and h2c is passed over.
/// Source: Envoy source/common/http/utility.cc, isUpgrade; http1/codec_impl.cc (R-PRE-10, R-PRE-12).
[[nodiscard]] bool is_upgrade(const RequestView& request);

/// What is left of `te`: "trailers", or nothing.
/// Source: Envoy source/common/http/conn_manager_utility.cc, sanitizeTEHeader (R-EDGE-6).
[[nodiscard]] std::optional<std::string_view> kept_te(const RequestView& request);

/// The `referer`, where there is one and it is an absolute URL with a host.
/// Source: Envoy source/common/http/conn_manager_utility.cc, mutateRequestHeaders (R-EDGE-6).
[[nodiscard]] std::optional<std::string_view> kept_referer(const RequestView& request);

}  // namespace wicket::route
