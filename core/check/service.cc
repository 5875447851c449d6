// Kubernetes Services: what the names of their ports tell Istio, and whether ports and pods fit together.
//
// Source: Istio pkg/config/analysis/analyzers/service and deployment; Kiali: KIA0601, KIA0602, KIA0701.
#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>

#include "base/text_hash.h"
#include "check/destinations.h"
#include "check/http_text.h"
#include "check/registry_index.h"
#include "check/words.h"
#include "rules/host_names.h"
#include "rules/port_protocol.h"

namespace wicket::check {
namespace {

using model::K8sServicePort;
using model::Kind;
using model::Resource;
using model::Service;

/// Full names of hosts that routes and rules speak of.
using Hosts = std::unordered_set<std::string, TextHash, std::equal_to<>>;

Hosts hosts_in_use(const model::Workspace& workspace) {
  Hosts hosts;
  std::string room;
  for (const Resource* resource : workspace.all(Kind::kVirtualService)) {
    const auto* routes = std::get_if<model::VirtualService>(&resource->spec);
    if (routes == nullptr) continue;
    const auto use = [&](const model::Text& host) {
      if (!is_set(host)) return;
      const std::string_view full =
          rules::fully_qualified(*host, workspace.ns_of(*resource), workspace.options().cluster_domain, room);
      if (!hosts.contains(full)) hosts.emplace(full);
    };
    const auto use_all = [&](const auto& weighted) {
      for (const auto& one : weighted)
        if (one.destination) use(one.destination->host);
    };
    for (const model::Text& host : routes->hosts) use(host);
    for (const auto& route : routes->http) {
      use_all(route.route);
      use_all(route.mirrors);
      if (route.mirror) use(route.mirror->host);
    }
    for (const auto& route : routes->tls) use_all(route.route);
    for (const auto& route : routes->tcp) use_all(route.route);
  }
  for (const Resource* resource : workspace.all(Kind::kDestinationRule))
    if (const auto* rule = std::get_if<model::DestinationRule>(&resource->spec); rule != nullptr && is_set(rule->host))
      hosts.insert(rules::fully_qualified(*rule->host, workspace.ns_of(*resource), workspace.options().cluster_domain));
  return hosts;
}

/// Services of the control plane and of gateways that Istio manages.
bool is_istios_own(const Resource& service) {
  const auto& labels = service.metadata.labels;
  const auto* release = labels.find("release");
  return labels.find("istio") != nullptr || (release != nullptr && *release->value == "istio") ||
         labels.find("gateway.istio.io/managed") != nullptr;
}

/// `is_used`: tells whether routes or rules speak of the service.
void check_port_name(const Subject& subject, const Service& service, const K8sServicePort& port,
                     const std::function<bool()>& is_used) {
  if ((port.name.present() && !port.name.valid) || (port.app_protocol.present() && !port.app_protocol.valid)) return;
  const model::Protocol protocol = rules::port_protocol(
      {.protocol = *port.protocol, .app_protocol = *port.app_protocol, .name = *port.name, .number = *port.port});
  const bool unknown = protocol == model::Protocol::kUnsupported;
  const auto place = [&] {
    return port.name.present() ? subject.places.value(port.name.node) : subject.places.lack(port.node);
  };
  if (is_set(port.app_protocol)) {
    if (unknown && !is_istios_own(subject.resource))
      subject.out
          .report(wk6("WK681"), subject.places.value(port.app_protocol.node),
                  "appProtocol {} is unknown to Istio, which has to find out what the port speaks",
                  quoted(*port.app_protocol))
          .level(is_used() ? Severity::kError : Severity::kWarning)
          .help(
              "use http, http2, https, grpc, grpc-web, tls, tcp, mongo, redis, mysql, or kubernetes.io/h2c, /ws, /wss");
    return;
  }
  if (service.type.valid && *service.type == "ExternalName") {
    if (unknown || equal_ignoring_case(*port.name, "tcp"))
      subject.out
          .report(wk6("WK682"), place(), "port name {} does not tell an HTTP or TLS protocol", quoted(*port.name))
          .help("name the port after its protocol: as TCP it takes all traffic on its number");
    return;
  }
  if (unknown && !is_istios_own(subject.resource) && is_used())
    subject.out.report(wk6("WK680"), place(), "port name {} does not tell the protocol", quoted(*port.name))
        .help("write <protocol>[-suffix], such as http or grpc-api, or set appProtocol");
}

/// Whether a sidecar is put beside the pods of a Deployment.
bool is_in_mesh(const CheckInput& in, const Resource& deployment) {
  const auto& labels = workload_of(deployment)->labels;
  if (const auto* inject = labels.find("sidecar.istio.io/inject")) return *inject->value == "true";
  if (labels.find("istio.io/rev") != nullptr) return true;
  const Resource* ns = in.workspace.find(Kind::kNamespace, {}, in.workspace.ns_of(deployment));
  if (ns == nullptr) return false;
  const auto* injection = ns->metadata.labels.find("istio-injection");
  if (injection != nullptr) return *injection->value == "enabled";
  return ns->metadata.labels.find("istio.io/rev") != nullptr;
}

std::string_view l4_protocol(const K8sServicePort& port) { return is_set(port.protocol) ? *port.protocol : "TCP"; }

std::string target_of(const K8sServicePort& port) {
  if (!port.target_port.valid) return fmt::format("{}", *port.port);
  return port.target_port->number != 0 ? fmt::format("{}", port.target_port->number)
                                       : std::string(port.target_port->name);
}

/// Services that share the pods of one Deployment.
class SharedPods {
 public:
  SharedPods(const CheckInput& in, Reporter& out) : in_(in), out_(out) {}

