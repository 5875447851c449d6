// WK513: requests for a host of its own see nothing of the rules of a wildcard around it.
#include <algorithm>
#include <set>
#include <unordered_map>

#include "check/routing_merge.h"
#include "check/words.h"
#include "rules/host_names.h"

namespace wicket::check::routing {
namespace {

using rules::Rule;
using rules::VirtualHost;

/// One table of virtual hosts.
class Hosts {
 public:
  Hosts(const Meeting& meeting, const Proxy& proxy, const rules::HostTable& table, const Entrance& entrance)
      : meeting_(meeting), proxy_(proxy), table_(table), entrance_(entrance) {
    for (const VirtualHost& host : table.hosts)
      if (host.domain.starts_with('*') && !host.rules.empty()) wildcards_.emplace(host.domain, &host);
  }

  void check() {
    if (wildcards_.empty()) return;
    for (const VirtualHost& host : table_.hosts) {
      const bool has_catch_all =
          std::ranges::any_of(host.rules, [](const rules::RuleRef& rule) { return rule->catch_all; });
      if (host.rules.empty() || has_catch_all) continue;
      if (const VirtualHost* around = wildcard_around(host.domain)) check_pair(*around, host);
    }
  }

 private:
  /// The narrowest wildcard that takes in a domain, other than itself.
  [[nodiscard]] const VirtualHost* wildcard_around(std::string_view domain) const {
    for (std::size_t at = domain.starts_with('*') ? 2 : 1; at <= domain.size(); ++at) {
      const auto found = wildcards_.find("*" + std::string(domain.substr(at)));
      if (found != wildcards_.end()) return found->second;
    }
    return nullptr;
  }

  void check_pair(const VirtualHost& around, const VirtualHost& host) {
    std::set<std::string_view> here;
    for (const rules::RuleRef& rule : host.rules) here.insert(owner_of(*rule));
    std::set<std::string_view> told;
    for (const rules::RuleRef& rule : around.rules) {
      const std::string_view owner = owner_of(*rule);
      if (here.contains(owner) || told.contains(owner)) continue;
      if (const auto request = lost_request(*rule, host)) {
        told.insert(owner);
        tell(around, host, owner, *request);
      }
    }
  }

  /// A request for the narrower host that the rule of the wildcard would take, and that gets 404.
  [[nodiscard]] std::optional<route::Request> lost_request(const Rule& rule, const VirtualHost& host) const {
    const Entrance entrance{.domain = host.domain, .port = entrance_.port, .tls = entrance_.tls};
    const auto request = sample_request(rule, entrance);
    if (!request) return std::nullopt;
    std::vector<route::HeaderView> lines;
    const route::Decision decision = route::decide(proxy_.table(), request->view(lines), {});
    const bool is_lost = decision.outcome == route::Outcome::kNotFound && decision.virtual_host == &host;
    return is_lost ? request : std::nullopt;
  }

  void tell(const VirtualHost& around, const VirtualHost& host, std::string_view owner,
            const route::Request& request) const {
    const auto service = find_service(meeting_, owner);
    const auto hiding = find_service(meeting_, owner_of(*host.rules.front()));
    if (!service || !hiding) return;
    const yaml::NodeId entry = host_entry(*service, around.domain);
    const yaml::NodeId other = host_entry(*hiding, host.domain);
    if (entry == yaml::NodeId::kNone || other == yaml::NodeId::kNone) return;
    auto finding = meeting_.report(wk("WK513"), Places(*service->resource).value(entry),
                                   "requests for {} never reach these rules: VirtualService {} has that host",
                                   host.domain, owner_of(*host.rules.front()));
    finding.note(hiding->resource->span(other), "the narrower host")
        .help(fmt::format("repeat the rules there, or end it with a rule that takes everything; {} gets 404",
                          request.target));
    if (proxy_.is_real()) finding.witness(witness_of(request));
  }

  /// The host of a VirtualService that made a virtual host: the same name, else one that holds it.
  [[nodiscard]] yaml::NodeId host_entry(const WrittenService& service, std::string_view domain) const {
    const std::string_view ns = meeting_.in.workspace.ns_of(*service.resource);
    yaml::NodeId wider{};
    for (const model::Text& host : service.spec->hosts) {
      if (!host) continue;
      const std::string name =
          rules::lower_case(rules::fully_qualified(*host, ns, meeting_.in.workspace.options().cluster_domain));
      if (name == domain) return host.node;
      if (wider == yaml::NodeId::kNone && rules::have_common_name(domain, name)) wider = host.node;
    }
    return wider;
  }

  const Meeting& meeting_;
  const Proxy& proxy_;
  const rules::HostTable& table_;
  Entrance entrance_;
  std::unordered_map<std::string, const VirtualHost*> wildcards_;
};

}  // namespace

void check_hidden_wildcards(const Meeting& meeting) {
  for (const Proxy& proxy : meeting.proxies.gateways()) {
    const rules::HostTable* last = nullptr;
    for_each_host(proxy.rules(), [&](const rules::HostTable& table, const VirtualHost&, const Entrance& entrance) {
      if (&table != last) Hosts(meeting, proxy, table, entrance).check();
      last = &table;
    });
  }
}

}  // namespace wicket::check::routing
