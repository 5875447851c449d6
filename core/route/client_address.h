// Who sent a request.
#pragma once

#include <cstdint>
#include <string_view>

#include "route/request.h"

namespace wicket::route {

/// The address that the gateway takes for the client's: that of the connection, or, behind `trusted_proxies` proxies,
/// as many entries from the right of x-forwarded-for. Where that has no such entry, or one that is no IP address, it is
/// the connection's after all; empty when nobody knows that one. Views the request. Source: Envoy
/// source/common/http/conn_manager_utility.cc, mutateRequestHeaders; utility.cc, getLastAddressFromXFF (R-EDGE-1).
[[nodiscard]] std::string_view client_address(const RequestView& request, std::uint32_t trusted_proxies);

}  // namespace wicket::route
