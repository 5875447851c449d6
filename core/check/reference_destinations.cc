// WK406 to WK411: what destinations name: a service, one of its ports, a subset.
//
// A name that nothing answers is only told where the estate says that it is missing. What is there and says otherwise
// (another port, no such subset, not exported) is told always.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include "check/export_scope.h"
#include "check/host_index.h"
#include "check/references.h"
#include "check/repair.h"
#include "check/subset_index.h"
#include "check/words.h"
#include "model/host_name.h"
#include "model/protocol.h"
#include "rules/host_names.h"
#include "rules/visibility.h"

namespace wicket::check::references {
namespace {

using model::Destination;
using model::Resource;

/// The TCP ports of what has a host.
struct Ports {
  struct Port {
    std::uint32_t number = 0;
    std::uint32_t target = 0;  // 0: none that is a number
  };
  std::vector<Port> ports;
  bool is_sound = true;  // all of them could be read
  bool is_alias = false;

  [[nodiscard]] bool has(std::uint32_t number) const {
    return std::ranges::find(ports, number, &Port::number) != ports.end();
  }
};

bool is_udp(std::string_view protocol) { return model::protocol_of(protocol) == model::Protocol::kUdp; }

Ports ports_of(const Resource& resource) {
  Ports all;
  const auto is_whole = [&](const auto& list) {
    return !list.present() || resource.document->size(list.node) == list.size();
  };
  if (const auto* service = std::get_if<model::Service>(&resource.spec)) {
    all.is_alias = *service->type == "ExternalName";
    all.is_sound = is_whole(service->ports);
    for (const model::K8sServicePort& port : service->ports) {
      all.is_sound = all.is_sound && port.port.valid;
      if (is_udp(*port.protocol) || *port.protocol == "SCTP") continue;
      all.ports.push_back({.number = *port.port, .target = port.target_port ? port.target_port->number : 0});
    }
  } else if (const auto* entry = std::get_if<model::ServiceEntry>(&resource.spec)) {
    all.is_sound = is_whole(entry->ports);
    for (const model::ServicePort& port : entry->ports) {
      all.is_sound = all.is_sound && port.number.valid;
      if (!is_udp(*port.protocol)) all.ports.push_back({.number = *port.number, .target = *port.target_port});
    }
  } else {
    all.is_sound = false;
  }
  return all;
}

std::string words(const Ports& ports) {
  std::vector<std::uint32_t> numbers;
  for (const Ports::Port& port : ports.ports) numbers.push_back(port.number);
  return fmt::format("{}", fmt::join(numbers, ", "));
}

/// The namespaces that see a Service or ServiceEntry: {"*"} for all.
std::vector<std::string> scopes_of(const CheckInput& in, const Resource& resource) {
  const std::string_view ns = in.workspace.ns_of(resource);
  if (const auto* entry = std::get_if<model::ServiceEntry>(&resource.spec);
      entry != nullptr && entry->export_to.present() && !entry->export_to.empty())
    return export_scopes(entry->export_to, ns);
  const bool is_service = resource.kind == model::Kind::kService;
  const auto written = is_service ? rules::annotated_export_to(resource) : std::vector<std::string_view>();
  std::vector<std::string> scopes;
  const auto add = [&](std::string_view scope) {
    if (scope != "~") scopes.emplace_back(scope == "." ? ns : scope);
  };
  for (const std::string_view scope : written) add(scope);
  if (written.empty())
    for (const std::string& scope : in.estate->mesh().service_export_to) add(scope);
  if (written.empty() && in.estate->mesh().service_export_to.empty()) scopes.emplace_back("*");
  return scopes;
}

bool sees(const std::vector<std::string>& scopes, std::string_view viewer) {
  return std::ranges::any_of(scopes, [&](const std::string& scope) { return scope == "*" || scope == viewer; });
}

/// What the host of a destination stands for, for VirtualServices that look from the same namespaces.
struct Target {
  std::string full;                      // empty: no name of a service
  std::vector<const Resource*> all;      // what has the host
  std::optional<Reference> reference;    // where there is nothing, once that was asked
  std::vector<const Resource*> visible;  // of that, and of wider names
  std::vector<Ports> ports;              // of `visible`
  bool are_ports_sound = true;
  std::optional<SubsetIndex::Rules> rules;      // once a subset was named
  std::vector<std::string_view> sound_subsets;  // there is nothing to say about them
};

class DestinationReferences {
 public:
  DestinationReferences(const CheckInput& in, Reporter& out)
      : in_(in), out_(out), services_(in.estate->services()), subsets_(in, *in.estate) {}

