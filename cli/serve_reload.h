// Serves changed manifests in place of the old ones, if they are sound.
#pragma once

#include <stop_token>

#include "cli/options.h"
#include "cli/serve_set.h"
#include "cli/serve_state.h"
#include "proxy/server.h"

namespace wicket::cli {

/// What a reload works on. References outlive it.
struct ReloadSubject {
  const ServeOptions& options;
  ServeInputs& inputs;
  proxy::Server& server;
  ServedNow& now;
  Voice& voice;
  bool color = false;  // of what is said
};

/// Loads the manifests again and serves them. What cannot be read, holds errors that were not there before, or leaves
/// nothing to serve, is not served: what was served before goes on, and `voice` says why, as `wicket lint` would.
/// Returns when the change is served, or when it is told to stop.
void reload(const ReloadSubject& subject, const std::stop_token& stop);

}  // namespace wicket::cli
