// tls and tcp rules: connections whose bytes go on as they are.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/lowering.h"
#include "rules/merge.h"

namespace wicket::rules {

/// SNI hosts that tls rules of a port have taken: by the last server that took it, and where the rule has it.
struct SniTaker {
  std::string bind;
  Span span;
};
using TakenSni = std::map<std::string, SniTaker, std::less<>>;

/// The SNI hosts as a condition; none when a star is among them (R-FC-1).
[[nodiscard]] std::vector<std::string> sni_condition(const model::List<model::Text>& hosts);

/// One chain for each match block of each tls rule that fits the server.
/// Source: Istio core/gateway.go, buildGatewayNetworkFiltersFromTLSRoutes (R-TLSR-1..5).
[[nodiscard]] std::vector<FilterChain> passthrough_chains(const MergedServer& server, TakenSni& taken,
                                                          Lowering& lowering);

/// One chain for each mesh service that the server's hosts admit; the SNI is the name of its cluster.
/// Source: Istio core/gateway.go, builtAutoPassthroughFilterChains (R-TLS-1).
[[nodiscard]] std::vector<FilterChain> auto_passthrough_chains(const MergedServer& server, Lowering& lowering);

/// The first tcp rule that fits the server: it takes all connections. Nothing: there is none.
/// Source: Istio core/gateway.go, buildGatewayNetworkFiltersFromTCPRoutes (R-TCP-1..4).
[[nodiscard]] std::optional<TcpForward> tcp_forward(const MergedServer& server, Lowering& lowering);

}  // namespace wicket::rules