  void check(const BoundService& service) {
    if (service_ == nullptr || !look_alike(*service_, service) || targets_.size() >= kMostTargets) {
      targets_.clear();
      viewers_.reset();
    }
    service_ = &service;
    for (const model::HTTPRoute& route : service.spec->http) {
      for (const model::HTTPRouteDestination& item : route.route)
        if (item.destination) check(*item.destination, kRoute);
      if (route.mirror) check(*route.mirror, kMirror);
      for (const model::HTTPMirrorPolicy& mirror : route.mirrors)
        if (mirror.destination) check(*mirror.destination, kMirror);
    }
    for (const model::TLSRoute& route : service.spec->tls) check_list(route.route);
    for (const model::TCPRoute& route : service.spec->tcp) check_list(route.route);
  }

 private:
  struct Use {
    const RuleInfo& no_host;
    const RuleInfo& no_subset;
    std::string_view what;
  };
  static constexpr Use kRoute{wk("WK406"), wk("WK410"), "host"};
  static constexpr Use kMirror{wk("WK407"), wk("WK411"), "mirror host"};

  void check_list(const model::List<model::RouteDestination>& route) {
    for (const model::RouteDestination& item : route)
      if (item.destination) check(*item.destination, kRoute);
  }

  // ---- what hosts stand for ----

  static constexpr std::size_t kMostTargets = 256;  // that are kept

  /// Whether hosts stand for the same in both.
  static bool look_alike(const BoundService& a, const BoundService& b) {
    return a.ns == b.ns && a.gateways == b.gateways && a.spec->export_to.empty() && b.spec->export_to.empty();
  }

  /// Rules name few hosts many times.
  Target& target_of(std::string_view host) {
    const auto [known, is_new] = targets_.try_emplace(host);
    Target& target = known->second;
    if (!is_new || host.starts_with('*') || !model::is_wildcard_domain(host)) return target;
    target.full = rules::fully_qualified(host, service_->ns, in_.workspace.options().cluster_domain);
    target.all = services_.all_of(target.full);
    if (target.all.empty()) return target;
    target.visible = visible_of(target.all);
    // A wider name that everybody sees may stand behind one that few do.
    if (target.visible.empty()) target.visible = visible_of(services_.around(target.full));
    for (const Resource* resource : target.visible) {
      Ports ports = ports_of(*resource);
      if (!ports.is_sound || (ports.is_alias && !resolve_alias(*resource, ports))) target.are_ports_sound = false;
      target.ports.push_back(std::move(ports));
    }
    return target;
  }

  void check(const Destination& destination, const Use& use) {
    if (!destination.host) return;
    Target& target = target_of(*destination.host);
    if (target.full.empty()) return;
    check_service(destination, target, use);
    if (destination.subset && !destination.subset->empty() && model::is_istio_label(*destination.subset))
      check_subset(destination, target, use);
  }

  // ---- the service and its ports ----

  void check_service(const Destination& destination, Target& target, const Use& use) {
    if (target.all.empty()) return check_unknown(destination, target, use);
    if (target.visible.empty()) {
      // The pods that a delegate's rules end up in are those of its roots.
      if (service_->is_delegate) return out_.leave_unknown();
      return tell_hidden(destination, target.full, use, *target.all.front());
    }
    check_gateways_see(target.all);
    if (target.are_ports_sound) check_ports(destination, target);
  }

  std::vector<const Resource*> visible_of(std::vector<const Resource*> all) {
    std::erase_if(all, [&](const Resource* resource) {
      const std::vector<std::string> scopes = scopes_of(in_, *resource);
      return std::ranges::none_of(viewers(), [&](std::string_view viewer) { return sees(scopes, viewer); });
    });
    return all;
  }

  /// WK429 of ServiceEntries: a gateway has no cluster for a host that is not exported to its pods.
  void check_gateways_see(const std::vector<const Resource*>& all) {
    const auto* entry = std::get_if<model::ServiceEntry>(&all.front()->spec);
    if (entry == nullptr || !entry->export_to.present() || told_hidden_.contains(all.front())) return;
    const Resource& resource = *all.front();
    for (const NamedGateway* gateway : service_->gateways) {
      const Resource* found = gateway->reference.found;
      if (found == nullptr) continue;
      const auto pods = in_.estate->pods_of(*found);
      const bool is_blind = !pods.empty() && std::ranges::all_of(pods, [&](const GatewayPods& one) {
        return std::ranges::all_of(all, [&](const Resource* other) {
          const std::vector<std::string> scopes = scopes_of(in_, *other);
          // An assumed gateway may be in a namespace that exportTo names.
          const bool may_be_there = !one.is_certain && std::ranges::any_of(scopes, [&](const std::string& scope) {
            return scope != service_->ns && scope != in_.workspace.ns_of(*other);
          });
          return !sees(scopes, one.ns) && !may_be_there;
        });
      });
      if (!is_blind) continue;
      told_hidden_.insert(&resource);
      out_.report(wk("WK429"), Places(resource).key(entry->export_to.node),
                  "exportTo hides this ServiceEntry from the pods of Gateway {} in namespace {}", gateway->name,
                  pods.front().ns)
          .note(service_->resource->span(service_->resource->metadata.name.node),
                "this VirtualService sends requests there")
          .help(fmt::format("add {} to exportTo", pods.front().ns));
      return;
    }
  }

