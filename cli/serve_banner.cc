#include "cli/serve_banner.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace wicket::cli {
namespace {

constexpr std::size_t kMostHosts = 12;     // listed for one port
constexpr std::size_t kMostClusters = 12;  // listed in all

struct ServedHost {
  std::string domain;
  const proxy::ServedPort* port;
};

std::vector<ServedHost> hosts_of(const route::RouteTable& table, const proxy::ServedPort& port) {
  std::vector<ServedHost> hosts;
  const route::Listener* listener = table.find(port.gateway_port, port.bind);
  if (listener == nullptr) return hosts;
  for (const rules::FilterChain& chain : listener->source->chains) {
    if (chain.kind != (port.is_tls ? rules::ChainKind::kHttps : rules::ChainKind::kHttp)) continue;
    for (const rules::VirtualHost& host : table.rules().tables[chain.table].hosts)
      if (!host.blackhole) hosts.push_back({host.domain, &port});
  }
  return hosts;
}

std::string port_suffix(const proxy::ServedPort& port) {
  const std::uint16_t usual = port.is_tls ? 443 : 80;
  return port.bound_port == usual ? std::string() : fmt::format(":{}", port.bound_port);
}

// A name that the domain takes: itself, or one below a wildcard.
std::string example_name(const std::string& domain) {
  if (domain == "*") return "localhost";
  return domain.starts_with('*') ? "www" + domain.substr(1) : domain;
}

std::string url(const ServedHost& host, bool maps_headers) {
  const std::string name = example_name(host.domain);
  const bool resolves = name == "localhost" || !maps_headers || name.ends_with(".localhost");
  return fmt::format("{}://{}{}{}/", host.port->is_tls ? "https" : "http", name, resolves ? "" : ".localhost",
                     port_suffix(*host.port));
}

std::string curl_line(const ServedHost& host, const std::string& address) {
  const std::string name = example_name(host.domain);
  const std::string scheme = host.port->is_tls ? "https" : "http";
  if (name == "localhost") return fmt::format("curl {}://localhost{}/", scheme, port_suffix(*host.port));
  return fmt::format("curl --resolve {}:{}:{} {}://{}{}/", name, host.port->bound_port,
                     address == "0.0.0.0" ? "127.0.0.1" : address, scheme, name, port_suffix(*host.port));
}

std::string target_of(const proxy::Backend& backend) {
  switch (backend.kind) {
    case proxy::BackendKind::kEcho:
      return "built-in echo";
    case proxy::BackendKind::kNone:
      return "nobody: 503";
    case proxy::BackendKind::kEndpoints:
      break;
  }
  std::string text;
  for (const proxy::Endpoint& endpoint : backend.endpoints) text += (text.empty() ? "" : ", ") + endpoint.text();
  return text;
}

void append_port(const proxy::ServedPort& port, const std::vector<ServedHost>& hosts, const ServeOptions& options,
                 std::string& text) {
  text += port.bound_port == port.gateway_port
              ? fmt::format("port {}\n", port.gateway_port)
              : fmt::format("port {} is served at {}:{}\n", port.gateway_port, options.address, port.bound_port);
  std::size_t widest = 0;
  const std::size_t shown = std::min(hosts.size(), kMostHosts);
  for (std::size_t i = 0; i < shown; ++i) widest = std::max(widest, url(hosts[i], options.maps_headers).size());
  for (std::size_t i = 0; i < shown; ++i)
    text += fmt::format("  {:{}}  {}\n", url(hosts[i], options.maps_headers), widest, hosts[i].domain);
  if (shown < hosts.size()) text += fmt::format("  and {} hosts more\n", hosts.size() - shown);
  if (hosts.empty()) text += "  no host: every request is a 404\n";
}

}  // namespace

std::string serve_banner(const proxy::ServingSet& set, const std::vector<proxy::ServedPort>& ports,
                         const ServeOptions& options) {
  std::string text;
  std::optional<ServedHost> first;
  for (const proxy::ServedPort& port : ports) {
    const std::vector<ServedHost> hosts = hosts_of(*set.table, port);
    if (!first && !hosts.empty()) first = hosts.front();
    append_port(port, hosts, options, text);
  }
  const std::vector<const rules::Cluster*> clusters = clusters_of(*set.table);
  if (!clusters.empty()) text += "destinations\n";
  for (std::size_t i = 0; i < std::min(clusters.size(), kMostClusters); ++i)
    text += fmt::format("  {} -> {}\n", clusters[i]->name, target_of(*set.find(*clusters[i])));
  if (clusters.size() > kMostClusters) text += fmt::format("  and {} more\n", clusters.size() - kMostClusters);
  if (first) text += "try\n  " + curl_line(*first, options.address) + "\n";
  return text;
}

}  // namespace wicket::cli
