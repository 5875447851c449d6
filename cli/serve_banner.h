// What `wicket serve` says when it is ready.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/serve_set.h"
#include "proxy/host_mapping.h"
#include "proxy/serving_set.h"

namespace wicket::cli {

/// Addresses to click on, a line for curl, and where requests go.
[[nodiscard]] std::string serve_banner(const proxy::ServingSet& set, const std::vector<proxy::ServedPort>& ports,
                                       const ServeOptions& options);

}  // namespace wicket::cli
