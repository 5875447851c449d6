// Destinations of http, tls and tcp routes, and their weights.
#include <algorithm>
#include <cstdint>

#include "check/host_advice.h"
#include "check/virtual_service.h"
#include "check/words.h"
#include "model/host_name.h"

namespace wicket::check::virtual_service {
namespace {

/// Weights of one route. `T` has a destination and a weight.
template <class T>
void check_weights(const Subject& subject, const model::List<T>& route) {
  std::uint32_t sum = 0;  // wraps as the webhook's int32 does
  bool has_negative = false;
  for (const T& item : route) {
    if (item.weight && *item.weight < 0) {
      subject.report(wk("WK354"), subject.places.value(item.weight.node), "weight {} is negative", *item.weight)
          .help("0 sends nothing to this destination");
      has_negative = true;
    }
    sum += static_cast<std::uint32_t>(*item.weight);
  }
  if (route.size() < 2 || sum != 0 || has_negative) return;
  const bool is_known = subject.resource.document->size(route.node) == route.size() &&  // no item was unsound
                        std::ranges::all_of(route, [&](const T& item) {
                          return item.weight || subject.surely_lacks(item.node, "weight");
                        });
  if (is_known)
    subject
        .report(wk("WK355"), subject.places.key(route.node), "{} destinations but no weight: none of them gets traffic",
                route.size())
        .help("give each destination a weight, for example 50 and 50");
}

template <class T>
void check_items(const Subject& subject, const model::List<T>& route) {
  for (const T& item : route) {
    if (item.destination) {
      if (!subject.has_gateway_semantics) check_destination(subject, *item.destination);
    } else if (subject.places.lacks(item.node, "destination")) {
      subject.report(wk("WK350"), subject.places.lack(item.node), "this item of a route has no destination")
          .help("write destination: {host: …} in it");
    }
  }
  check_weights(subject, route);
}

}  // namespace

void check_destination(const Subject& subject, const model::Destination& destination) {
  if (const model::Text& host = destination.host; host && (*host == "*" || !model::is_wildcard_domain(*host))) {
    const HostAdvice advice = advise_on_host(*host, HostUse::kDestination);
    auto finding = subject.report(wk("WK351"), subject.places.value(host.node), "{} is not a valid destination host",
                                  quoted(*host));
    finding.help(*host == "*" ? "name the service that gets the requests" : advice.help);
    if (!advice.meant.empty() && subject.is_written_here(host.node))
      finding.fix("keep the name alone", {{subject.resource.span(host.node), fmt::format("\"{}\"", advice.meant)}});
  }
  if (const model::Text& subset = destination.subset; subset && !subset->empty() && !model::is_istio_label(*subset))
    subject.report(wk("WK352"), subject.places.value(subset.node), "{} is not a subset name", quoted(*subset))
        .help("letters, digits and `-`, at most 63, as in the DestinationRule: v1-2 instead of v1.2");
  if (!destination.port) return;
  constexpr std::uint32_t kLast = 65535;
  const auto& number = destination.port->number;
  if (number && (*number == 0 || *number > kLast)) {
    subject.report(wk("WK353"), subject.places.value(number.node), "destination port {} is not in 1..65535", *number)
        .help("name the port of the service, or leave port out if it has only one");
  } else if (!number && subject.surely_lacks(destination.port->node, "number")) {
    subject.report(wk("WK353"), subject.places.key(destination.port->node), "the destination port has no number")
        .help("write port: {number: 80}, or leave port out if the service has only one");
  }
}

void check_route_destinations(const Subject& subject, const model::HTTPRoute& route) {
  if (route.route.present()) check_items(subject, route.route);
}

void check_route_destinations(const Subject& subject, const model::List<model::RouteDestination>& route) {
  if (route.present()) check_items(subject, route);
}

}  // namespace wicket::check::virtual_service
