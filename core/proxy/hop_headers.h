// Headers that are for the next hop alone, and what else is done to lists of headers here.
#pragma once

#include <string_view>
#include <vector>

#include "proxy/message.h"
#include "route/headers.h"
#include "route/request.h"

namespace wicket::proxy {

/// Takes out the headers that Connection names: they are meant for the next hop, which is us.
/// Source: RFC 9110 section 7.6.1; Envoy source/common/http/utility.cc, sanitizeConnectionHeader (R-EDGE-6).
void drop_nominated(std::vector<route::HeaderView>& headers);

/// The headers of an upstream's answer that are the client's as well, in lower case.
[[nodiscard]] route::HeaderList end_to_end(MessageHead& head);

/// Makes it the only one of its name.
void set_header(route::HeaderList& headers, std::string_view name, std::string_view value);

}  // namespace wicket::proxy
