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
  const NamedGateway* named = nullptr;
  const GatewayHosts* hosts = nullptr;

  [[nodiscard]] const Resource& gateway() const { return *named->reference.found; }
};

class HostReferences {
 public:
  HostReferences(const CheckInput& in, ServedHosts& served, Reporter& out) : in_(in), served_(served), out_(out) {}

  void check(const BoundService& service) {
    if (service.is_delegate || service.gateways.empty()) return;
    service_ = &service;
    find_gateways();
    check_visible();
    const model::List<Text>& hosts = service.spec->hosts;
    if (!is_complete_ || entries_.empty()) return;
    if (!std::ranges::all_of(hosts, [](const Text& host) { return host.valid; }))
      return;  // what is meant by it may be served
    if (std::ranges::all_of(hosts, [&](const Text& host) { return is_served(host); })) return;
    for (const Entry& entry : entries_)
      if (std::ranges::none_of(hosts, [&](const Text& host) { return serves(entry, host); })) tell_gateway(entry);
    for (const Text& host : hosts)
      if (!is_served(host)) tell_host(host);
  }

 private:
  void find_gateways() {
    entries_.clear();
    is_complete_ = true;
    for (const Text& text : service_->spec->gateways) {
      if (!text || is_generated_gateway(*text)) {
        is_complete_ = false;
        continue;
      }
      const NamedGateway* named = in_.estate->gateway_of(*text, service_->ns);
      if (named == nullptr || std::ranges::find(entries_, named, &Entry::named) != entries_.end()) continue;
      if (named->reference.found != nullptr) {
        const GatewayHosts& hosts = served_.of(*named->reference.found);
        is_complete_ = is_complete_ && hosts.is_sound();
        entries_.push_back({.text = &text, .named = named, .hosts = &hosts});
      } else if (named->reference.answer != Answer::kMissing) {
        is_complete_ = false;
      }
    }
  }

  [[nodiscard]] std::string_view full_name(const Text& host) {
    return rules::fully_qualified(*host, service_->ns, in_.workspace.options().cluster_domain, room_);
  }
  [[nodiscard]] bool serves(const Entry& entry, const Text& host) {
    return entry.hosts->serves(full_name(host), service_->ns);
  }
  [[nodiscard]] bool is_served(const Text& host) {
    const std::string_view full = full_name(host);
    return std::ranges::any_of(entries_, [&](const Entry& entry) { return entry.hosts->serves(full, service_->ns); });
  }

  void check_visible() {
    const model::List<Text>& export_to = service_->spec->export_to;
    if (!export_to.present() || export_to.empty()) return;
    for (const Entry& entry : entries_) {
      const auto blind = blind_gateways(in_, *service_, entry.gateway());
      if (blind.empty()) continue;
      out_.report(wk("WK429"), places().key(export_to.node),
                  "exportTo hides this VirtualService from the pods of Gateway {} in namespace {}", entry.named->name,
                  fmt::join(blind, ", "))
          .note(entry.gateway().span(entry.gateway().metadata.name.node), "the Gateway")
          .help(fmt::format("add {} to exportTo", blind.front()));
      return;
    }
  }

  void tell_gateway(const Entry& entry) {
    auto finding = out_.report(wk("WK404"), places().value(entry.text->node),
                               "none of the hosts is served by Gateway {}", entry.named->name);
    finding.note(service_->resource->span(service_->spec->hosts.node), "the hosts");
    const Resource& gateway = entry.gateway();
    if (const auto* spec = std::get_if<model::Gateway>(&gateway.spec); spec != nullptr && !spec->servers.empty())
      finding.note(gateway.span(spec->servers[0].hosts.node), "what it serves");
  }

  void tell_host(const Text& host) {
    const std::string_view full = full_name(host);
    // In the mesh a host needs no Gateway, but it has to be one.
    if (service_->applies_to_mesh && in_.estate->service(full, service_->ns).answer != Answer::kMissing) return;
    auto finding = out_.report(wk("WK432"), places().value(host.node), "no bound Gateway serves {}", quoted(*host));
    for (const Entry& entry : entries_) {
      if (entry.hosts->serves_but_for_case(full, service_->ns)) {
        finding.help(fmt::format("Gateway {} has the name in other letters, and they are compared as written",
                                 entry.named->name));
        return;
      }
      const std::string_view other = entry.hosts->other_namespace(full, service_->ns);
      if (other.empty()) continue;
      finding.help(
          fmt::format("Gateway {} serves it for VirtualServices of namespace {} only", entry.named->name, other));
      return;
    }
  }

  [[nodiscard]] Places places() const { return Places(*service_->resource); }

  const CheckInput& in_;
  ServedHosts& served_;
  Reporter& out_;
  const BoundService* service_ = nullptr;
  std::vector<Entry> entries_;
  bool is_complete_ = true;  // all Gateways of the list are known, with all of their hosts
  std::string room_;         // for a name
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
      for (const NamedGateway* named : service.gateways) {
        const std::string& gateway = named->name;
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

ServiceCheck hosts_check(const CheckInput& in, ServedHosts& served, Reporter& out) {
  return service_check<HostReferences>(in, served, out);
}

void check_unused_hosts(const CheckInput& in, const BoundServices& all, Reporter& out) {
  if (out.wants(wk("WK431")) || out.wants(wk("WK433"))) UnusedHosts(in, all, out).run();
}

}  // namespace wicket::check::references
