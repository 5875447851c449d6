// WK404, WK429, WK431 to WK433: whether a VirtualService and its Gateways have a host in common.
//
// The control plane takes the pair of a Gateway and a VirtualService where some server of the one serves some host of
// the other, for VirtualServices of that namespace (R-BIND-7). A Gateway that is not at hand may serve anything.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "check/references.h"
#include "check/words.h"
#include "rules/host_names.h"
#include "rules/merge.h"

namespace wicket::check::references {
namespace {

using model::Resource;
using model::Text;

/// An entry of spec.gateways whose Gateway is in the input.
struct Entry {
  const Text* text = nullptr;
  std::string name;
  const Resource* gateway = nullptr;
  const GatewayHosts* hosts = nullptr;
};

class HostReferences {
 public:
  HostReferences(const CheckInput& in, const BoundService& service, Reporter& out)
      : in_(in), service_(service), places_(*service.resource), out_(out) {}

  void run() {
    if (service_.is_delegate || service_.gateways.empty()) return;
    find_gateways();
    check_visible();
    if (!is_complete_ || entries_.empty()) return;
    for (const Text& host : service_.spec->hosts) {
      if (!host) return;  // what is meant by it may be served
      full_.push_back(rules::fully_qualified(*host, service_.ns, in_.workspace.options().cluster_domain));
    }
    std::vector<bool> is_served(full_.size());
    std::vector<bool> serves(entries_.size());
    for (std::size_t h = 0; h < full_.size(); ++h) {
      for (std::size_t e = 0; e < entries_.size(); ++e) {
        if (!entries_[e].hosts->serves(full_[h], service_.ns)) continue;
        is_served[h] = serves[e] = true;
      }
    }
    if (std::ranges::find(is_served, false) == is_served.end()) return;
    for (std::size_t e = 0; e < entries_.size(); ++e)
      if (!serves[e]) tell_gateway(entries_[e]);
    for (std::size_t h = 0; h < full_.size(); ++h)
      if (!is_served[h]) tell_host(h);
  }

 private:
  void find_gateways() {
    for (const Text& text : service_.spec->gateways) {
      if (!text || is_generated_gateway(*text)) {
        is_complete_ = false;
        continue;
      }
      std::optional<std::string> name = rules::gateway_name(*text, service_.ns);
      if (!name) continue;
      if (std::ranges::find(entries_, *name, &Entry::name) != entries_.end()) continue;
      const Reference reference = in_.estate->gateway(*name);
      if (reference.found != nullptr) {
        const GatewayHosts& hosts = in_.estate->hosts_of(*reference.found);
        is_complete_ = is_complete_ && hosts.is_sound();
        entries_.push_back({.text = &text, .name = *std::move(name), .gateway = reference.found, .hosts = &hosts});
      } else if (reference.answer != Answer::kMissing) {
        is_complete_ = false;
      }
    }
  }

  void check_visible() {
    const model::List<Text>& export_to = service_.spec->export_to;
    if (!export_to.present() || export_to.empty()) return;
    for (const Entry& entry : entries_) {
      const auto blind = blind_gateways(in_, service_, *entry.gateway);
      if (blind.empty()) continue;
      out_.report(wk("WK429"), places_.key(export_to.node),
                  "exportTo hides this VirtualService from the pods of Gateway {} in namespace {}", entry.name,
                  fmt::join(blind, ", "))
          .note(entry.gateway->span(entry.gateway->metadata.name.node), "the Gateway")
          .help(fmt::format("add {} to exportTo", blind.front()));
      return;
    }
  }

  void tell_gateway(const Entry& entry) {
    auto finding = out_.report(wk("WK404"), places_.value(entry.text->node),
                               "none of the hosts is served by Gateway {}", entry.name);
    finding.note(service_.resource->span(service_.spec->hosts.node), "the hosts");
    if (const auto* spec = std::get_if<model::Gateway>(&entry.gateway->spec); spec != nullptr && !spec->servers.empty())
      finding.note(entry.gateway->span(spec->servers[0].hosts.node), "what it serves");
  }

