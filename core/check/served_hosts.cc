#include "check/served_hosts.h"

#include <algorithm>
#include <array>
#include <variant>
#include <vector>

#include "rules/host_names.h"

namespace wicket::check {

GatewayHosts::GatewayHosts(const model::Workspace& workspace, const model::Resource& gateway) {
  const auto add = [this](const std::string& ns, std::string_view name) { by_namespace_[ns].written.add(name, 0); };
  if (const auto* other = std::get_if<model::KubernetesGateway>(&gateway.spec)) {
    for (const model::K8sListener& listener : other->listeners)
      add("", listener.hostname->empty() ? std::string_view("*") : *listener.hostname);
    return;
  }
  const auto* spec = std::get_if<model::Gateway>(&gateway.spec);
  if (spec == nullptr || !spec->servers.present()) {
    is_sound_ = false;
    return;
  }
  is_sound_ = gateway.document->size(spec->servers.node) == spec->servers.size();
  for (const model::Server& server : spec->servers) {
    std::vector<std::string_view> written;
    for (const model::Text& host : server.hosts) {
      is_sound_ = is_sound_ && host.valid;
      written.push_back(*host);
    }
    is_sound_ = is_sound_ && server.hosts.present();
    for (const rules::ServerHost& host : rules::server_hosts(written, workspace.ns_of(gateway)))
      add(host.ns, host.name);
  }
}

bool GatewayHosts::serves(std::string_view host, std::string_view ns) const {
  return std::ranges::any_of(std::array{std::string_view(), ns}, [&](std::string_view of) {
    const auto names = by_namespace_.find(of);
    return names != by_namespace_.end() && names->second.written.find(host);
  });
}

bool GatewayHosts::serves_but_for_case(std::string_view host, std::string_view ns) const {
  const std::string lower = rules::lower_case(host);
  return std::ranges::any_of(std::array{std::string_view(), ns}, [&](std::string_view of) {
    const auto names = by_namespace_.find(of);
    if (names == by_namespace_.end()) return false;
    if (!names->second.lower) names->second.lower = names->second.written.in_lower_case();
    return names->second.lower->find(lower).has_value();
  });
}

std::string_view GatewayHosts::other_namespace(std::string_view host, std::string_view ns) const {
  for (const auto& [of, names] : by_namespace_)
    if (!of.empty() && of != ns && names.written.find(host)) return of;
  return {};
}

const GatewayHosts& ServedHosts::of(const model::Resource& gateway) {
  const auto known = known_.find(&gateway);
  if (known != known_.end()) return known->second;
  return known_.emplace(&gateway, GatewayHosts(workspace_, gateway)).first->second;
}

}  // namespace wicket::check
