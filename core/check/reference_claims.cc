// WK419: conditions on claims of tokens that nobody reads.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <variant>
#include <vector>

#include "check/http_text.h"
#include "check/references.h"
#include "rules/gateways.h"

namespace wicket::check::references {
namespace {

using model::Kind;
using model::Resource;

/// The first condition on a claim; null when there is none.
const model::MapEntry<model::StringMatch>* claim_of(const model::VirtualService& spec) {
  for (const model::HTTPRoute& route : spec.http) {
    for (const model::HTTPMatchRequest& match : route.match) {
      for (const auto* headers : {&match.headers, &match.without_headers})
        for (const auto& header : *headers)
          if (claim_key(header.key) == ClaimKey::kClaim) return &header;
    }
  }
  return nullptr;
}

class Claims {
 public:
  Claims(const CheckInput& in, Reporter& out) : in_(in), out_(out) {}

  void check(const BoundService& service) {
    const auto* claim = out_.wants(wk("WK419")) ? claim_of(*service.spec) : nullptr;
    if (claim == nullptr) return;
    std::unordered_set<const NamedGateway*> told;
    for (const NamedGateway* gateway : service.gateways) {
      const Resource* found = gateway->reference.found;
      const auto* spec = found == nullptr ? nullptr : std::get_if<model::Gateway>(&found->spec);
      if (spec == nullptr || !told.insert(gateway).second) continue;
      const std::vector<const Resource*> pods = in_.estate->pods().matching(spec->selector);
      const Resource* bare = nullptr;  // pods whose tokens nobody reads
      bool is_certain = false;
      for (const Resource* one : pods) {
        if (has_policy(*one)) continue;
        if (bare == nullptr) bare = one;
        is_certain = is_certain || in_.closed_world || has_policies_near(*one);
      }
      if (bare == nullptr) continue;
      if (!is_certain) {
        out_.leave_unknown();
        continue;
      }
      out_.report(wk("WK419"), Places(*service.resource).key(claim->value.node),
                  "the claim is never there: no RequestAuthentication selects the pods of Gateway {}", gateway->name)
          .note(bare->span(workload_of(*bare)->labels.node), "the labels of the pods")
          .help(fmt::format("add a RequestAuthentication for them to namespace {}", in_.workspace.ns_of(*bare)));
    }
  }

 private:
  [[nodiscard]] bool is_near(const Resource& policy, const Resource& pods) const {
    const std::string_view ns = in_.workspace.ns_of(policy);
    return ns == in_.workspace.ns_of(pods) || ns == in_.estate->mesh().root_namespace;
  }
  [[nodiscard]] bool has_policies_near(const Resource& pods) const {
    return std::ranges::any_of(in_.workspace.all(Kind::kRequestAuthentication),
                               [&](const Resource* policy) { return is_near(*policy, pods); });
  }
  [[nodiscard]] bool has_policy(const Resource& pods) const {
    return std::ranges::any_of(in_.workspace.all(Kind::kRequestAuthentication), [&](const Resource* policy) {
      const auto* spec = std::get_if<model::RequestAuthentication>(&policy->spec);
      if (spec == nullptr || !is_near(*policy, pods)) return false;
      return spec->selector == nullptr || std::ranges::all_of(spec->selector->match_labels, [&](const auto& wanted) {
               const auto* label = workload_of(pods)->labels.find(wanted.key);
               return label != nullptr && *label->value == *wanted.value;
             });
    });
  }

  const CheckInput& in_;
  Reporter& out_;
};

}  // namespace

ServiceCheck claims_check(const CheckInput& in, Reporter& out) { return service_check<Claims>(in, out); }

}  // namespace wicket::check::references
