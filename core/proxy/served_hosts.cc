#include "proxy/served_hosts.h"

#include <algorithm>

namespace wicket::proxy {

bool is_served(const route::RouteTable& table, std::string_view host) {
  const auto names_it = [&](const rules::FilterChain& chain) {
    if (chain.kind != rules::ChainKind::kHttp && chain.kind != rules::ChainKind::kHttps) return false;
    const route::VirtualHost* found = table.host_table(chain).find(host);
    return found != nullptr && found->source->domain != "*";
  };
  return std::ranges::any_of(table.listeners(), [&](const route::Listener& listener) {
    return std::ranges::any_of(listener.source->chains, names_it);
  });
}

std::string gateway_server_name(const route::RouteTable& table, std::string_view sni) {
  constexpr std::string_view kLocalhost = ".localhost";
  if (sni.size() > kLocalhost.size() && sni.ends_with(kLocalhost) && !is_served(table, sni))
    sni.remove_suffix(kLocalhost.size());
  return std::string(sni);
}

}  // namespace wicket::proxy