  void add(const Resource& resource, const Service& service, const Resource& deployment) {
    Seen& seen = seen_[&deployment];
    const Subject subject{.in = in_, .resource = resource, .out = out_};
    for (const K8sServicePort& port : service.ports) {
      if (!port.port) continue;
      const auto [number, fresh_number] = seen.numbers.emplace(*port.port, Use{&resource, &port});
      if (!fresh_number && *port.port != 53) differing_protocol(subject, port, number->second);
      const std::string target = fmt::format("{}/{}", target_of(port), l4_protocol(port));
      const auto [first, fresh_target] = seen.targets.emplace(target, Use{&resource, &port});
      if (!fresh_target) differing_port(subject, port, first->second);
    }
  }

 private:
  struct Use {
    const Resource* service;
    const K8sServicePort* port;
  };
  struct Seen {
    std::unordered_map<std::uint32_t, Use> numbers;
    std::unordered_map<std::string, Use> targets;
  };

  void differing_protocol(const Subject& subject, const K8sServicePort& port, const Use& first) {
    const std::string_view here = l4_protocol(port);
    const std::string_view there = l4_protocol(*first.port);
    if (first.service == &subject.resource || equal_ignoring_case(here, there)) return;
    out_.report(wk6("WK683"), subject.places.value(port.port.node), "port {} is {} in {} and {} in {}", *port.port,
                there, first.service->name(), here, subject.resource.name())
        .note(first.service->span(first.port->port.node), "the other port");
  }

  void differing_port(const Subject& subject, const K8sServicePort& port, const Use& first) {
    if (first.service == &subject.resource || *port.port == *first.port->port) return;
    const Place place = subject.places.value(port.target_port.present() ? port.target_port.node : port.port.node);
    out_.report(wk6("WK684"), place, "targetPort {} is port {} in {} and {} in {}", target_of(port), *first.port->port,
                first.service->name(), *port.port, subject.resource.name())
        .note(first.service->span(first.port->port.node), "the other port");
  }

  const CheckInput& in_;
  Reporter& out_;
  std::unordered_map<const Resource*, Seen> seen_;
};

/// Only names are compared: the number of a container's port is a remark that pods work without.
void check_target_port(const Subject& subject, const K8sServicePort& port, const std::vector<const Resource*>& pods) {
  if (!port.target_port || port.target_port->name.empty()) return;
  const std::string_view name = port.target_port->name;
  for (const Resource* pod : pods)
    for (const model::Container& container : workload_of(*pod)->containers)
      for (const model::ContainerPort& offered : container.ports)
        if (offered.name.valid && *offered.name == name) return;
  const Resource& first = *pods.front();
  subject.out
      .report(wk6("WK685"), subject.places.value(port.target_port.node), "no container port {} in {} {}", quoted(name),
              model::kind_name(first.kind), first.name())
      .note(first.span(first.metadata.name.node), "the pods behind this Service");
}

}  // namespace

void check_services(const CheckInput& in, Reporter& out) {
  const auto services = in.workspace.all(Kind::kService);
  if (services.empty()) return;
  std::optional<Hosts> used;  // few ports are asked about
  const PodIndex& pods = in.estate->pods();
  SharedPods shared(in, out);
  for (const Resource* resource : services) {
    const auto* service = std::get_if<Service>(&resource->spec);
    if (service == nullptr) continue;
    const Subject subject{.in = in, .resource = *resource, .out = out};
    const auto is_used = [&] {
      if (!used) used = hosts_in_use(in.workspace);
      return used->contains(
          fmt::format("{}.{}.svc.{}", resource->name(), subject.ns(), in.workspace.options().cluster_domain));
    };
    for (const K8sServicePort& port : service->ports) check_port_name(subject, *service, port, is_used);
    const auto found = pods.matching(subject.ns(), service->selector);
    if (found.empty()) continue;
    for (const K8sServicePort& port : service->ports) check_target_port(subject, port, found);
    for (const Resource* pod : found)
      if (pod->kind == Kind::kDeployment && is_in_mesh(in, *pod)) shared.add(*resource, *service, *pod);
  }
}

}  // namespace wicket::check
