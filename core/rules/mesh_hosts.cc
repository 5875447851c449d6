#include "rules/mesh_hosts.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/host_names.h"

namespace wicket::rules {
namespace {

bool is_wildcard(std::string_view host) { return host.starts_with('*'); }

void add_once(const Service* service, std::vector<const Service*>& services) {
  if (std::ranges::find(services, service) == services.end()) services.push_back(service);
}

}  // namespace

ClosestVirtualService::ClosestVirtualService(std::span<const BoundService* const> services) {
  for (const BoundService* service : services)
    for (const std::string& host : service->hosts) (is_wildcard(host) ? wildcards_ : exact_).try_emplace(host, service);
}

const BoundService* ClosestVirtualService::of(const std::string& service_host) const {
  if (const auto found = exact_.find(service_host); found != exact_.end()) return found->second;
  std::string_view longest;
  const BoundService* best = nullptr;
  for (const auto& [host, service] : wildcards_) {
    if (!is_subset_of(service_host, host) || host.size() <= longest.size()) continue;
    longest = host;
    best = service;
  }
  return best;
}

MeshHosts separate_hosts(const BoundService& service, std::span<const Service* const> on_port,
                         const ClosestVirtualService& closest) {
  MeshHosts hosts;
  for (const std::string& host : service.hosts) {
    if (is_wildcard(host)) continue;
    const auto known = std::ranges::find(on_port, host, [](const Service* s) -> const std::string& { return s->host; });
    if (known != on_port.end()) {
      add_once(*known, hosts.services);
    } else {
      hosts.others.push_back(host);
    }
  }
  for (const std::string& host : service.hosts) {
    if (!is_wildcard(host)) continue;
    bool some_match = false;
    for (const Service* candidate : on_port) {
      if (!have_common_name(candidate->host, host)) continue;
      some_match = true;
      if (closest.of(candidate->host) == &service) add_once(candidate, hosts.services);
    }
    if (!some_match) hosts.others.push_back(host);
  }
  return hosts;
}

std::vector<std::string> service_domains(const Service& service, std::string_view caller_ns,
                                         std::string_view cluster_domain) {
  std::vector<std::string> domains = {service.host};
  const std::string suffix = fmt::format(".svc.{}", cluster_domain);
  if (service.host.ends_with(suffix)) {
    const std::string short_name = service.host.substr(0, service.host.size() - suffix.size());  // a.ns
    const std::size_t dot = short_name.find('.');
    domains.push_back(service.host + ".");
    if (dot != std::string::npos && std::string_view(short_name).substr(dot + 1) == caller_ns)
      domains.push_back(short_name.substr(0, dot));
    domains.push_back(short_name);
    domains.push_back(short_name + ".svc");
  }
  for (const std::string& address : service.addresses)
    if (address.find('/') == std::string::npos)  // ranges are none that a Host could name
      domains.push_back(address.find(':') == std::string::npos ? address : "[" + address + "]");
  return domains;
}

}  // namespace wicket::rules
