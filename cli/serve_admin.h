// The pages of the admin port.
#pragma once

#include "cli/options.h"
#include "cli/serve_state.h"
#include "proxy/admin.h"
#include "proxy/server.h"

namespace wicket::cli {

/// What is asked about; all of it outlives the admin port.
struct AdminSubject {
  const ServeOptions& options;
  const proxy::Server& server;
  const ServedNow& now;
};

/// Answers a request: / lists the pages. Strict about paths, methods and bodies.
[[nodiscard]] proxy::AdminAnswer admin_answer(const AdminSubject& subject, const proxy::AdminRequest& request);

}  // namespace wicket::cli
