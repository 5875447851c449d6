// localityLbSetting and zoneAwareLbSetting: where traffic goes by region and zone.
//
// Source: Istio pkg/config/validation/agent, ValidateLocalityLbSetting and validateLocalities.
#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "check/destinations.h"
#include "check/words.h"

namespace wicket::check {
namespace {

using model::Text;
using yaml::NodeId;

/// Localities of one list, as the webhook compares them: each with those before it.
class Localities {
 public:
  /// What is wrong with this one; empty when nothing is.
  [[nodiscard]] std::string add(std::string_view locality) {
    const auto stars = std::ranges::count(locality, '*');
    if (stars > 1 || (stars == 1 && !locality.ends_with('*'))) return "a locality has one * at most, at its end";
    if (regions_.contains("*")) return std::string(kOverlap);
    std::string_view rest = locality;
    std::string_view parts[3];
    std::size_t count = 0;
    for (; count < 3; ++count) {
      const std::size_t slash = count < 2 ? rest.find('/') : std::string_view::npos;
      parts[count] = rest.substr(0, slash);
      if (parts[count].empty()) return "a locality is region, region/zone or region/zone/subzone, with no part empty";
      if (slash == std::string_view::npos) break;
      rest.remove_prefix(slash + 1);
    }
    const std::string region(parts[0]);
    const std::string zone = fmt::format("{}/{}", region, count >= 1 ? parts[1] : "*");
    const std::string subzone = fmt::format("{}/{}", zone, count >= 2 ? parts[2] : "*");
    const bool overlaps =
        count == 0   ? regions_.contains(region)
        : count == 1 ? zones_.contains(region + "/*") || zones_.contains(zone)
                     : zones_.contains(region + "/*") || subzones_.contains(zone + "/*") || subzones_.contains(subzone);
    if (overlaps) return std::string(kOverlap);
    regions_.insert(region);
    zones_.insert(zone);
    subzones_.insert(subzone);
    return {};
  }

 private:
  static constexpr std::string_view kOverlap = "it overlaps with another one of the list";

  std::unordered_set<std::string> regions_, zones_, subzones_;
};

bool is_topology_label(std::string_view label) {
  return label == "topology.kubernetes.io/region" || label == "topology.kubernetes.io/zone" ||
         label == "topology.istio.io/subzone";
}

/// How much a locality takes in: the widest comes first, whatever order Go's map has.
std::size_t width_rank(std::string_view locality) {
  if (locality == "*") return 0;
  const auto slashes = static_cast<std::size_t>(std::ranges::count(locality, '/'));
  return 2 * slashes + (locality.ends_with('*') ? 0 : 1) + 1;
}

class LocalityChecks {
 public:
  LocalityChecks(const Subject& subject, bool has_outlier_detection)
      : subject_(subject), has_outlier_detection_(has_outlier_detection) {}

  void run(const model::LocalityLoadBalancerSetting& setting) {
    if (!setting.distribute.empty() && !setting.failover.empty()) {
      // Which of the two is meant is open, so nothing is said about the rest; nor does the webhook.
      const bool failover_second = later_of(*subject_.resource.document, setting.distribute.node,
                                            setting.failover.node) == setting.failover.node;
      const NodeId second = failover_second ? setting.failover.node : setting.distribute.node;
      const NodeId first = failover_second ? setting.distribute.node : setting.failover.node;
      subject_.out.report(wk6("WK615"), subject_.places.key(second), "distribute and failover exclude each other")
          .note(subject_.resource.document->key_span(first), "the other one");
      return;
    }
    if (!setting.failover.empty()) {
      bool mixed = false;
      for (const Text& label : setting.failover_priority) {
        if (!label.valid || !is_topology_label(*label)) continue;
        subject_.out.report(wk6("WK615"), subject_.places.value(label.node),
                            "failover already is about the region; {} cannot be in failoverPriority beside it",
                            quoted(*label));
        mixed = true;
      }
      if (mixed) return;
    }
    distribute(setting);
    failover(setting);
  }

  void run(const model::ZoneAwareLoadBalancerSetting& setting) {
    for (const Text& label : setting.failover_priority)
      if (label.valid && is_topology_label(*label))
        subject_.out.report(wk6("WK615"), subject_.places.value(label.node),
                            "zone-aware balancing already looks at the topology; {} cannot be in failoverPriority",
                            quoted(*label));
    failover(setting);
  }

