// What the proxy asks of whoever assembles it: things that other layers know how to do. All of them may be called by
// several loops at once.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "proxy/access_log.h"
#include "proxy/serving_set.h"
#include "route/decision.h"
#include "route/headers.h"
#include "route/request.h"

namespace wicket::proxy {

/// A request as the service would have seen it, and the decision that brought it there.
struct EchoRequest {
  const ServingSet& set;
  const route::RequestView& request;  // as the client sent it
  const route::Decision& decision;
  std::string_view method;
  std::string_view target;
  std::string_view authority;
  const route::HeaderList& headers;
  std::string_view body;  // its first limits::kEchoBodyBytes
  std::uint64_t body_size = 0;
};

struct Services {
  std::function<std::string(const EchoRequest&)> render_echo;  // JSON
  std::function<void(const LogRecord&)> log;                   // empty: no log
};

}  // namespace wicket::proxy
