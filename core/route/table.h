// RouteTable: everything decide() needs, complete when it is made and never changed afterwards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "route/host_index.h"
#include "route/matcher.h"
#include "route/normalize.h"
#include "route/path_index.h"
#include "route/regex.h"
#include "rules/rule_set.h"

namespace wicket::route {

/// A rule with its conditions compiled. Shared by all virtual hosts that have it.
struct Route {
  // What most decisions need and nothing else stands first, in one cache line.
  std::span<const rules::WeightedDestination> destinations;  // of a rule that forwards
  std::uint64_t total_weight = 0;
  bool only_forwards = false;  // to clusters that may be there, without rewrite, fault and CORS
  rules::RuleRef rule;
  StringMatcher path;
  const rules::StringPredicate* path_wanted = nullptr;  // nullptr: every path
  std::vector<HeaderMatcher> headers;                   // method, authority and scheme first
  std::vector<QueryMatcher> query_params;
  std::optional<Regex> rewrite;  // of rewrite.uriRegexRewrite
  std::vector<StringMatcher> allow_origins;
};

/// The routes of one domain, in the order in which they are tried. One cache line.
struct alignas(64) VirtualHost {
  const rules::VirtualHost* source = nullptr;
  bool require_tls = false;
  PathIndex index;  // of the routes
  std::vector<std::shared_ptr<const Route>> routes;
};

struct HostTable {
  const rules::HostTable* source = nullptr;
  bool refused = false;  // Envoy would not take it
  HostIndex index;       // domain ▸ hosts
  std::vector<VirtualHost> hosts;

  /// The virtual host of a Host or :authority; nullptr when there is none.
  [[nodiscard]] const VirtualHost* find(std::string_view lookup_name) const;
};

struct Listener {
  const rules::Listener* source = nullptr;
  std::unordered_map<std::string_view, const rules::FilterChain*> by_sni;  // "a.com" and "*.a.com"
  const rules::FilterChain* tls_default = nullptr;                         // TLS without SNI condition
  const rules::FilterChain* plaintext = nullptr;

  /// The chain that a connection gets into; nullptr: none, it is closed.
  /// Source: Envoy source/common/listener_manager/filter_chain_manager_impl.cc (R-FC-2..5).
  [[nodiscard]] const rules::FilterChain* find(const RequestView& connection) const;
};

/// Immutable, shared by everybody who asks. Made by compile().
class RouteTable {
 public:
  RouteTable(const RouteTable&) = delete;  // its parts view each other
  RouteTable& operator=(const RouteTable&) = delete;
  RouteTable(RouteTable&&) = default;
  RouteTable& operator=(RouteTable&&) = default;
  ~RouteTable() = default;

  [[nodiscard]] const rules::RuleSet& rules() const { return *rules_; }
  [[nodiscard]] std::span<const Listener> listeners() const { return listeners_; }
  [[nodiscard]] const HostTable& host_table(const rules::FilterChain& chain) const { return tables_[chain.table]; }
  /// What compiling objected to, beside the problems of the rules.
  [[nodiscard]] std::span<const rules::Problem> problems() const { return problems_; }
  [[nodiscard]] HeaderLines header_lines() const { return header_lines_; }
  [[nodiscard]] const NormalizeOptions& normalization() const { return normalization_; }

  /// The listener of a port that clients connect to: the Gateway's number, or else the port that the proxy binds.
  [[nodiscard]] const Listener* find(std::uint32_t port, std::string_view local_address) const;

 private:
  friend class Compiler;
  RouteTable() = default;

  std::shared_ptr<const rules::RuleSet> rules_;
  std::vector<Listener> listeners_;
  std::vector<HostTable> tables_;
  IndexMemory index_memory_;
  std::vector<rules::Problem> problems_;
  HeaderLines header_lines_ = HeaderLines::kEachAlone;
  NormalizeOptions normalization_;
};

}  // namespace wicket::route
