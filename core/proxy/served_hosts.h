// Which names a table serves.
#pragma once

#include <string>
#include <string_view>

#include "route/table.h"

namespace wicket::proxy {

/// Whether some virtual host has this name, itself or by a wildcard other than "*". Units: `host` in lower case,
/// without port.
[[nodiscard]] bool is_served(const route::RouteTable& table, std::string_view host);

/// The server name that the client would have sent to the real gateway: ".localhost" is cut off one that is only known
/// without it.
[[nodiscard]] std::string gateway_server_name(const route::RouteTable& table, std::string_view sni);

}  // namespace wicket::proxy