  /// Namespaces that the destination may be looked up from: the VirtualService's own, those that it is for, and those
  /// of the pods of its Gateways.
  const std::vector<std::string_view>& viewers() {
    if (viewers_) return *viewers_;
    std::vector<std::string_view>& all = viewers_.emplace();
    all.push_back(service_->ns);
    for (const model::Text& entry : service_->spec->export_to)
      if (entry && *entry != "." && *entry != "*") all.push_back(*entry);
    for (const NamedGateway* gateway : service_->gateways)
      if (const Resource* found = gateway->reference.found)
        for (const GatewayPods& pods : in_.estate->pods_of(*found)) all.push_back(pods.ns);
    return all;
  }

  void check_unknown(const Destination& destination, Target& target, const Use& use) {
    if (!target.reference) target.reference = in_.estate->service(target.full, service_->ns);
    const Reference& reference = *target.reference;
    if (reference.answer == Answer::kFound) return;
    if (reference.answer == Answer::kUnknown) return out_.leave_unknown();
    auto finding = out_.report(use.no_host, places().value(destination.host.node),
                               "no Service or ServiceEntry for {} {}", use.what, quoted(*destination.host));
    if (reference.near != nullptr)
      finding.note(reference.near->span(reference.near->metadata.name.node), "this one is there");
    if (!reference.help.empty()) {
      finding.help(reference.help);
    } else if (target.full != *destination.host) {
      finding.help(fmt::format("without a dot it means {}", target.full));
    }
  }

  void tell_hidden(const Destination& destination, const std::string& full, const Use& use, const Resource& hidden) {
    const bool is_entry = std::holds_alternative<model::ServiceEntry>(hidden.spec);
    auto finding =
        out_.report(use.no_host, places().value(destination.host.node), "{} of {} {} is not exported to namespace {}",
                    is_entry ? "the ServiceEntry" : "the Service", use.what, quoted(full), service_->ns);
    const auto* entry = std::get_if<model::ServiceEntry>(&hidden.spec);
    finding.note(
        hidden.span(entry != nullptr && entry->export_to.present() ? entry->export_to.node : hidden.metadata.name.node),
        "who sees it");
  }

  void check_ports(const Destination& destination, const Target& target) {
    const std::vector<Ports>& all = target.ports;
    const Resource& found = *target.visible.front();
    if (!destination.port) {
      if (std::ranges::any_of(all, [](const Ports& ports) { return ports.ports.size() < 2; })) return;
      if (!places().lacks(destination.node, "port")) return;
      out_.report(wk("WK408"), places().value(destination.host.node), "{} has the ports {}: destination.port is needed",
                  quoted(*destination.host), words(all.front()))
          .note(span_of_ports(found), "the ports")
          .help("name the port: port: {number: …}");
      return;
    }
    const auto& number = destination.port->number;
    constexpr std::uint32_t kLast = 65535;
    if (!number || *number == 0 || *number > kLast) return;
    if (std::ranges::any_of(all, [&](const Ports& ports) { return ports.has(*number); })) return;
    const Ports& ports = all.front();
    auto finding = out_.report(wk("WK409"), places().value(number.node), "{} has no port {}{}", quoted(target.full),
                               *number, ports.ports.empty() ? "" : fmt::format("; it has {}", words(ports)));
    finding.note(span_of_ports(found), "the ports");
    const auto meant = std::ranges::find(ports.ports, *number, &Ports::Port::target);
    if (meant == ports.ports.end()) return;
    finding.help(fmt::format("{} is the targetPort; destinations name the port: {}", *number, meant->number));
    if (std::ranges::count(ports.ports, *number, &Ports::Port::target) == 1)
      finding.fix(fmt::format("use port {}", meant->number),
                  replace_scalar(*service_->resource->document, number.node, fmt::format("{}", meant->number)));
  }

  /// The ports behind an ExternalName count as well (R-REG-4). False where nobody knows them.
  bool resolve_alias(const Resource& resource, Ports& ports) const {
    const std::string_view target = *std::get<model::Service>(resource.spec).external_name;
    const std::vector<const Resource*> behind = services_.all_of(target);
    if (behind.empty()) return !ports.ports.empty();
    for (const Resource* one : behind) {
      Ports more = ports_of(*one);
      if (!more.is_sound || more.is_alias) return false;
      ports.ports.insert(ports.ports.end(), more.ports.begin(), more.ports.end());
    }
    return true;
  }

