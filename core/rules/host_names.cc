#include "rules/host_names.h"

#include <algorithm>

namespace wicket::rules {
namespace {

bool is_wildcard(std::string_view name) { return name.starts_with('*'); }

std::string_view suffix(std::string_view name) { return is_wildcard(name) ? name.substr(1) : name; }

// Loose on purpose: what has no dot and holds a colon can only be an IPv6 address, a dotted one is left alone anyway.
bool is_ipv6(std::string_view name) { return name.find(':') != std::string_view::npos; }

}  // namespace

bool is_subset_of(std::string_view name, std::string_view other) {
  if (!is_wildcard(other)) return name == other;
  if (!is_wildcard(name)) return name.ends_with(suffix(other));
  return name.size() >= other.size() && suffix(name).ends_with(suffix(other));
}

bool have_common_name(std::string_view a, std::string_view b) {
  if (is_wildcard(a) && is_wildcard(b))
    return a.size() < b.size() ? suffix(b).ends_with(suffix(a)) : suffix(a).ends_with(suffix(b));
  if (is_wildcard(a)) return b.ends_with(suffix(a));
  if (is_wildcard(b)) return a.ends_with(suffix(b));
  return a == b;
}

std::vector<std::string_view> intersection(std::span<const std::string_view> server_hosts,
                                           std::span<const std::string_view> service_hosts) {
  std::vector<std::string_view> common;
  const auto add = [&common](std::string_view name) {
    if (std::ranges::find(common, name) == common.end()) common.push_back(name);
  };
  for (const std::string_view server : server_hosts) {
    for (const std::string_view service : service_hosts) {
      if (is_subset_of(server, service)) {
        add(server);
      } else if (is_subset_of(service, server)) {
        add(service);
      }
    }
  }
  return common;
}

ServerNames::ServerNames(std::span<const ServerHost> hosts) : hosts_(hosts) {
  exact_.reserve(hosts.size());
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    if (is_wildcard(hosts[i].name)) {
      wildcards_.push_back(i);
    } else {
      exact_.emplace(hosts[i].name, i);
    }
  }
}

std::vector<std::string_view> ServerNames::common(std::span<const std::string> service_hosts,
                                                  std::string_view ns) const {
  if (std::ranges::any_of(service_hosts, is_wildcard)) return common_with_wildcards(service_hosts, ns);
  struct Hit {
    std::size_t server;
    std::string_view name;
  };
  std::vector<Hit> hits;
  for (const std::string& host : service_hosts)
    if (const std::optional<std::size_t> first = first_around(host, ns)) hits.push_back({*first, host});
  std::ranges::stable_sort(hits, {}, &Hit::server);
  std::vector<std::string_view> common;
  common.reserve(hits.size());
  for (const Hit& hit : hits)
    if (std::ranges::find(common, hit.name) == common.end()) common.push_back(hit.name);
  return common;
}

std::vector<std::string_view> ServerNames::common_with_wildcards(std::span<const std::string> service_hosts,
                                                                 std::string_view ns) const {
  std::vector<std::string_view> served;
  for (const ServerHost& host : hosts_)
    if (host.is_for(ns)) served.push_back(host.name);
  return intersection(served, std::vector<std::string_view>(service_hosts.begin(), service_hosts.end()));
}

// The first host of the server that holds an exact name.
std::optional<std::size_t> ServerNames::first_around(std::string_view host, std::string_view ns) const {
  std::optional<std::size_t> first;
  const auto offer = [&](std::size_t i) {
    if (hosts_[i].is_for(ns) && (!first || i < *first)) first = i;
  };
  const auto [begin, end] = exact_.equal_range(host);
  for (auto at = begin; at != end; ++at) offer(at->second);
  for (const std::size_t i : wildcards_)
    if (is_subset_of(host, hosts_[i].name)) offer(i);
  return first;
}

std::string fully_qualified(std::string_view name, std::string_view ns, std::string_view domain) {
  std::string room;
  return std::string(fully_qualified(name, ns, domain, room));
}

std::string_view fully_qualified(std::string_view name, std::string_view ns, std::string_view domain,
                                 std::string& room) {
  if (name.empty() || is_wildcard(name) || name.find('.') != std::string_view::npos || is_ipv6(name)) return name;
  room.assign(name).append(".").append(ns).append(".svc.").append(domain);
  return room;
}

ServerHost server_host(std::string_view written, std::string_view gateway_ns) {
  const std::size_t slash = written.find('/');
  if (slash == std::string_view::npos) return {.ns = "", .name = std::string(written)};
  const std::string_view ns = written.substr(0, slash);
  const std::string_view name = written.substr(slash + 1);
  if (ns == ".") return {.ns = std::string(gateway_ns), .name = std::string(name)};
  if (ns == "*") return {.ns = "", .name = std::string(name)};
  return {.ns = std::string(ns), .name = std::string(name)};
}

std::vector<ServerHost> server_hosts(std::span<const std::string_view> written, std::string_view gateway_ns) {
  if (std::ranges::find(written, std::string_view("*/*")) != written.end()) return {ServerHost{.ns = "", .name = "*"}};
  std::vector<ServerHost> hosts;
  hosts.reserve(written.size());
  for (const std::string_view host : written) hosts.push_back(server_host(host, gateway_ns));
  return hosts;
}

std::optional<std::string> gateway_name(std::string_view written, std::string_view ns) {
  std::string room;
  const auto name = gateway_name(written, ns, room);
  return name ? std::optional<std::string>(*name) : std::nullopt;
}

std::optional<std::string_view> gateway_name(std::string_view written, std::string_view ns, std::string& room) {
  if (written == "mesh") return std::nullopt;
  const auto join = [&room](std::string_view space, std::string_view name) -> std::string_view {
    return room.assign(space).append("/").append(name);
  };
  if (const std::size_t slash = written.find('/'); slash != std::string_view::npos)
    return written.starts_with("./") ? join(ns, written.substr(2)) : written;
  const std::size_t dot = written.find('.');
  if (dot == std::string_view::npos) return join(ns, written);
  // name.namespace or name.namespace.svc.domain, from before names with a slash
  const std::string_view rest = written.substr(dot + 1);
  return join(rest.substr(0, rest.find('.')), written.substr(0, dot));
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; });
  return lower;
}

}  // namespace wicket::rules
