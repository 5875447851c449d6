#include "rules/virtual_hosts.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <string>
#include <unordered_map>
#include <utility>

#include "rules/host_names.h"
#include "rules/http_rules.h"

namespace wicket::rules {
namespace {

class Assembly {
 public:
  explicit Assembly(Lowering& lowering) : lowering_(lowering) {}

  void add(const MergedServer& server) {
    const std::span<const BoundService* const> services = lowering_.bindings.at(server.gateway->name);
    std::vector<Reach>& reach = lowering_.reach_at(server.gateway->name);
    std::vector<std::vector<RuleRef>>& made = rules_[server.gateway];
    made.resize(services.size());
    const ServerNames names(server.hosts);
    for (std::size_t i = 0; i < services.size(); ++i) {
      const std::vector<std::string_view> common = names.common(services[i]->hosts, services[i]->ns);
      if (common.empty()) continue;
      reach[i].has_host = true;
      const std::vector<RuleRef>& rules = rules_of(*services[i], server, made[i]);
      if (rules.empty()) continue;
      reach[i].has_rules = true;
      for (const std::string_view name : common) {
        VirtualHost& host = host_for(lower_case(name), server);
        host.rules.insert(host.rules.end(), rules.begin(), rules.end());
        host.require_tls |= server.redirects_to_https();
      }
    }
    if (server.redirects_to_https()) add_redirects(server);
  }

  [[nodiscard]] HostTable finish(const MergedServer& first) && {
    HostTable table{.name = first.table};
    table.hosts.reserve(std::max<std::size_t>(hosts_.size(), 1));
    std::ranges::move(hosts_, std::back_inserter(table.hosts));
    for (VirtualHost& host : table.hosts) {
      move_catch_alls_back(host.rules);
      table.refused |= std::ranges::any_of(host.rules, [](const RuleRef& rule) { return rule->refused; });
    }
    if (table.hosts.empty())
      table.hosts.push_back({.domain = "*",
                             .name = fmt::format("blackhole:{}", first.number()),
                             .gateway = first.gateway->name,
                             .blackhole = true});
    std::ranges::sort(table.hosts, {}, &VirtualHost::name);
    return table;
  }

 private:
  static void move_catch_alls_back(std::vector<RuleRef>& rules) {
    const auto is_narrow = [](const RuleRef& rule) { return !rule->catch_all; };
    if (!std::ranges::is_partitioned(rules, is_narrow)) std::stable_partition(rules.begin(), rules.end(), is_narrow);
  }

  // Made once for each Gateway, with the port of the first server at which there were any.
  const std::vector<RuleRef>& rules_of(const BoundService& service, const MergedServer& server,
                                       std::vector<RuleRef>& rules) {
    if (rules.empty())
      rules = lower_http(
          service, {.gateway = server.gateway->name, .port = server.number(), .has_tls = server.spec->tls != nullptr},
          lowering_);
    return rules;
  }

  VirtualHost& host_for(std::string domain, const MergedServer& server) {
    const auto known = index_.find(domain);
    if (known != index_.end()) return *known->second;
    std::string name = fmt::format("{}:{}", domain, server.number());
    VirtualHost& host = hosts_.emplace_back(
        VirtualHost{.domain = std::move(domain), .name = std::move(name), .gateway = server.gateway->name});
    index_.emplace(host.domain, &host);
    return host;
  }

  // A host without any VirtualService redirects too. One with a namespace in front keeps it, and so never matches
  // (R-REDIR-6).
  void add_redirects(const MergedServer& server) {
    for (const ServerHost& host : server.hosts) {
      const std::string written = host.ns.empty() ? host.name : host.ns + "/" + host.name;
      host_for(lower_case(written), server).require_tls = true;
    }
  }

  Lowering& lowering_;
  std::deque<VirtualHost> hosts_;                             // addresses stay
  std::unordered_map<std::string_view, VirtualHost*> index_;  // by domain
  // Of the VirtualServices of a Gateway, in the order of Bindings::at.
  std::unordered_map<const SelectedGateway*, std::vector<std::vector<RuleRef>>> rules_;
};

}  // namespace

HostTable lower_table(std::span<const MergedServer* const> servers, Lowering& lowering) {
  Assembly assembly(lowering);
  for (const MergedServer* server : servers) assembly.add(*server);
  return std::move(assembly).finish(*servers.front());
}

}  // namespace wicket::rules
