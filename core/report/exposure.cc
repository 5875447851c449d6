#include "report/exposure.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "route/host_index.h"
#include "rules/host_names.h"

namespace wicket::report {
namespace {

bool holds_http(const rules::FilterChain& chain) {
  return chain.kind == rules::ChainKind::kHttp || chain.kind == rules::ChainKind::kHttps;
}

// ---- filter ----

bool is_in_namespace(std::string_view name, std::string_view ns) {
  return name.size() > ns.size() && name.starts_with(ns) && name[ns.size()] == '/';
}

// "cart", "cart.shop" and "*.shop.svc.cluster.local" all mean cart.shop.svc.cluster.local.
bool is_destination(const rules::Cluster& cluster, const ExposureFilter& filter) {
  if (filter.port != 0 && cluster.port != filter.port) return false;
  const std::string_view host = cluster.host, wanted = filter.destination;
  return wanted.empty() || rules::is_subset_of(host, wanted) ||
         (host.starts_with(wanted) && host.size() > wanted.size() && host[wanted.size()] == '.');
}

bool asks_destination(const ExposureFilter& filter) { return !filter.destination.empty() || filter.port != 0; }

bool shows(const ExposureFilter& filter, const rules::Provenance& from) {
  return filter.ns.empty() || is_in_namespace(from.virtual_service, filter.ns) || is_in_namespace(from.root, filter.ns);
}

bool shows(const ExposureFilter& filter, std::span<const rules::WeightedDestination> destinations) {
  return std::ranges::any_of(destinations, [&](const auto& each) { return is_destination(*each.cluster, filter); });
}

bool shows(const ExposureFilter& filter, const rules::Rule& rule) {
  if (!shows(filter, rule.from)) return false;
  if (!asks_destination(filter)) return true;
  const auto* forward = std::get_if<rules::Forward>(&rule.action);
  return forward != nullptr &&
         (shows(filter, forward->destinations) || std::ranges::any_of(forward->mirrors, [&](const auto& each) {
            return is_destination(*each.cluster, filter);
          }));
}

bool is_pattern(std::string_view host) { return host.starts_with('*'); }

// The virtual hosts of a table that are asked for: of a name the one that serves it, as the engine picks it.
std::vector<const rules::VirtualHost*> hosts_of(const rules::HostTable& table, const ExposureFilter& filter) {
  std::vector<const rules::VirtualHost*> hosts;
  route::HostIndex index;
  for (std::size_t i = 0; i < table.hosts.size(); ++i) {
    const rules::VirtualHost& host = table.hosts[i];
    if (filter.host.empty() || (is_pattern(filter.host) && rules::is_subset_of(host.domain, filter.host)))
      hosts.push_back(&host);
    index.add(host.domain, i);
  }
  if (filter.host.empty() || is_pattern(filter.host)) return hosts;
  if (const auto found = index.find(route::LookupName(filter.host).view())) hosts.push_back(&table.hosts[*found]);
  return hosts;
}

// ---- arrangement ----

bool are_served_alike(const rules::VirtualHost& a, const rules::VirtualHost& b) {
  return a.require_tls == b.require_tls && a.blackhole == b.blackhole && a.gateway == b.gateway && a.rules == b.rules;
}

// Names first, then wildcards, the longest first: as they win over each other.
bool stands_before(const rules::VirtualHost* a, const rules::VirtualHost* b) {
  const auto rank = [](const rules::VirtualHost& host) {
    return !is_pattern(host.domain) ? 0 : host.domain == "*" ? 2 : 1;
  };
  if (rank(*a) != rank(*b)) return rank(*a) < rank(*b);
  if (rank(*a) == 1 && a->domain.size() != b->domain.size()) return a->domain.size() > b->domain.size();
  return a->domain < b->domain;
}

std::vector<HostGroup> groups_of(const rules::HostTable& table, const ExposureFilter& filter) {
  std::vector<HostGroup> groups;
  std::multimap<const rules::Rule*, std::size_t> by_first;  // rules are shared, so the first one finds the group
  std::vector<const rules::VirtualHost*> hosts = hosts_of(table, filter);
  std::ranges::sort(hosts, stands_before);
  for (const rules::VirtualHost* host : hosts) {
    const rules::Rule* first = host->rules.empty() ? nullptr : host->rules.front().get();
    const auto [begin, end] = by_first.equal_range(first);
    const auto found = std::find_if(
        begin, end, [&](const auto& e) { return are_served_alike(*groups[e.second].hosts.front(), *host); });
    if (found != end) {
      groups[found->second].hosts.push_back(host);
      continue;
    }
    HostGroup group{.hosts = {host}, .rules = {}, .hidden = 0};
    for (const rules::RuleRef& rule : host->rules) {
      if (shows(filter, *rule)) group.rules.push_back(rule.get());
    }
    group.hidden = host->rules.size() - group.rules.size();
    if (group.rules.empty() && group.hidden > 0) continue;
    if (group.rules.empty() && (!filter.ns.empty() || asks_destination(filter))) continue;
    by_first.emplace(first, groups.size());
    groups.push_back(std::move(group));
  }
  return groups;
}

bool serves_sni(const rules::FilterChain& chain, const ExposureFilter& filter) {
  if (filter.host.empty() || chain.sni_hosts.empty()) return true;
  const std::string host = rules::lower_case(filter.host);
  return std::ranges::any_of(chain.sni_hosts, [&](const std::string& sni) {
    return is_pattern(host) ? rules::is_subset_of(sni, host) : rules::is_subset_of(host, sni);
  });
}

bool shows_bytes(const ExposureFilter& filter, const rules::FilterChain& chain) {
  return serves_sni(chain, filter) && shows(filter, chain.tcp.from) &&
         (!asks_destination(filter) || shows(filter, chain.tcp.destinations));
}

// ---- names ----

using Names = std::map<std::string, std::set<std::uint32_t>>;

void add_name(const std::string& name, const rules::FilterChain& chain, Names& names) {
  for (const rules::ServerRef& server : chain.servers) names[name].insert(server.port);
}

void add_names(const ExposedChain& exposed, Names& names) {
  for (const HostGroup& group : exposed.groups)
    for (const rules::VirtualHost* host : group.hosts)
      if (!host->blackhole) add_name(host->domain, *exposed.chain, names);
  if (holds_http(*exposed.chain)) return;
  if (exposed.chain->sni_hosts.empty()) add_name("*", *exposed.chain, names);
  for (const std::string& sni : exposed.chain->sni_hosts) add_name(sni, *exposed.chain, names);
}

// ---- problems ----

bool concerns(const rules::Problem& problem, const ExposureFilter& filter) {
  if (filter.is_empty()) return true;
  if (!filter.ns.empty() && !is_in_namespace(problem.resource, filter.ns)) return false;
  if (asks_destination(filter)) return false;
  return filter.host.empty() || std::ranges::any_of(problem.hosts, [&](const std::string& host) {
           return rules::have_common_name(host, rules::lower_case(filter.host));
         });
}

}  // namespace

Exposure expose(const rules::RuleSet& rules, std::span<const rules::Problem> more, const ExposureFilter& filter) {
  Exposure exposure;
  Names names;
  for (const rules::Listener& listener : rules.listeners) {
    for (const rules::FilterChain& chain : listener.chains) {
      ExposedChain exposed{.listener = &listener, .chain = &chain, .refused = listener.refused, .groups = {}};
      if (holds_http(chain)) {
        exposed.refused = exposed.refused || rules.tables[chain.table].refused;
        exposed.groups = groups_of(rules.tables[chain.table], filter);
        if (exposed.groups.empty()) continue;
      } else if (!shows_bytes(filter, chain)) {
        continue;
      }
      for (const HostGroup& group : exposed.groups) exposure.rule_count += group.rules.size();
      if (!holds_http(chain)) ++exposure.rule_count;
      add_names(exposed, names);
      exposure.chains.push_back(std::move(exposed));
    }
  }
  for (auto& [name, ports] : names) {
    if (name == "*") {
      exposure.any_name = true;
    } else {
      exposure.dns.push_back({name, {ports.begin(), ports.end()}});
    }
  }
  for (const std::span<const rules::Problem> problems : {std::span<const rules::Problem>(rules.problems), more})
    for (const rules::Problem& problem : problems)
      if (concerns(problem, filter)) exposure.problems.push_back(&problem);
  return exposure;
}

}  // namespace wicket::report
