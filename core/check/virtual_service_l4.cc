// tls and tcp routes: SNI hosts, subnets, and what has to be there.
#include <algorithm>
#include <string>
#include <vector>

#include "check/host_advice.h"
#include "check/virtual_service.h"
#include "check/words.h"
#include "model/host_name.h"

namespace wicket::check::virtual_service {
namespace {

using model::Text;

/// Whether every name that `host` stands for is one that `other` stands for.
/// Source: Istio pkg/config/host, Name.SubsetOf.
bool is_subset(std::string_view host, std::string_view other) {
  if (!other.starts_with('*')) return host == other;
  const std::string_view suffix = other.substr(1);
  if (!host.starts_with('*')) return host.ends_with(suffix);
  return host.size() >= other.size() && host.substr(1).ends_with(suffix);
}

void check_sni_host(const Subject& subject, const Text& sni) {
  const auto& hosts = subject.spec.hosts;
  if (!is_host(*sni, !subject.names_mesh)) {
    const HostAdvice advice = advise_on_host(*sni, HostUse::kSni);
    auto finding =
        subject.report(wk("WK375"), subject.places.value(sni.node), "{} is not a valid SNI host", quoted(*sni));
    finding.help(advice.help);
    if (!advice.meant.empty() && subject.is_written_here(sni.node))
      finding.fix("keep the name alone", {{subject.resource.span(sni.node), fmt::format("\"{}\"", advice.meant)}});
    return;
  }
  if (model::is_ip_address(*sni) && !model::is_wildcard_domain(*sni)) {
    subject
        .report(wk("WK377"), subject.places.value(sni.node),
                "{} is an address, which SNI cannot carry; most clients send none", quoted(*sni))
        .help("name the host, or match on destinationSubnets");
    return;
  }
  // Of a delegate, of hosts that WK1xx or WK305 refused, nothing is said: they decide what is covered.
  const bool allows_outbound = !subject.spec.gateways.empty() && !subject.names_mesh;
  const bool are_known = !hosts.empty() && std::ranges::all_of(hosts, [&](const Text& host) {
    return host && is_host(*host, allows_outbound);
  });
  if (!are_known || std::ranges::any_of(hosts, [&](const Text& host) { return is_subset(*sni, *host); })) return;
  constexpr std::size_t kShown = 3;
  std::string shown;
  for (std::size_t i = 0; i < std::min(hosts.size(), kShown); ++i) shown.append(i == 0 ? "" : ", ").append(*hosts[i]);
  if (hosts.size() > kShown) shown += ", ...";
  subject.report(wk("WK376"), subject.places.value(sni.node), "SNI {} is not covered by hosts {}", quoted(*sni), shown)
      .note(subject.resource.document->key_span(hosts.node), "the hosts are here")
      .help("add it to hosts, or write it as one of them");
}

void check_subnets(const Subject& subject, const model::List<Text>& subnets) {
  for (const Text& subnet : subnets) {
    if (!subnet) continue;
    const bool has_length = std::ranges::count(*subnet, '/') == 1;
    if (has_length ? model::is_ip_prefix(*subnet) : model::is_ip_address(*subnet)) continue;
    subject.report(wk("WK378"), subject.places.value(subnet.node), "{} is not an IP or CIDR block", quoted(*subnet))
        .help("write an address, or one with a prefix length: 10.0.0.0/8, 2001:db8::/32");
  }
}

/// The entry as what the finding is about, with the caret at the empty list in it where there is one.
Place entry_with(const Subject& subject, yaml::NodeId entry, yaml::NodeId list) {
  Place place = subject.places.lack(entry);
  if (list != yaml::NodeId::kNone) place.span = subject.resource.document->key_span(list);
  return place;
}

}  // namespace

void check_tls(const Subject& subject, const model::TLSRoute& route) {
  if (subject.places.is_empty(route.match.node))  // without any: WK121
    subject
        .report(wk("WK372"), entry_with(subject, route.node, route.match.node),
                "a tls route needs a match with sniHosts")
        .help("name the hosts: match: [{sniHosts: [shop.example.com]}]");
  for (const model::TLSMatchAttributes& match : route.match) {
    if (subject.places.is_empty(match.sni_hosts.node))  // without any: WK121
      subject.report(wk("WK374"), entry_with(subject, match.node, match.sni_hosts.node), "a tls match needs sniHosts")
          .help("name the hosts that clients ask for by SNI");
    for (const Text& sni : match.sni_hosts)
      if (sni) check_sni_host(subject, sni);
    check_subnets(subject, match.destination_subnets);
    check_match_port(subject, match.port);
    check_source(subject, match.source_labels, match.source_namespace, false);
    check_gateway_names(subject, match.gateways, true);
  }
  if (subject.surely_empty(route.route, route.node, "route"))
    subject.report(wk("WK379"), entry_with(subject, route.node, route.route.node), "this tls route has no destination")
        .help("add route with a destination");
  check_route_destinations(subject, route.route);
}

void check_tcp(const Subject& subject, const model::TCPRoute& route) {
  for (const model::L4MatchAttributes& match : route.match) {
    check_subnets(subject, match.destination_subnets);
    if (match.source_subnet && !match.source_subnet->empty())
      subject
          .report(wk("WK378"), subject.places.key(match.source_subnet.node),
                  "sourceSubnet is accepted, but nothing looks at it")
          .level(Severity::kWarning)
          .origin(Origin::kOwn)
          .help("limit callers by an AuthorizationPolicy, or by sourceLabels");
    check_match_port(subject, match.port);
    check_source(subject, match.source_labels, match.source_namespace, false);
    check_gateway_names(subject, match.gateways, true);
  }
  if (subject.surely_empty(route.route, route.node, "route"))
    subject.report(wk("WK380"), entry_with(subject, route.node, route.route.node), "this tcp route has no destination")
        .help("add route with a destination");
  check_route_destinations(subject, route.route);
}

}  // namespace wicket::check::virtual_service
