#include "route/table.h"

#include <algorithm>
#include <string>

namespace wicket::route {
namespace {

bool serves_number(const rules::Listener& listener, std::uint32_t port) {
  return std::ranges::find(listener.server_ports, port) != listener.server_ports.end();
}

// A listener of that very address wins over one of all addresses; while the address is not known, that one wins.
bool is_better(const Listener& candidate, const Listener* best, std::string_view local_address) {
  if (!local_address.empty() && !candidate.source->bind.empty() && candidate.source->bind != local_address)
    return false;
  if (best == nullptr) return true;
  return local_address.empty() ? candidate.source->bind.empty() : best->source->bind.empty();
}

}  // namespace

const VirtualHost* HostTable::find(std::string_view lookup_name) const {
  const std::optional<std::size_t> found = index.find(lookup_name);
  return found ? &hosts[*found] : nullptr;
}

const rules::FilterChain* Listener::find(const RequestView& connection) const {
  if (!connection.tls) return plaintext;
  if (!connection.sni.empty() && !by_sni.empty()) {
    const LookupName sni(connection.sni);
    if (const auto exact = by_sni.find(sni.view()); exact != by_sni.end()) return exact->second;
    std::string wildcard;
    for (std::size_t dot = sni.view().find('.'); dot != std::string_view::npos; dot = sni.view().find('.', dot + 1)) {
      wildcard.assign(1, '*').append(sni.view().substr(dot));
      if (const auto found = by_sni.find(wildcard); found != by_sni.end()) return found->second;
    }
  }
  return tls_default != nullptr ? tls_default : plaintext;
}

const Listener* RouteTable::find(std::uint32_t port, std::string_view local_address) const {
  const Listener* best = nullptr;
  for (const Listener& listener : listeners_)
    if (serves_number(*listener.source, port) && is_better(listener, best, local_address)) best = &listener;
  if (best != nullptr) return best;
  for (const Listener& listener : listeners_)
    if (listener.source->port == port && is_better(listener, best, local_address)) best = &listener;
  if (best != nullptr) return best;
  const auto rest = std::ranges::find_if(listeners_, [](const Listener& l) { return l.source->any_port; });
  return rest == listeners_.end() ? nullptr : &*rest;
}

}  // namespace wicket::route