  static Span span_of_ports(const Resource& resource) {
    model::NodeId node = resource.metadata.name.node;
    if (const auto* service = std::get_if<model::Service>(&resource.spec);
        service != nullptr && service->ports.present())
      node = service->ports.node;
    if (const auto* entry = std::get_if<model::ServiceEntry>(&resource.spec);
        entry != nullptr && entry->ports.present())
      node = entry->ports.node;
    return resource.span(node);
  }

  // ---- the subset ----

  void check_subset(const Destination& destination, Target& target, const Use& use) {
    const std::string_view subset = *destination.subset;
    const std::string& full = target.full;
    if (std::ranges::find(target.sound_subsets, subset) != target.sound_subsets.end()) return;
    if (!target.rules) target.rules = subsets_.rules_for(full);
    const SubsetIndex::Rules& rules = *target.rules;
    if (!rules.are_sound) return;
    const auto defining =
        std::ranges::find_if(rules.all, [&](const Resource* rule) { return SubsetIndex::defines(*rule, subset); });
    if (defining != rules.all.end()) {
      if (check_looked_up(destination, target, use, **defining)) target.sound_subsets.push_back(subset);
      return;
    }
    const bool is_missing = !rules.all.empty() || in_.closed_world || subsets_.has_rules_in(service_->ns) ||
                            subsets_.has_rules_in(services_.in_cluster(full).ns);
    if (!is_missing) return out_.leave_unknown();
    auto finding = out_.report(use.no_subset, places().value(destination.subset.node),
                               "no DestinationRule for {} defines subset {}", full, quoted(subset));
    if (rules.all.empty()) return;
    const Resource& rule = *rules.all.front();
    finding.note(rule.span(std::get<model::DestinationRule>(rule.spec).host.node), "the DestinationRule for the host");
    if (const std::string near = SubsetIndex::nearest_to(rules.all, subset); !near.empty())
      finding.help(fmt::format("did you mean {}?", near));
  }

  /// The proxy looks in three namespaces only: its own, the service's, the root (R-DST-4). False where it was told that
  /// it finds nothing there.
  bool check_looked_up(const Destination& destination, const Target& target, const Use& use, const Resource& rule) {
    const std::string& full = target.full;
    std::vector<std::string_view> service_ns;
    for (const Resource* resource : target.all) service_ns.push_back(in_.workspace.ns_of(*resource));
    if (const auto told = services_.in_cluster(full); service_ns.empty() && !told.name.empty())
      service_ns.push_back(told.ns);
    if (service_ns.empty()) return true;
    for (const NamedGateway* gateway : service_->gateways) {
      const Resource* found = gateway->reference.found;
      if (found == nullptr) continue;
      for (const GatewayPods& pods : in_.estate->pods_of(*found)) {
        if (!pods.is_certain && in_.workspace.ns_of(rule) != service_->ns && !in_.closed_world) continue;
        if (subsets_.finds(pods.workload, full, service_ns, *destination.subset)) continue;
        out_.report(
                use.no_subset, places().value(destination.subset.node),
                "the pods of Gateway {} in namespace {} do not find the DestinationRule that defines subset {} of {}",
                gateway->name, pods.ns, quoted(*destination.subset), full)
            .level(Severity::kWarning)
            .note(rule.span(std::get<model::DestinationRule>(rule.spec).host.node), "this one")
            .help(fmt::format("they look in {}: define it there, exported to {}",
                              looked_at(pods.ns, service_ns.front()), pods.ns));
        return false;
      }
    }
    return true;
  }

  /// Where pods of a namespace look for the DestinationRule of a service.
  [[nodiscard]] std::string looked_at(std::string_view pods, std::string_view service) const {
    std::vector<std::string_view> all = {pods};
    for (const std::string_view ns : {service, std::string_view(in_.estate->mesh().root_namespace)})
      if (std::ranges::find(all, ns) == all.end()) all.push_back(ns);
    return fmt::format("{}", fmt::join(all, " and "));
  }

  [[nodiscard]] Places places() const { return Places(*service_->resource); }

  const CheckInput& in_;
  Reporter& out_;
  const ServiceIndex& services_;
  SubsetIndex subsets_;
  const BoundService* service_ = nullptr;
  std::optional<std::vector<std::string_view>> viewers_;
  std::unordered_map<std::string_view, Target> targets_;  // by host as it is written, for those like service_
  std::unordered_set<const Resource*> told_hidden_;       // WK429
};

}  // namespace

ServiceCheck destinations_check(const CheckInput& in, Reporter& out) {
  return service_check<DestinationReferences>(in, out);
}

}  // namespace wicket::check::references
