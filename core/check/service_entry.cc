// ServiceEntry: hosts, addresses and ports. resolution.cc has what depends on how endpoints are found.
#include <optional>
#include <unordered_map>
#include <variant>

#include "check/destinations.h"
#include "check/http_text.h"
#include "check/resolution.h"
#include "check/words.h"
#include "model/host_name.h"
#include "model/protocol.h"

namespace wicket::check {
namespace {

using model::Resolution;
using model::ServiceEntry;
using model::ServicePort;
using model::Text;
using yaml::NodeId;

void check_hosts(const Subject& subject, const ServiceEntry& entry) {
  const Places& places = subject.places;
  if (places.is_empty(entry.hosts.node))
    subject.out.report(wk6("WK651"), places.key(entry.hosts.node), "hosts is empty; a ServiceEntry needs a host");
  const auto resolution = resolution_of(entry);
  for (const Text& host : entry.hosts) {
    if (!host.valid) continue;
    if (*host == "*") {
      subject.out.report(wk6("WK652"), places.value(host.node), "\"*\" is not a host of a ServiceEntry")
          .help("name the domain: *.example.com");
    } else if (!model::is_wildcard_domain(*host)) {
      auto finding = subject.out.report(wk6("WK652"), places.value(host.node), "{} is not a host name", quoted(*host));
      if (model::is_ip_address(*host))
        finding.help("put it into addresses, and make up a name for hosts");
      else if (host->find("://") != std::string_view::npos)
        finding.help("write the name alone; ports say the rest");
    } else if (model::is_partial_wildcard(*host) && resolution && *resolution != Resolution::kDynamicDns) {
      subject.out
          .report(wk6("WK653"), places.value(host.node), "{}: the * is only part of the first label", quoted(*host))
          .help("use a wildcard for the whole first label: *.example.com");
    }
  }
}

void check_addresses(const Subject& subject, const ServiceEntry& entry) {
  const auto resolution = resolution_of(entry);
  for (const Text& address : entry.addresses) {
    if (!address.valid) continue;
    const bool block = address->find('/') != std::string_view::npos;
    const Place place = subject.places.value(address.node);
    if (block ? !model::is_ip_prefix(*address) : !model::is_ip_address(*address)) {
      subject.out.report(wk6("WK654"), place, "{} is not an IP address or CIDR block", quoted(*address));
    } else if (block && resolution && *resolution != Resolution::kNone && *resolution != Resolution::kStatic) {
      subject.out
          .report(wk6("WK655"), place, "{} is a block of addresses, which needs resolution NONE or STATIC", *address)
          .note(subject.resource.span(entry.resolution.node), "the resolution");
    }
  }
}

/// Whether Istio gives hosts of this entry an address of its own, so that TCP ports can be told apart.
/// Source: Istio pilot/pkg/networking/serviceentry, ShouldV2AutoAllocateIP.
bool gets_addresses(const Subject& subject, Resolution resolution) {
  if (resolution == Resolution::kNone) return false;
  const auto* label = subject.resource.metadata.labels.find("networking.istio.io/enable-autoallocate-ip");
  return label == nullptr || !label->value.valid || !equal_ignoring_case(*label->value, "false");
}

void check_port(const Subject& subject, const ServicePort& port) {
  const Places& places = subject.places;
  const auto in_range = [&](const model::Spanned<std::uint32_t>& field) {
    if (field && (*field == 0 || *field > 65535))
      subject.out.report(wk6("WK658"), places.value(field.node), "port {} is not in 1..65535", *field);
  };
  in_range(port.number);
  in_range(port.target_port);
  if (port.name.valid && !model::is_istio_label(*port.name))
    subject.out.report(wk6("WK659"), places.value(port.name.node), "{} is not a port name", quoted(*port.name))
        .help("allowed: letters, digits and `-`, first and last one not a `-`, at most 63");
  if (is_set(port.protocol) && model::protocol_of(*port.protocol) == model::Protocol::kUnsupported)
    subject.out.report(wk6("WK660"), places.value(port.protocol.node), "{} is not a protocol", quoted(*port.protocol))
        .help("use HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TLS, TCP, MONGO, REDIS, MYSQL or UDP, or leave it out");
}

void check_ports(const Subject& subject, const ServiceEntry& entry) {
  const Places& places = subject.places;
  const bool no_addresses = places.lacks(entry.node, "addresses") || places.is_empty(entry.addresses.node);
  const auto resolution = resolution_of(entry);
  const bool catches_all = no_addresses && resolution && !gets_addresses(subject, *resolution);
  std::unordered_map<std::string_view, NodeId> names;
  std::unordered_map<std::uint32_t, NodeId> numbers;
  for (const ServicePort& port : entry.ports) {
    check_port(subject, port);
    const bool is_tcp =
        is_unset(port.protocol) || (port.protocol.valid && model::protocol_of(*port.protocol) == model::Protocol::kTcp);
    if (catches_all && is_tcp && port.number) {
      const bool webhook_too = is_unset(port.protocol) || *port.protocol == "TCP";
      subject.out
          .report(wk6("WK661"), places.lack(port.node), "without addresses, a TCP port takes all traffic on port {}",
                  *port.number)
          .origin(webhook_too ? Origin::kWebhook : Origin::kAnalyzer)
          .help("add addresses, or say which protocol the port speaks");
    }
    if (is_set(port.name)) {
      const auto [first, added] = names.emplace(*port.name, port.name.node);
      if (!added)
        subject.out
            .report(wk6("WK656"), places.value(port.name.node), "port name {} is already used", quoted(*port.name))
            .note(subject.resource.span(first->second), "first used here");
    }
    if (port.number && *port.number > 0 && *port.number <= 65535) {
      const auto [first, added] = numbers.emplace(*port.number, port.number.node);
      if (!added)
        subject.out.report(wk6("WK657"), places.value(port.number.node), "port {} is already defined", *port.number)
            .note(subject.resource.span(first->second), "first defined here");
    }
  }
}

void check_entry(const Subject& subject, const ServiceEntry& entry) {
  check_hosts(subject, entry);
  check_addresses(subject, entry);
  check_ports(subject, entry);
  check_resolution(subject, entry);
}

}  // namespace

void check_service_entries(const CheckInput& in, Reporter& out) {
  for (const model::Resource* resource : in.workspace.all(model::Kind::kServiceEntry))
    if (const auto* entry = std::get_if<ServiceEntry>(&resource->spec))
      check_entry({.in = in, .resource = *resource, .out = out}, *entry);
}

}  // namespace wicket::check
