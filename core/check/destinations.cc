// WK6xx: what Istio's webhook, the API server, istioctl analyze and Kiali object to in DestinationRules, ServiceEntries
// and Services. The kinds and topics have files of their own; here is what they share.
#include "check/destinations.h"

#include <algorithm>

#include "check/registry.h"
#include "check/words.h"
#include "model/label.h"

namespace wicket::check {

using yaml::NodeId;

bool is_hollow(const yaml::Document& document, NodeId mapping) {
  for (NodeId key = document[mapping].first(); key != NodeId::kNone; key = document[document[key].next()].next()) {
    const NodeId value = document[key].next();
    const yaml::Node& node = document[value];
    const bool empty_list = node.kind == yaml::NodeKind::kSequence && node.first() == NodeId::kNone;
    if (!empty_list && !document.is_null(value)) return false;
  }
  return true;
}

bool has_only(const yaml::Document& document, NodeId mapping, std::initializer_list<std::string_view> known) {
  for (NodeId key = document[mapping].first(); key != NodeId::kNone; key = document[document[key].next()].next())
    if (std::ranges::find(known, document.text(key)) == known.end()) return false;
  return true;
}

NodeId later_of(const yaml::Document& document, NodeId a, NodeId b) {
  return document.span(a).begin < document.span(b).begin ? b : a;
}

void offer(const Subject& subject, Finding& finding, NodeId scalar, std::string_view word) {
  if (subject.resource.document->original_of(scalar) != NodeId::kNone) return;
  finding.fix(fmt::format("write {}", word), {{subject.resource.span(scalar), std::string(word)}});
}

void check_selector(const Subject& subject, NodeId selector, std::string_view field, const model::TextMap& labels) {
  const Places& places = subject.places;
  const bool empty = places.lacks(selector, field) || places.is_empty(labels.node);
  if (empty && has_only(*subject.resource.document, selector, {field})) {
    subject.out
        .report(wk6("WK674"), places.key(selector), "an empty selector applies to every workload of namespace {}",
                subject.ns())
        .help(fmt::format("select pods by {}, or remove workloadSelector", field));
  }
  for (const auto& label : labels) {
    const NodeId value = label.value.node;
    if (label.key.empty()) {
      subject.out.report(wk6("WK628"), places.key(value), "the selector has an empty key");
    } else if (label.key.find('*') != std::string_view::npos) {
      subject.out.report(wk6("WK628"), places.key(value), "{} has a wildcard; a selector takes labels as they are",
                         quoted(label.key));
    } else if (label.value.valid && label.value->find('*') != std::string_view::npos) {
      subject.out.report(wk6("WK628"), places.value(value), "{} has a wildcard; a selector takes labels as they are",
                         quoted(*label.value));
    }
  }
}

void check_labels(const Subject& subject, const model::TextMap& labels, std::string_view what) {
  for (const auto& label : labels) {
    const NodeId value = label.value.node;
    if (!model::is_istio_label_key(label.key))
      subject.out.report(wk6("WK625"), subject.places.key(value), "{} is not a label key, so no {} can have it",
                         quoted(label.key), what);
    if (label.value.valid && !model::is_istio_label_value(*label.value))
      subject.out
          .report(wk6("WK625"), subject.places.value(value), "{} is not a label value, so no {} can have it",
                  quoted(*label.value), what)
          .help("allowed: letters, digits, `-`, `_` and `.`, first and last one a letter or digit, at most 63");
  }
}

namespace {

void run_destinations(const CheckInput& in, Reporter& out) {
  check_destination_rules(in, out);
  check_rule_overlaps(in, out);
  check_rule_reach(in, out);
  check_service_entries(in, out);
  check_entry_overlaps(in, out);
  check_services(in, out);
}

}  // namespace

extern const Family kDestinations;
constinit const Family kDestinations{.prefix = "WK6",
                                     .title = "DestinationRule, ServiceEntry, Service",
                                     .rules = kDestinationsRules,
                                     .run = run_destinations};

}  // namespace wicket::check
