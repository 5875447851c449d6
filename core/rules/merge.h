// Servers of all Gateways → the ports of one proxy, conflicts settled.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rules/gateways.h"
#include "rules/host_names.h"
#include "rules/rule_set.h"

namespace wicket::rules {

/// A server that got its port.
struct MergedServer {
  const SelectedGateway* gateway = nullptr;
  const model::Server* spec = nullptr;
  std::uint32_t index = 0;  // servers[index]
  ChainKind kind{};
  std::vector<ServerHost> hosts;
  std::string table;  // name of its route table; empty for bytes (R-RDS-3)

  [[nodiscard]] std::uint32_t number() const { return *spec->port->number; }
  [[nodiscard]] bool redirects_to_https() const { return spec->tls && *spec->tls->https_redirect; }
};

/// The servers behind one socket, in the order in which they came.
struct MergedPort {
  std::string bind;
  std::uint32_t port = 0;  // that the proxy binds
  std::vector<MergedServer> servers;
};

/// Takes the servers in order: on one socket an earlier one wins over a later one that it cannot share it with.
/// Source: Istio pilot/pkg/model/gateway.go, mergeGateways (R-MERGE-1..7, R-PROTO-1..2, R-RDS-1..3).
[[nodiscard]] std::vector<MergedPort> merge_servers(std::span<const SelectedGateway> gateways,
                                                    const PortTranslation& translate, std::vector<Problem>& problems);

/// What a server becomes; nothing for a protocol that Istio does not have, and for TLS without settings.
[[nodiscard]] std::optional<ChainKind> chain_kind(const model::Server& server);

/// The names of the server's hosts, without namespaces.
[[nodiscard]] std::vector<std::string> host_names(const MergedServer& server);

/// The server as the RuleSet names it.
[[nodiscard]] ServerRef reference(const MergedServer& server);

}  // namespace wicket::rules
