// Whether a DestinationRule reaches anything: its host exists, its subsets select pods.
//
// Manifests are rarely all there, so a host that nothing answers is only reported where the input holds its like:
// another Service of that namespace, a name that is nearly the same, or all there is.
#include <algorithm>
#include <string>
#include <variant>

#include "check/destinations.h"
#include "check/registry_index.h"
#include "check/words.h"
#include "model/host_name.h"
#include "rules/host_names.h"

namespace wicket::check {
namespace {

using model::DestinationRule;
using model::Resource;
using model::Service;

/// Labels that the control plane puts on endpoints by itself, from nodes and networks.
bool is_made_by_istio(std::string_view key) {
  return key.starts_with("topology.kubernetes.io/") || key.starts_with("topology.istio.io/") ||
         key.starts_with("failure-domain.beta.kubernetes.io/") || key == "kubernetes.io/hostname" ||
         key == "istio-locality";
}

class Reach {
 public:
  Reach(const CheckInput& in, Reporter& out)
      : in_(in), out_(out), services_(in.estate->services()), pods_(in.estate->pods()) {}

  void check(const Subject& subject, const DestinationRule& rule) {
    if (!rule.host.valid || !model::is_wildcard_domain(*rule.host)) return;
    const std::string host = rules::fully_qualified(*rule.host, subject.ns(), in_.workspace.options().cluster_domain);
    if (host.starts_with('*')) {
      if (host != "*" && host != "*.local" && !services_.any_within(host)) unknown(subject, rule, host);
      return;
    }
    const Resource* service = services_.service(host);
    const Resource* entry = service == nullptr ? services_.entry(host) : nullptr;
    if (service == nullptr && entry == nullptr) return unknown(subject, rule, host);
    const model::TextMap* selector = selector_of(service != nullptr ? *service : *entry);
    if (selector == nullptr) return;
    const auto pods = pods_.matching(in_.workspace.ns_of(service != nullptr ? *service : *entry), *selector);
    if (pods.empty()) return;
    for (const model::Subset& subset : rule.subsets) check_subset(subject, subset, pods);
  }

 private:
  static const model::TextMap* selector_of(const Resource& resource) {
    if (const auto* service = std::get_if<Service>(&resource.spec)) return &service->selector;
    const auto* entry = std::get_if<model::ServiceEntry>(&resource.spec);
    return entry != nullptr && entry->workload_selector ? &entry->workload_selector->labels : nullptr;
  }

  void check_subset(const Subject& subject, const model::Subset& subset, const std::vector<const Resource*>& pods) {
    if (subset.labels.empty() || !is_set(subset.name)) return;
    const bool selects = std::ranges::any_of(pods, [&](const Resource* pod) {
      return std::ranges::all_of(subset.labels, [&](const auto& wanted) {
        if (!wanted.value.valid || is_made_by_istio(wanted.key)) return true;
        const auto* label = workload_of(*pod)->labels.find(wanted.key);
        return label != nullptr && *label->value == *wanted.value;
      });
    });
    if (selects) return;
    const Resource& first = *pods.front();
    out_.report(wk6("WK633"), subject.places.key(subset.labels.node), "no workload has the labels of subset {}",
                quoted(*subset.name))
        .note(first.span(workload_of(first)->labels.node),
              pods.size() == 1 ? "the labels of the service's pods"
                               : fmt::format("the labels of the first of {} workloads of the service", pods.size()));
  }

  void unknown(const Subject& subject, const DestinationRule& rule, const std::string& host) {
    if (host.starts_with('*')) {
      if (in_.known.has_service(host)) return;
      if (!in_.closed_world) return out_.leave_unknown();
      return static_cast<void>(tell(subject, rule));
    }
    const Reference reference = in_.estate->service(host, subject.ns());
    if (reference.answer == Answer::kFound) return;
    if (reference.answer == Answer::kUnknown) return out_.leave_unknown();
    auto finding = tell(subject, rule);
    if (!reference.help.empty()) finding.help(reference.help);
  }

  Finding tell(const Subject& subject, const DestinationRule& rule) {
    return out_.report(wk6("WK634"), subject.places.value(rule.host.node), "no Service or ServiceEntry for host {}",
                       quoted(*rule.host));
  }

  const CheckInput& in_;
  Reporter& out_;
  const ServiceIndex& services_;
  const PodIndex& pods_;
};

}  // namespace

void check_rule_reach(const CheckInput& in, Reporter& out) {
  const auto rules = in.workspace.all(model::Kind::kDestinationRule);
  if (rules.empty()) return;
  Reach reach(in, out);
  for (const Resource* resource : rules)
    if (const auto* rule = std::get_if<DestinationRule>(&resource->spec))
      reach.check({.in = in, .resource = *resource, .out = out}, *rule);
}

}  // namespace wicket::check
