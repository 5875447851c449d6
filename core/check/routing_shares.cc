// Destinations and their weights, and mirrors: WK508, WK509, WK535, WK536.
// Source: Kiali business/checkers/virtualservices; Istio pilot/pkg/networking/core/route, processDestination.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "check/http_text.h"
#include "check/routing.h"
#include "check/words.h"
#include "rules/host_names.h"

namespace wicket::check::routing {
namespace {

using model::Destination;

std::string full_name(const Subject& subject, const Destination& destination) {
  return rules::fully_qualified(*destination.host, subject.ns, subject.cluster_domain);
}

std::uint32_t port_of(const Destination& destination) { return destination.port ? *destination.port->number : 0; }

/// Whether requests go to the same either way.
bool is_same_target(const Subject& subject, const Destination& a, const Destination& b) {
  return *a.subset == *b.subset && port_of(a) == port_of(b) &&
         (*a.host == *b.host || equal_ignoring_case(full_name(subject, a), full_name(subject, b)));
}
bool is_sound(const Destination* destination) {
  return destination != nullptr && destination->host && !destination->host->empty();
}

template <class T>
void check_twins(const Subject& subject, const model::List<T>& route) {
  if (route.size() < 2) return;
  std::vector<const Destination*> known;
  for (const T& item : route) {
    if (!is_sound(item.destination.get())) continue;
    const auto twin = std::ranges::find_if(
        known, [&](const Destination* other) { return is_same_target(subject, *other, *item.destination); });
    if (twin == known.end()) {
      known.push_back(item.destination.get());
      continue;
    }
    subject
        .report(wk("WK508"), subject.places.value(item.destination->host.node),
                "{} is already a destination of this route", quoted(*item.destination->host))
        .note(subject.resource.span((*twin)->host.node), "first named here")
        .help("join the two and add their weights, or give them different subsets");
  }
}

template <class T>
void check_weights(const Subject& subject, const model::List<T>& route) {
  if (route.empty()) return;
  constexpr std::int64_t kAll = 100;
  const auto is_whole = [&] { return subject.resource.document->size(route.node) == route.size(); };
  if (route.size() == 1) {
    const auto& weight = route[0].weight;
    if (!weight || *weight < 0 || *weight >= kAll || !is_whole()) return;
    auto finding = subject.report(wk("WK509"), subject.places.value(weight.node),
                                  "weight {} has no effect: the only destination gets all requests", *weight);
    finding.help("remove it, or add the destination that gets the rest");
    if (*weight == 0) finding.origin(Origin::kOwn);
    return;
  }
  if (!is_whole()) return;
  std::int64_t sum = 0;
  bool lacks = false;
  bool has_zero = false;
  for (const T& item : route) {
    if (item.weight && *item.weight < 0) return;  // WK354
    if (!item.weight && !subject.surely_lacks(item.node, "weight")) return;
    lacks = lacks || !item.weight;
    has_zero = has_zero || (item.weight && *item.weight == 0);
    sum += *item.weight;
  }
  if (sum == 0 || (!lacks && !has_zero && sum == kAll)) return;  // all without: WK355
  if (lacks) {
    subject
        .report(wk("WK535"), subject.places.key(route.node),
                "a destination without weight gets nothing beside weighted ones")
        .level(Severity::kWarning)
        .help("give each destination a weight");
    return;
  }
  std::string shares;
  for (const T& item : route) {
    constexpr double kPercent = 100;
    shares.append(
        fmt::format("{}{:.3g} %", shares.empty() ? "" : ", ", kPercent * *item.weight / static_cast<double>(sum)));
  }
  subject.report(wk("WK535"), subject.places.key(route.node), "weights add up to {}: shares are {}", sum, shares)
      .help(sum == kAll ? "a destination of weight 0 gets nothing"
                        : "weights are relative; with a sum of 100 they read as percent");
}

void check_mirror(const Subject& subject, const model::HTTPRoute& route, const Destination* mirror) {
  if (!is_sound(mirror)) return;
  for (const model::HTTPRouteDestination& item : route.route) {
    if (!is_sound(item.destination.get()) || !is_same_target(subject, *item.destination, *mirror)) continue;
    subject
        .report(wk("WK536"), subject.places.value(mirror->host.node), "requests are mirrored to their own destination")
        .note(subject.resource.span(item.destination->host.node), "they go there already")
        .help("each request would be served twice; name another service or subset");
    return;
  }
}

}  // namespace

void check_shares(const Subject& subject) {
  for (const model::HTTPRoute& route : subject.spec.http) {
    check_twins(subject, route.route);
    check_weights(subject, route.route);
    check_mirror(subject, route, route.mirror.get());
    for (const model::HTTPMirrorPolicy& mirror : route.mirrors) check_mirror(subject, route, mirror.destination.get());
  }
  for (const model::TLSRoute& route : subject.spec.tls) {
    check_twins(subject, route.route);
    check_weights(subject, route.route);
  }
  for (const model::TCPRoute& route : subject.spec.tcp) {
    check_twins(subject, route.route);
    check_weights(subject, route.route);
  }
}

}  // namespace wicket::check::routing
