// WK420 and WK427: two VirtualServices with one host. At a Gateway their rules are joined; in the mesh one of them is
// all that callers get.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/text_hash.h"
#include "check/export_scope.h"
#include "check/host_index.h"
#include "check/references.h"
#include "check/words.h"
#include "rules/host_names.h"

namespace wicket::check::references {
namespace {

using model::Resource;
using model::Text;

/// A host of a VirtualService.
struct Claim {
  const BoundService* service = nullptr;  // of BoundServices::services: the earlier one has the lower address
  const Text* host = nullptr;
};

/// What rules of different VirtualServices are joined for: those for HTTP, for SNI and for bytes do not get in each
/// other's way.
struct SharedHost {
  const NamedGateway* gateway = nullptr;
  std::size_t section = 0;
  std::string_view host;

  friend bool operator==(const SharedHost&, const SharedHost&) = default;
};
struct HashOfSharedHost {
  std::size_t operator()(const SharedHost& one) const { return hash_of(one.gateway, one.section, one.host); }
};

/// WK427.
class GatewayHostsShared {
 public:
  GatewayHostsShared(const CheckInput& in, const BoundServices& all, ServedHosts& served, Reporter& out)
      : in_(in), all_(all), served_(served), out_(out) {
    if (out.wants(wk("WK427"))) first_.reserve(all.services.size());
  }

  void check(const BoundService& service) {
    if (service.is_delegate || !out_.wants(wk("WK427"))) return;
    std::unordered_set<std::string_view> told;
    for (const NamedGateway* gateway : service.gateways) {
      const Resource* found = gateway->reference.found;
      if (found != nullptr && !blind_gateways(in_, service, *found).empty()) continue;
      const GatewayHosts* served = found == nullptr ? nullptr : &served_.of(*found);
      for (const Text& host : service.spec->hosts) {
        if (!host) continue;
        const std::string_view full =
            rules::fully_qualified(*host, service.ns, in_.workspace.options().cluster_domain, room_);
        if (served == nullptr || served->serves(full, service.ns))
          add({.service = &service, .host = &host}, *gateway, full, told);
      }
    }
  }

 private:
  static constexpr std::size_t kSections = 3;

  void add(const Claim& claim, const NamedGateway& gateway, std::string_view full,
           std::unordered_set<std::string_view>& told) {
    const model::VirtualService& spec = *claim.service->spec;
    const std::array<bool, kSections> has = {!spec.http.empty(), !spec.tls.empty(), !spec.tcp.empty()};
    const Claim* earlier = nullptr;
    for (std::size_t section = 0; section < kSections; ++section) {
      if (!has[section]) continue;
      const Claim& first = first_of({.gateway = &gateway, .section = section, .host = full}, claim);
      if (first.service != claim.service && earlier == nullptr) earlier = &first;
    }
    if (earlier == nullptr || !told.insert(**claim.host).second) return;
    const std::string other = name_of(in_, *earlier->service->resource);
    auto finding =
        all_.is_order_known
            ? out_.report(wk("WK427"), Places(*claim.service->resource).value(claim.host->node),
                          "{} is also configured by VirtualService {}, which is older: its rules come first",
                          quoted(**claim.host), other)
            : out_.report(wk("WK427"), Places(*claim.service->resource).value(claim.host->node),
                          "{} is also configured by VirtualService {}: the rules of both are joined, in an order that "
                          "only the time of their creation tells",
                          quoted(**claim.host), other);
    finding.note(earlier->service->resource->span(earlier->host->node), "also configured here");
  }

  /// The first one that had this: `claim` itself where none did.
  const Claim& first_of(SharedHost shared, const Claim& claim) {
    const auto known = first_.find(shared);
    if (known != first_.end()) return known->second;
    if (shared.host == **claim.host) {
      shared.host = **claim.host;  // lasts
    } else {
      shared.host = completed_.emplace_back(shared.host);
    }
    return first_.emplace(shared, claim).first->second;
  }

