#include "rules/virtual_hosts.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "rules/host_names.h"
#include "rules/http_rules.h"

namespace wicket::rules {
namespace {

// The server's hosts for VirtualServices of a namespace.
std::vector<std::string_view> hosts_for(const MergedServer& server, std::string_view ns) {
  std::vector<std::string_view> hosts;
  for (const ServerHost& host : server.hosts)
    if (host.ns.empty() || host.ns == ns) hosts.push_back(host.name);
  return hosts;
}

class Assembly {
 public:
  explicit Assembly(Lowering& lowering) : lowering_(lowering) {}

  void add(const MergedServer& server) {
    for (const BoundService* service : lowering_.bindings.at(server.gateway->name)) {
      const std::vector<std::string_view> own(service->hosts.begin(), service->hosts.end());
      const std::vector<std::string_view> common = intersection(hosts_for(server, service->ns), own);
      if (common.empty()) continue;
      Reach& reach = lowering_.reach[{server.gateway->name, service}];
      reach.has_host = true;
      const std::vector<RuleRef>* rules = rules_of(*service, server);
      if (rules == nullptr) continue;
      reach.has_rules = true;
      for (const std::string_view name : common) {
        VirtualHost& host = host_for(lower_case(name), server);
        host.rules.insert(host.rules.end(), rules->begin(), rules->end());
        host.require_tls |= server.redirects_to_https();
      }
    }
    if (server.redirects_to_https()) add_redirects(server);
  }

  [[nodiscard]] HostTable finish(const MergedServer& first) && {
    HostTable table{.name = first.table, .hosts = std::move(hosts_)};
    for (VirtualHost& host : table.hosts) {
      std::stable_partition(host.rules.begin(), host.rules.end(), [](const RuleRef& rule) { return !rule->catch_all; });
      table.refused |=
          std::ranges::any_of(host.rules, &Rule::refused, [](const RuleRef& r) -> const Rule& { return *r; });
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
  // Made once for each Gateway, with the port of the first server at which there were any.
  const std::vector<RuleRef>* rules_of(const BoundService& service, const MergedServer& server) {
    std::vector<RuleRef>& rules = rules_[server.gateway][&service];
    if (rules.empty())
      rules = lower_http(
          service, {.gateway = server.gateway->name, .port = server.number(), .has_tls = server.spec->tls != nullptr},
          lowering_);
    return rules.empty() ? nullptr : &rules;
  }

  VirtualHost& host_for(std::string domain, const MergedServer& server) {
    const auto [entry, is_new] = index_.try_emplace(domain, hosts_.size());
    if (is_new) {
      std::string name = fmt::format("{}:{}", domain, server.number());
      hosts_.push_back({.domain = std::move(domain), .name = std::move(name), .gateway = server.gateway->name});
    }
    return hosts_[entry->second];
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
  std::vector<VirtualHost> hosts_;
  std::unordered_map<std::string, std::size_t> index_;  // domain ▸ hosts_
  std::unordered_map<const SelectedGateway*, std::unordered_map<const BoundService*, std::vector<RuleRef>>> rules_;
};

}  // namespace

HostTable lower_table(std::span<const MergedServer* const> servers, Lowering& lowering) {
  Assembly assembly(lowering);
  for (const MergedServer* server : servers) assembly.add(*server);
  return std::move(assembly).finish(*servers.front());
}

}  // namespace wicket::rules
