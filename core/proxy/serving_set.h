// What is served at one time: the table and what its clusters lead to. Immutable; published as a whole.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/source_set.h"
#include "proxy/metrics.h"
#include "proxy/net.h"
#include "route/table.h"

namespace wicket::proxy {

/// What the loops share about one cluster. Found by the cluster's name, and there for as long as the process runs, so
/// that a new table goes on where the old one was.
struct ClusterState {
  explicit ClusterState(ServiceName of) : service(std::move(of)) {}

  const ServiceName service;
  std::atomic<std::uint32_t> active_requests{0};
  std::atomic<std::uint64_t> next_endpoint{0};  // of round robin
};

/// All of them. Found once for each table, never on the way of a request.
class ClusterStates {
 public:
  /// `service`: what a cluster that is new stands for.
  [[nodiscard]] std::shared_ptr<ClusterState> find(const std::string& name, const ServiceName& service);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<ClusterState>> states_;
};

enum class BackendKind : std::uint8_t {
  kEndpoints,
  kEcho,  // the one that is built in
  kNone,  // a cluster without endpoints: 503 UH
};

/// Upstream TLS, as a DestinationRule asks for it; nullptr in Backend: none.
struct UpstreamTls {
  std::shared_ptr<TlsContext> context;  // nullptr: what it needs is not there, and every connection fails
  std::string sni;                      // empty: none
  bool sni_is_authority = false;        // the request's host, where that is a name
  bool name_is_authority = false;       // the certificate has to be for the request's host
  friend bool operator==(const UpstreamTls&, const UpstreamTls&) = default;
};

/// Where the requests of one cluster go.
struct Backend {
  BackendKind kind = BackendKind::kEcho;
  std::vector<Endpoint> endpoints;
  std::shared_ptr<const UpstreamTls> tls;
  std::shared_ptr<ClusterState> state;
};

/// Published through a TableSlot.
struct ServingSet {
  std::shared_ptr<const route::RouteTable> table;
  std::shared_ptr<const route::RouteTable> shadow;  // decides beside the first; nullptr: none
  std::shared_ptr<const SourceSet> sources;         // that the table's spans lead to
  std::unordered_map<const rules::Cluster*, Backend> backends;
  std::unordered_map<const rules::FilterChain*, std::shared_ptr<TlsContext>> tls;  // of chains that end TLS
  std::uint64_t generation = 1;

  [[nodiscard]] const Backend* find(const rules::Cluster& cluster) const {
    const auto found = backends.find(&cluster);
    return found == backends.end() ? nullptr : &found->second;
  }
};

}  // namespace wicket::proxy