  const CheckInput& in_;
  const BoundServices& all_;
  ServedHosts& served_;
  Reporter& out_;
  std::unordered_map<SharedHost, Claim, HashOfSharedHost> first_;
  std::deque<std::string> completed_;  // names of first_ that are not written so
  std::string room_;                   // for a name
};

/// WK420. A host counts for the namespaces that see its VirtualService: all of them, or those that exportTo names. In
/// one of these a host also meets those of all namespaces that it has names in common with.
/// Source: Istio pkg/config/analysis/analyzers/virtualservice, ConflictingMeshGatewayHostsAnalyzer.
class MeshHostsShared {
 public:
  MeshHostsShared(const CheckInput& in, const BoundServices& all, Reporter& out) : in_(in), out_(out) {
    for (const BoundService& service : all.services) {
      if (!service.applies_to_mesh || service.is_delegate) continue;
      const std::vector<std::string> scopes = scopes_of(service);
      for (const Text& host : service.spec->hosts)
        if (host) add({.service = &service, .host = &host}, scopes);
    }
  }

  void run() {
    for (const Claim& claim : private_) {
      const std::string full = full_name_of(claim);
      if (const auto other = public_.find(full); other && claims_[*other].service != claim.service)
        tell(claim, claims_[*other]);
    }
  }

 private:
  [[nodiscard]] std::vector<std::string> scopes_of(const BoundService& service) const {
    if (service.spec->export_to.present()) return export_scopes(service.spec->export_to, service.ns);
    std::vector<std::string> scopes;
    for (const std::string& scope : in_.estate->mesh().virtual_service_export_to) {
      if (scope == "*") return {"*"};
      scopes.push_back(scope == "." ? std::string(service.ns) : scope);
    }
    return scopes.empty() ? std::vector<std::string>{"*"} : scopes;
  }

  [[nodiscard]] std::string full_name_of(const Claim& claim) const {
    return rules::fully_qualified(**claim.host, claim.service->ns, in_.workspace.options().cluster_domain);
  }

  void add(const Claim& claim, const std::vector<std::string>& scopes) {
    const std::string full = full_name_of(claim);
    for (const std::string& scope : scopes) {
      const auto [first, is_new] = first_.try_emplace(scope + "|" + full, claim);
      if (!is_new && first->second.service != claim.service) tell(first->second, claim);
      if (scope == "*") {
        public_.add(full, claims_.size());
        claims_.push_back(claim);
      } else if (is_new) {
        private_.push_back(claim);
      }
    }
  }

  void tell(const Claim& a, const Claim& b) {
    const bool is_first = std::less<>{}(a.service, b.service);
    const Claim& later = is_first ? b : a;
    const Claim& earlier = is_first ? a : b;
    if (!told_.insert(later.host).second) return;
    out_.report(wk("WK420"), Places(*later.service->resource).value(later.host->node),
                "{} is also configured by VirtualService {}; in the mesh only one of them applies",
                quoted(**later.host), name_of(in_, *earlier.service->resource))
        .note(earlier.service->resource->span(earlier.host->node), "also configured here")
        .help("put the rules of both into one VirtualService, or limit them by exportTo");
  }

  const CheckInput& in_;
  Reporter& out_;
  std::unordered_map<std::string, Claim> first_;  // scope|host
  HostIndex public_;                              // of claims_
  std::vector<Claim> claims_;                     // of all namespaces
  std::vector<Claim> private_;
  std::unordered_set<const Text*> told_;
};

}  // namespace

ServiceCheck shared_hosts_check(const CheckInput& in, const BoundServices& all, ServedHosts& served, Reporter& out) {
  return service_check<GatewayHostsShared>(in, all, served, out);
}

void check_mesh_hosts(const CheckInput& in, const BoundServices& all, Reporter& out) {
  if (out.wants(wk("WK420"))) MeshHostsShared(in, all, out).run();
}

}  // namespace wicket::check::references
