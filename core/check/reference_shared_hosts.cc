// WK420 and WK427: two VirtualServices with one host. At a Gateway their rules are joined; in the mesh one of them is
// all that callers get.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "check/export_scope.h"
#include "check/host_index.h"
#include "check/references.h"
#include "check/words.h"
#include "rules/host_names.h"

namespace wicket::check::references {
namespace {

using model::Text;

/// A host of a VirtualService.
struct Claim {
  std::size_t order = 0;  // of the VirtualService
  const BoundService* service = nullptr;
  const Text* host = nullptr;
};

/// WK427.
class GatewayHostsShared {
 public:
  GatewayHostsShared(const CheckInput& in, const BoundServices& all, Reporter& out) : in_(in), all_(all), out_(out) {}

  void run() {
    for (std::size_t i = 0; i < all_.services.size(); ++i) add(all_.services[i], i);
  }

 private:
  static constexpr std::size_t kSections = 3;

  void add(const BoundService& service, std::size_t order) {
    if (service.is_delegate) return;
    std::unordered_set<std::string_view> told;
    for (const std::string& gateway : service.gateways) {
      const Reference reference = in_.estate->gateway(gateway);
      const bool is_here = reference.found != nullptr;
      if (is_here && !blind_gateways(in_, service, *reference.found).empty()) continue;
      for (const Text& host : service.spec->hosts) {
        if (!host) continue;
        const std::string full = rules::fully_qualified(*host, service.ns, in_.workspace.options().cluster_domain);
        if (is_here && !in_.estate->hosts_of(*reference.found).serves(full, service.ns)) continue;
        add({.order = order, .service = &service, .host = &host}, gateway + "|" + full, told);
      }
    }
  }

  // Rules for HTTP, for SNI and for bytes do not get in each other's way.
  void add(const Claim& claim, const std::string& key, std::unordered_set<std::string_view>& told) {
    const model::VirtualService& spec = *claim.service->spec;
    const std::array<bool, kSections> has = {!spec.http.empty(), !spec.tls.empty(), !spec.tcp.empty()};
    std::array<Claim, kSections>& first = first_[key];
    const Claim* earlier = nullptr;
    for (std::size_t i = 0; i < kSections; ++i) {
      if (!has[i]) continue;
      if (first[i].service == nullptr) {
        first[i] = claim;
      } else if (first[i].service != claim.service && earlier == nullptr) {
        earlier = &first[i];
      }
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

  const CheckInput& in_;
  const BoundServices& all_;
  Reporter& out_;
  std::unordered_map<std::string, std::array<Claim, kSections>> first_;  // Gateway|host
};

/// WK420. A host counts for the namespaces that see its VirtualService: all of them, or those that exportTo names. In
/// one of these a host also meets those of all namespaces that it has names in common with.
/// Source: Istio pkg/config/analysis/analyzers/virtualservice, ConflictingMeshGatewayHostsAnalyzer.
class MeshHostsShared {
 public:
  MeshHostsShared(const CheckInput& in, const BoundServices& all, Reporter& out) : in_(in), out_(out) {
    for (std::size_t i = 0; i < all.services.size(); ++i) {
      const BoundService& service = all.services[i];
      if (!service.applies_to_mesh || service.is_delegate) continue;
      const std::vector<std::string> scopes = scopes_of(service);
      for (const Text& host : service.spec->hosts)
        if (host) add({.order = i, .service = &service, .host = &host}, scopes);
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
    const Claim& later = a.order < b.order ? b : a;
    const Claim& earlier = a.order < b.order ? a : b;
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

void check_shared_hosts(const CheckInput& in, const BoundServices& all, Reporter& out) {
  if (out.wants(wk("WK427"))) GatewayHostsShared(in, all, out).run();
  if (out.wants(wk("WK420"))) MeshHostsShared(in, all, out).run();
}

}  // namespace wicket::check::references
