// DestinationRule: its host, subsets, selector and exportTo. trafficPolicy has files of its own.
#include <unordered_map>
#include <unordered_set>
#include <variant>

#include "check/destinations.h"
#include "check/words.h"
#include "model/host_name.h"
#include "model/label.h"

namespace wicket::check {
namespace {

using model::DestinationRule;
using model::Subset;

void check_host(const Subject& subject, const DestinationRule& rule) {
  if (!rule.host.valid || model::is_wildcard_domain(*rule.host)) return;
  auto finding = subject.out.report(wk6("WK601"), subject.places.value(rule.host.node), "{} is not a host name",
                                    quoted(*rule.host));
  const std::size_t scheme = rule.host->find("://");
  const std::size_t colon = rule.host->rfind(':');
  if (rule.host->empty()) {
    finding.help("name the service, such as reviews or reviews.shop.svc.cluster.local");
  } else if (model::is_ip_address(*rule.host)) {
    finding.help("a rule is for a service by name; a ServiceEntry can give a name to an address");
  } else if (scheme != std::string_view::npos) {
    finding.help(fmt::format("write the name alone: {}", rule.host->substr(scheme + 3)));
  } else if (colon != std::string_view::npos) {
    finding.help("write the name alone; trafficPolicy.portLevelSettings has settings for one port");
  } else if (rule.host->find('/') != std::string_view::npos) {
    finding.help("write the name alone; a service of another namespace is name.namespace.svc.cluster.local");
  }
}

void check_subset(const Subject& subject, const Subset& subset) {
  const Places& places = subject.places;
  if (subset.name.valid && !model::is_istio_label(*subset.name)) {
    if (subset.name->empty()) {
      subject.out.report(wk6("WK623"), places.value(subset.name.node), "the subset has no name");
    } else {
      subject.out.report(wk6("WK623"), places.value(subset.name.node), "{} is not a subset name", quoted(*subset.name))
          .help("allowed: letters, digits and `-`, first and last one not a `-`, at most 63");
    }
  }
  check_labels(subject, subset.labels, "pod");
  for (const auto& label : subset.labels) {
    if (!label.value.valid || label.value->size() <= 63 || !model::is_istio_label_value(*label.value)) continue;
    subject.out
        .report(wk6("WK625"), places.value(label.value.node),
                "{} is longer than the 63 characters that a pod's label can have", quoted(*label.value))
        .level(Severity::kWarning)
        .origin(Origin::kOwn);
  }
  const bool lacks_labels = places.lacks(subset.node, "labels") || places.is_empty(subset.labels.node);
  if (lacks_labels && has_only(*subject.resource.document, subset.node, {"name", "labels", "trafficPolicy"})) {
    const bool named_policy = !places.lacks(subset.node, "trafficPolicy");
    subject.out
        .report(wk6("WK636"), places.lack(subset.node), "subset {} has no labels and selects every endpoint",
                quoted(*subset.name))
        .level(named_policy ? Severity::kInfo : Severity::kWarning);
  }
  if (subset.traffic_policy) check_traffic_policy(subject.unwarned(), *subset.traffic_policy, false);
}

void check_subsets(const Subject& subject, const DestinationRule& rule) {
  std::unordered_map<std::string_view, yaml::NodeId> names;
  for (const Subset& subset : rule.subsets) {
    check_subset(subject, subset);
    if (!is_set(subset.name)) continue;
    const auto [first, added] = names.emplace(*subset.name, subset.name.node);
    if (added) continue;
    subject.out
        .report(wk6("WK624"), subject.places.value(subset.name.node), "subset {} is already defined",
                quoted(*subset.name))
        .note(subject.resource.span(first->second), "first defined here");
  }
}

/// A rule for chosen client pods is for pods of its own namespace, so nobody else may see it.
/// Source: Istio pkg/config/validation, validateExportTo: entries that are no namespace do not count.
void check_export(const Subject& subject, const DestinationRule& rule) {
  if (!rule.workload_selector) return;
  std::unordered_set<std::string_view> seen;
  for (const model::Text& entry : rule.export_to) {
    if (!entry.valid) return;
    if (*entry == "." || *entry == subject.ns()) {
      seen.insert(".");
    } else if (*entry == "*" || model::is_istio_label(*entry)) {
      seen.insert(*entry);
    }
  }
  if (seen.empty() || (seen.size() == 1 && seen.contains("."))) return;
  subject.out
      .report(wk6("WK627"), subject.places.key(rule.export_to.node),
              "a rule with a workloadSelector can be exported to its own namespace only")
      .note(subject.resource.span(rule.workload_selector->node), "the selector")
      .help("write [\".\"], or remove exportTo");
}

void check_rule(const Subject& subject, const DestinationRule& rule) {
  check_host(subject, rule);
  if (rule.traffic_policy) check_traffic_policy(subject, *rule.traffic_policy, true);
  check_subsets(subject, rule);
  check_export(subject, rule);
  if (rule.workload_selector)
    check_selector(subject, rule.workload_selector->node, "matchLabels", rule.workload_selector->match_labels);
}

}  // namespace

void check_destination_rules(const CheckInput& in, Reporter& out) {
  for (const model::Resource* resource : in.workspace.all(model::Kind::kDestinationRule))
    if (const auto* rule = std::get_if<DestinationRule>(&resource->spec))
      check_rule({.in = in, .resource = *resource, .out = out}, *rule);
}

}  // namespace wicket::check