  void tell_host(std::size_t index) {
    const Text& host = service_.spec->hosts[index];
    // In the mesh a host needs no Gateway, but it has to be one.
    if (service_.applies_to_mesh && in_.estate->service(full_[index], service_.ns).answer != Answer::kMissing) return;
    auto finding = out_.report(wk("WK432"), places_.value(host.node), "no bound Gateway serves {}", quoted(*host));
    for (const Entry& entry : entries_) {
      if (entry.hosts->serves_but_for_case(full_[index], service_.ns)) {
        finding.help(
            fmt::format("Gateway {} has the name in other letters, and they are compared as written", entry.name));
        return;
      }
      const std::string_view other = entry.hosts->other_namespace(full_[index], service_.ns);
      if (other.empty()) continue;
      finding.help(fmt::format("Gateway {} serves it for VirtualServices of namespace {} only", entry.name, other));
      return;
    }
  }

  const CheckInput& in_;
  const BoundService& service_;
  Places places_;
  Reporter& out_;
  std::vector<Entry> entries_;
  std::vector<std::string> full_;
  bool is_complete_ = true;  // all Gateways of the list are known, with all of their hosts
};

/// Whether a server answers without any VirtualService.
bool needs_no_routes(const model::Server& server) {
  if (server.tls && *server.tls->https_redirect) return true;
  return rules::chain_kind(server) == rules::ChainKind::kAutoPassthrough;
}

/// WK431 and WK433: Gateways from their own side, where the input is all there is.
class UnusedHosts {
 public:
  UnusedHosts(const CheckInput& in, const BoundServices& all, Reporter& out) : in_(in), out_(out) {
    for (const BoundService& service : all.services) {
      if (service.is_delegate) continue;
      for (const std::string& gateway : service.gateways) {
        bound_.insert(gateway);
        HostIndex& hosts = routed_[gateway];
        for (const Text& host : service.spec->hosts) {
          const std::string full = rules::fully_qualified(*host, service.ns, in.workspace.options().cluster_domain);
          hosts.add(full, 0);
          routed_[gateway + "|" + std::string(service.ns)].add(full, 0);
        }
      }
    }
  }

  void run() {
    for (const Resource* resource : in_.workspace.all(model::Kind::kGateway)) {
      const auto* spec = std::get_if<model::Gateway>(&resource->spec);
      if (spec == nullptr || spec->servers.empty() || resource->name().empty()) continue;
      const std::string name = name_of(in_, *resource);
      const Places places(*resource);
      if (!bound_.contains(name)) {
        if (std::ranges::all_of(spec->servers, needs_no_routes)) continue;
        out_.report(wk("WK431"), places.value(resource->metadata.name.node),
                    "no VirtualService is bound to this Gateway");
        if (out_.wants(wk("WK431"))) continue;
      }
      for (const model::Server& server : spec->servers) check_server(*resource, name, places, server);
    }
  }

 private:
  void check_server(const Resource& resource, const std::string& gateway, const Places& places,
                    const model::Server& server) {
    const auto kind = rules::chain_kind(server);
    if (!kind || *kind == rules::ChainKind::kPassthrough || needs_no_routes(server)) return;
    for (const Text& text : server.hosts) {
      if (!text) continue;
      const rules::ServerHost host = rules::server_host(*text, in_.workspace.ns_of(resource));
      if (host.name.starts_with('*')) continue;
      const auto routed = routed_.find(host.ns.empty() ? gateway : gateway + "|" + host.ns);
      if (routed != routed_.end() && routed->second.find(host.name)) continue;
      out_.report(wk("WK433"), places.value(text.node), "no VirtualService routes {}", quoted(host.name));
    }
  }

  const CheckInput& in_;
  Reporter& out_;
  std::unordered_set<std::string> bound_;
  std::unordered_map<std::string, HostIndex> routed_;  // Gateway, or Gateway|namespace
};

}  // namespace

void check_hosts(const CheckInput& in, const BoundServices& all, Reporter& out) {
  for (const BoundService& service : all.services) HostReferences(in, service, out).run();
  if (in.closed_world && (out.wants(wk("WK431")) || out.wants(wk("WK433")))) UnusedHosts(in, all, out).run();
}

}  // namespace wicket::check::references
