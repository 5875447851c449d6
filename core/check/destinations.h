// WK6xx: DestinationRule, ServiceEntry, Service. What the files of the family share.
#pragma once

#include <initializer_list>
#include <string_view>

#include "check/destinations_rules.h"
#include "check/places.h"
#include "check/reporter.h"
#include "check/run.h"
#include "model/resource.h"

namespace wicket::check {

/// One resource under examination.
struct Subject {
  const CheckInput& in;
  const model::Resource& resource;
  Reporter& out;
  Places places{resource};
  bool is_warned = true;  // the webhook's warnings about this place reach whoever applies the object

  /// The same resource at a place whose warnings the webhook drops, errors not: subsets and portLevelSettings.
  [[nodiscard]] Subject unwarned() const {
    return {.in = in, .resource = resource, .out = out, .places = places, .is_warned = false};
  }
  /// Who speaks of what is a warning for the webhook.
  [[nodiscard]] Origin warner() const { return is_warned ? Origin::kWebhook : Origin::kOwn; }

  [[nodiscard]] std::string_view ns() const { return in.workspace.ns_of(resource); }
};

/// A text field that is not written, null or "". (A value that decoding objected to is none of these.)
[[nodiscard]] inline bool is_unset(const model::Text& text) { return !text.present() || (text.valid && text->empty()); }
/// A text field with a sound value that is not "".
[[nodiscard]] inline bool is_set(const model::Text& text) { return text.valid && !text->empty(); }

/// Whether a mapping has nothing but nulls and empty lists in it: for the webhook it is `{}`.
[[nodiscard]] bool is_hollow(const yaml::Document& document, yaml::NodeId mapping);
/// Whether all keys of a mapping are among `known`. What is missing beside a misspelt key may be what was meant by it.
[[nodiscard]] bool has_only(const yaml::Document& document, yaml::NodeId mapping,
                            std::initializer_list<std::string_view> known);
/// Whichever of two nodes stands later in the source.
[[nodiscard]] yaml::NodeId later_of(const yaml::Document& document, yaml::NodeId a, yaml::NodeId b);

/// The labels of a workloadSelector: none at all (WK674), empty keys and wildcards (WK628).
void check_selector(const Subject& subject, yaml::NodeId selector, std::string_view field,
                    const model::TextMap& labels);
/// Syntax of labels (WK625). `what` is the kind of thing they stand in, for the message.
void check_labels(const Subject& subject, const model::TextMap& labels, std::string_view what);

/// trafficPolicy of a rule or a subset; `of_rule`: IST0128 and IST0129 look at that of the rule only.
void check_traffic_policy(const Subject& subject, const model::TrafficPolicy& policy, bool of_rule);
/// loadBalancer; `has_outlier_detection`: beside it.
void check_load_balancer(const Subject& subject, const model::LoadBalancerSettings& settings,
                         bool has_outlier_detection);
/// localityLbSetting and zoneAwareLbSetting.
void check_locality(const Subject& subject, const model::LoadBalancerSettings& settings, bool has_outlier_detection);
/// tls of a trafficPolicy or of one port.
void check_client_tls(const Subject& subject, const model::ClientTLSSettings& tls);

/// Checks of whole kinds, in the order of the workspace.
void check_destination_rules(const CheckInput& in, Reporter& out);
void check_rule_overlaps(const CheckInput& in, Reporter& out);
void check_rule_reach(const CheckInput& in, Reporter& out);
void check_service_entries(const CheckInput& in, Reporter& out);
void check_entry_overlaps(const CheckInput& in, Reporter& out);
void check_services(const CheckInput& in, Reporter& out);

/// Offers to write another word in place of a scalar, unless that is written elsewhere and used by an alias here.
void offer(const Subject& subject, Finding& finding, yaml::NodeId scalar, std::string_view word);

}  // namespace wicket::check
