// loadBalancer of a trafficPolicy: hashing, warm-up and the old names.
#include <cmath>
#include <unordered_map>

#include "check/destinations.h"
#include "check/words.h"

namespace wicket::check {
namespace {

using model::SimpleLB;

/// As Envoy and Istio have it: 1 counts as one.
bool is_prime(std::uint64_t x) {
  if (x != 0 && x < 4) return true;
  if (x % 2 == 0) return false;
  for (std::uint64_t factor = 3; factor * factor <= x; factor += 2)
    if (x % factor == 0) return false;
  return true;
}

void check_cookie(const Subject& subject, const model::HTTPCookie& cookie) {
  const Places& places = subject.places;
  if (cookie.name.valid && cookie.name->empty())
    subject.out.report(wk6("WK611"), places.key(cookie.node), "httpCookie has an empty name");
  std::unordered_map<std::string_view, yaml::NodeId> names;
  for (const model::CookieAttribute& attribute : cookie.attributes) {
    if (!attribute.name.valid) continue;
    if (attribute.name->empty()) {
      subject.out.report(wk6("WK611"), places.lack(attribute.node), "the attribute has an empty name");
      continue;
    }
    const auto [first, added] = names.emplace(*attribute.name, attribute.name.node);
    if (!added)
      subject.out
          .report(wk6("WK611"), places.lack(attribute.node), "attribute {} is already set", quoted(*attribute.name))
          .note(subject.resource.span(first->second), "first set here");
  }
}

void check_maglev(const Subject& subject, const model::MagLev& maglev) {
  constexpr std::uint64_t kLimit = 5000011;
  constexpr std::string_view kHelp = "65537 is a good one";
  const Places& places = subject.places;
  const auto& size = maglev.table_size;
  if (!size.present()) {
    if (has_only(*subject.resource.document, maglev.node, {"tableSize"}))
      subject.out.report(wk6("WK613"), places.key(maglev.node), "maglev needs tableSize, a prime below 5000011")
          .help(std::string(kHelp));
    return;
  }
  if (!size.valid) return;
  const Place place = places.value(size.node);
  if (*size == 1) {
    subject.out.report(wk6("WK613"), place, "tableSize 1 sends everything to one endpoint")
        .level(Severity::kWarning)
        .origin(Origin::kOwn)
        .help(std::string(kHelp));
  } else if (*size >= kLimit) {
    subject.out.report(wk6("WK613"), place, "tableSize {} is too large; it must be a prime below 5000011", *size)
        .help(std::string(kHelp));
  } else if (!is_prime(*size)) {
    subject.out.report(wk6("WK613"), place, "tableSize {} is not a prime", *size).help(std::string(kHelp));
  }
}

void check_consistent_hash(const Subject& subject, const model::ConsistentHashLB& hash) {
  if (hash.http_cookie) check_cookie(subject, *hash.http_cookie);
  if (hash.minimum_ring_size && *hash.minimum_ring_size != 0) {
    const bool algorithm = hash.ring_hash || hash.maglev;
    auto finding =
        subject.out.report(wk6("WK612"), subject.places.key(hash.minimum_ring_size.node), "minimumRingSize {}",
                           algorithm ? "excludes ringHash and maglev" : "is the old name of ringHash.minimumRingSize");
    if (algorithm) {
      finding.level(Severity::kError)
          .help("remove minimumRingSize")
          .note(subject.resource.span(hash.ring_hash ? hash.ring_hash->node : hash.maglev->node), "the algorithm");
    } else {
      finding.origin(subject.warner())
          .help(fmt::format("write ringHash: {{minimumRingSize: {}}}", *hash.minimum_ring_size));
    }
  }
  if (hash.maglev) check_maglev(subject, *hash.maglev);
}

/// The algorithm that pays no heed to warm-up; empty for those that do.
/// Source: Istio pilot/pkg/networking/core, applyLoadBalancer: slow start is set for round robin and least request.
std::string_view steady_algorithm(const model::LoadBalancerSettings& settings) {
  if (settings.consistent_hash) return "consistentHash";
  if (settings.backend_utilization) return "backendUtilization";
  if (settings.simple && *settings.simple == SimpleLB::kRandom) return "RANDOM";
  if (settings.simple && *settings.simple == SimpleLB::kPassthrough) return "PASSTHROUGH";
  return {};
}

void check_warmup(const Subject& subject, const model::LoadBalancerSettings& settings) {
  const Places& places = subject.places;
  const auto& old = settings.warmup_duration_secs;
  if (settings.warmup && settings.warmup->aggression && *settings.warmup->aggression <= 0)
    subject.out.report(wk6("WK618"), places.value(settings.warmup->aggression.node), "aggression must be over 0")
        .help("1 is a straight line, 2 rises faster at first");
  if (settings.warmup && old.present()) {
    subject.out.report(wk6("WK638"), places.key(old.node), "warmup wins over warmupDurationSecs")
        .note(subject.resource.span(settings.warmup->node), "the warmup")
        .help("remove warmupDurationSecs");
    return;
  }
  const std::string_view steady = steady_algorithm(settings);
  if (!steady.empty() && (settings.warmup || old)) {
    subject.out.report(wk6("WK638"), places.key(settings.warmup ? settings.warmup->node : old.node),
                       "{} takes no notice of the warm-up; only ROUND_ROBIN and LEAST_REQUEST do", steady);
  } else if (old) {
    subject.out.report(wk6("WK639"), places.key(old.node), "warmupDurationSecs is the old form of warmup.duration")
        .help("write warmup: {duration: ...}");
  }
}

}  // namespace

void check_load_balancer(const Subject& subject, const model::LoadBalancerSettings& settings,
                         bool has_outlier_detection) {
  if (settings.consistent_hash) check_consistent_hash(subject, *settings.consistent_hash);
  check_locality(subject, settings, has_outlier_detection);
  check_warmup(subject, settings);
  if (settings.simple && *settings.simple == SimpleLB::kLeastConn) {
    const Place place = subject.places.value(settings.simple.node);
    auto finding = subject.out.report(wk6("WK639"), place, "LEAST_CONN is the old name of LEAST_REQUEST");
    finding.help("write LEAST_REQUEST");
    offer(subject, finding, settings.simple.node, "LEAST_REQUEST");
  }
}

}  // namespace wicket::check