 private:
  void distribute(const model::LocalityLoadBalancerSetting& setting) {
    Localities sources;
    for (const model::LocalityDistribute& entry : setting.distribute) {
      weights(entry);
      if (entry.from.present() && !entry.from.valid) continue;
      const Place place =
          entry.from.present() ? subject_.places.value(entry.from.node) : subject_.places.lack(entry.node);
      if (const std::string reason = sources.add(*entry.from); !reason.empty())
        subject_.out.report(wk6("WK615"), place, "{} cannot be a source: {}", quoted(*entry.from), reason);
    }
  }

  void weights(const model::LocalityDistribute& entry) {
    const Places& places = subject_.places;
    std::uint64_t sum = 0;
    bool sound = true;
    std::vector<const model::MapEntry<model::Spanned<std::uint32_t>>*> targets;
    for (const auto& target : entry.to) {
      targets.push_back(&target);
      if (!target.value.valid) {
        sound = false;
      } else if (*target.value == 0 || *target.value > 100) {
        subject_.out.report(wk6("WK615"), places.value(target.value.node), "weight {} is not in 1..100", *target.value);
        sound = false;
      }
      sum += *target.value;
    }
    const bool missing = places.lacks(entry.node, "to");
    if (sound && sum != 100 && (entry.to.present() || missing))
      subject_.out.report(wk6("WK615"), missing ? places.lack(entry.node) : places.key(entry.to.node),
                          "the weights add up to {}, not to 100", sum);
    std::ranges::stable_sort(targets, {}, [](const auto* target) { return width_rank(target->key); });
    Localities known;
    for (const auto* target : targets)
      if (const std::string reason = known.add(target->key); !reason.empty())
        subject_.out.report(wk6("WK615"), places.key(target->value.node), "{} cannot be a target: {}",
                            quoted(target->key), reason);
  }

  template <class Setting>
  void failover(const Setting& setting) {
    const bool off = setting.enabled && !*setting.enabled;
    if (!has_outlier_detection_ && !off && (!setting.failover.empty() || !setting.failover_priority.empty())) {
      const NodeId node = setting.failover.empty() ? setting.failover_priority.node : setting.failover.node;
      subject_.out
          .report(wk6("WK616"), subject_.places.key(node), "failover needs outlierDetection beside loadBalancer")
          .origin(subject_.warner())
          .help("add outlierDetection: without it no endpoint is ever found to be down");
    }
    for (const auto& pair : setting.failover) {
      if ((pair.from.present() && !pair.from.valid) || (pair.to.present() && !pair.to.valid)) continue;
      const auto both_have = [&](char c) {
        return pair.from->find(c) != std::string_view::npos || pair.to->find(c) != std::string_view::npos;
      };
      const Place place = subject_.places.lack(pair.node);
      if (*pair.from == *pair.to) {
        subject_.out.report(wk6("WK617"), place, "failover from {} to itself", quoted(*pair.from))
            .help("name two different regions");
      } else if (both_have('/')) {
        subject_.out.report(wk6("WK617"), place, "failover is between regions; a zone cannot be named");
      } else if (both_have('*')) {
        subject_.out.report(wk6("WK617"), place, "failover is between regions by name; * is not one");
      }
    }
  }

  const Subject& subject_;
  bool has_outlier_detection_;
};

}  // namespace

void check_locality(const Subject& subject, const model::LoadBalancerSettings& settings, bool has_outlier_detection) {
  const auto* locality = settings.locality_lb_setting.get();
  const auto* zone_aware = settings.zone_aware_lb_setting.get();
  if (locality != nullptr && zone_aware != nullptr) {
    const NodeId second = later_of(*subject.resource.document, locality->node, zone_aware->node);
    subject.out
        .report(wk6("WK614"), subject.places.key(second), "localityLbSetting and zoneAwareLbSetting exclude each other")
        .note(subject.resource.document->key_span(second == locality->node ? zone_aware->node : locality->node),
              "the other one");
  }
  LocalityChecks checks(subject, has_outlier_detection);
  if (locality != nullptr) checks.run(*locality);
  if (zone_aware != nullptr) checks.run(*zone_aware);
}

}  // namespace wicket::check
