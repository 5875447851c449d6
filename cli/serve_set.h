// Manifests and options → what the proxy serves.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/options.h"
#include "cli/serve_tls.h"
#include "load/load.h"
#include "proxy/local_ca.h"
#include "proxy/server.h"
#include "proxy/serving_set.h"

namespace wicket::cli {

/// A `--backend` whose address is known.
struct ResolvedBackend {
  BackendArgument argument;
  std::string host;  // in full
  proxy::Endpoint endpoint;
  bool is_used = false;
};

/// The host that a backend is for; wildcards as they are.
[[nodiscard]] std::string host_in_full(const load::BackendName& name, const RoutingOptions& options);

/// Looks up the addresses. Errors: kNotFound.
[[nodiscard]] Result<std::vector<ResolvedBackend>> resolve_backends(const ServeOptions& options);

/// What stays from one table to the next.
struct ServeInputs {
  std::vector<ResolvedBackend> backends;
  proxy::ClusterStates states;
  std::optional<proxy::LocalCa> ca;
  bool ca_failed = false;
  TlsMemory tls;
  std::uint64_t generation = 0;  // of the last table

  /// The local CA, opened once; nullptr, and a note, when it cannot be.
  [[nodiscard]] const proxy::LocalCa* open_ca(std::vector<std::string>& notes);
};

/// What is served, and a line for each thing that is not as the manifests want it.
struct ServingSet {
  proxy::ServingSet set;
  std::vector<std::string> notes;
};

/// Everything that has a route, with the backends of all its clusters and the certificates of all its chains; says in
/// `inputs.backends` which of them are used.
[[nodiscard]] ServingSet make_serving_set(load::Loaded loaded, const ServeOptions& options, ServeInputs& inputs);

/// The ports that are to be listened on: those with HTTP, plain or under TLS.
[[nodiscard]] std::vector<proxy::WantedPort> wanted_ports(const route::RouteTable& table, const ServeOptions& options);

/// The names of all clusters that requests may go to, sorted, each once.
[[nodiscard]] std::vector<const rules::Cluster*> clusters_of(const route::RouteTable& table);

}  // namespace wicket::cli
