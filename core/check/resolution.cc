// resolution, endpoints and workloadSelector of a ServiceEntry.
//
// Source: Istio pkg/config/validation, ValidateServiceEntry and validateWorkloadEntry; CEL rules of the CRD.
#include "check/resolution.h"

#include <algorithm>
#include <unordered_set>

#include "check/http_text.h"
#include "check/words.h"
#include "model/host_name.h"
#include "model/protocol.h"

namespace wicket::check {
namespace {

using model::Protocol;
using model::Resolution;
using model::ServiceEntry;
using model::ServicePort;
using model::Text;
using model::WorkloadEntry;
using yaml::NodeId;

constexpr std::string_view kUnix = "unix://";

std::string_view name_of(Resolution resolution) {
  switch (resolution) {
    case Resolution::kNone:
      return "NONE";
    case Resolution::kStatic:
      return "STATIC";
    case Resolution::kDns:
      return "DNS";
    case Resolution::kDnsRoundRobin:
      return "DNS_ROUND_ROBIN";
    case Resolution::kDynamicDns:
      return "DYNAMIC_DNS";
  }
  return {};
}

class ResolutionChecks {
 public:
  ResolutionChecks(const Subject& subject, const ServiceEntry& entry, Resolution resolution)
      : subject_(subject), places_(subject.places), entry_(entry), resolution_(resolution) {
    for (const ServicePort& port : entry.ports) {
      if (is_set(port.name)) port_names_.insert(*port.name);
      all_names_known_ = all_names_known_ && port.name.valid;
    }
  }

  void run() {
    selector();
    switch (resolution_) {
      case Resolution::kNone:
        none();
        break;
      case Resolution::kStatic:
        break;
      case Resolution::kDns:
      case Resolution::kDnsRoundRobin:
        dns();
        break;
      case Resolution::kDynamicDns:
        dynamic_dns();
        break;
    }
    for (const WorkloadEntry& endpoint : entry_.endpoints) check_endpoint(endpoint);
    // DYNAMIC_DNS wants more of its ports than this.
    if (resolution_ != Resolution::kNone && resolution_ != Resolution::kDynamicDns && entry_.hosts.size() > 1)
      several_hosts();
  }

 private:
  template <class... Args>
  Finding say(const RuleInfo& rule, const Place& place, fmt::format_string<Args...> format, Args&&... args) {
    return subject_.out.report(rule, place, format, std::forward<Args>(args)...);
  }

  [[nodiscard]] bool by_dns() const {
    return resolution_ == Resolution::kDns || resolution_ == Resolution::kDnsRoundRobin;
  }
  [[nodiscard]] bool has_endpoints() const {
    return entry_.endpoints.present() && !places_.is_empty(entry_.endpoints.node);
  }
  [[nodiscard]] bool has_addresses() const {
    return entry_.addresses.present() && !places_.is_empty(entry_.addresses.node);
  }

  void selector() {
    if (!entry_.workload_selector) return;
    const NodeId node = entry_.workload_selector->node;
    check_selector(subject_, node, "labels", entry_.workload_selector->labels);
    if (!entry_.endpoints.present()) return;
    const NodeId second = later_of(*subject_.resource.document, node, entry_.endpoints.node);
    say(wk6("WK650"), places_.key(second), "workloadSelector and endpoints exclude each other")
        .note(subject_.resource.document->key_span(second == node ? entry_.endpoints.node : node), "the other one");
  }

  void none() {
    if (entry_.endpoints.present()) {
      const bool named = std::ranges::any_of(entry_.endpoints, [](const WorkloadEntry& endpoint) {
        return endpoint.address.valid && !model::is_ip_address(*endpoint.address) &&
               !endpoint.address->starts_with(kUnix);
      });
      say(wk6("WK662"), places_.key(entry_.endpoints.node), "endpoints need a resolution other than NONE{}",
          entry_.resolution.present() ? "" : ", which is the default")
          .origin(has_endpoints() ? Origin::kWebhook : Origin::kSchema)
          .help(named ? "add resolution: DNS" : "add resolution: STATIC");
    }
    if (entry_.workload_selector)
      say(wk6("WK663"), places_.key(entry_.workload_selector->node),
          "workloadSelector selects nothing with resolution NONE{}",
          entry_.resolution.present() ? "" : ", which is the default")
          .help("add resolution: STATIC");
  }

  void dns() {
    if (!has_endpoints() && (entry_.endpoints.present() || places_.lacks(entry_.node, "endpoints"))) {
      for (const Text& host : entry_.hosts) {
        if (!host.valid || *host == "*" || !model::is_wildcard_domain(*host) || model::is_fqdn(*host)) continue;
        say(wk6("WK665"), places_.value(host.node), "{} cannot be looked up by DNS", quoted(*host))
            .help("add endpoints, or use resolution NONE or DYNAMIC_DNS");
      }
    }
    if (resolution_ == Resolution::kDnsRoundRobin && entry_.endpoints.size() > 1)
      say(wk6("WK666"), places_.lack(entry_.endpoints[1].node), "DNS_ROUND_ROBIN takes one endpoint, here are {}",
          entry_.endpoints.size())
          .help("use resolution DNS");
    if (!has_addresses() || entry_.hosts.size() <= 1) return;
    for (const ServicePort& port : entry_.ports) {
      if (!port.protocol.valid || !model::is_tcp(model::protocol_of(*port.protocol))) continue;
      say(wk6("WK672"), places_.key(entry_.addresses.node),
          "the hosts share these addresses and cannot be told apart on port {}", *port.number)
          .note(subject_.resource.span(port.node), "the port")
          .help("give each host a ServiceEntry of its own");
      return;
    }
  }

  void dynamic_dns() {
    for (const Text& host : entry_.hosts)
      if (host.valid && model::is_wildcard_domain(*host) && !host->starts_with('*'))
        say(wk6("WK670"), places_.value(host.node), "DYNAMIC_DNS is for wildcard hosts, and {} is none", quoted(*host))
            .help("use resolution DNS");
    if (has_addresses()) say(wk6("WK670"), places_.key(entry_.addresses.node), "DYNAMIC_DNS excludes addresses");
    if (has_endpoints()) say(wk6("WK670"), places_.key(entry_.endpoints.node), "DYNAMIC_DNS excludes endpoints");
    for (const ServicePort& port : entry_.ports) {
      if (port.protocol.present() && !port.protocol.valid) continue;
      const Protocol protocol = model::protocol_of(*port.protocol);
      if (protocol == Protocol::kHttp || protocol == Protocol::kHttp2 || protocol == Protocol::kGrpc ||
          protocol == Protocol::kTls)
        continue;
      if (protocol == Protocol::kUnsupported && is_set(port.protocol)) continue;  // WK660
      const bool written = is_set(port.protocol);
      say(wk6("WK670"), written ? places_.value(port.protocol.node) : places_.lack(port.node),
          "DYNAMIC_DNS needs a protocol that names the host: HTTP, HTTP2, GRPC or TLS");
    }
    if (!entry_.location || *entry_.location != model::Location::kMeshInternal) return;
    const auto* label = subject_.resource.metadata.labels.find("istio.io/use-waypoint");
    if (label == nullptr || !is_set(label->value) || equal_ignoring_case(*label->value, "none")) return;
    say(wk6("WK670"), places_.value(entry_.location.node), "DYNAMIC_DNS with a waypoint needs location MESH_EXTERNAL")
        .note(subject_.resource.span(label->value.node), "the waypoint");
  }

  void several_hosts() {
    for (const ServicePort& port : entry_.ports) {
      if (port.protocol.present() && !port.protocol.valid) continue;
      const Protocol protocol = model::protocol_of(*port.protocol);
      if (model::is_http(protocol) || model::is_tls(protocol)) continue;
      const bool written = is_set(port.protocol);
      if (written && protocol == Protocol::kUnsupported) continue;  // WK660
      say(wk6("WK671"), written ? places_.value(port.protocol.node) : places_.lack(port.node),
          "{} hosts cannot be told apart on a port that speaks neither HTTP nor TLS", entry_.hosts.size())
          .help("give each host a ServiceEntry of its own, or name the port's protocol");
    }
  }

  void check_endpoint(const WorkloadEntry& endpoint) {
    const bool is_socket = endpoint.address.valid && endpoint.address->starts_with(kUnix);
    check_address(endpoint, is_socket);
    if (!is_socket || by_dns()) check_endpoint_ports(endpoint);
    if (resolution_ == Resolution::kStatic || by_dns()) check_labels(subject_, endpoint.labels, "endpoint");
  }

  void check_address(const WorkloadEntry& endpoint, bool is_socket) {
    const Text& address = endpoint.address;
    if (address.present() && !address.valid) return;
    const Place place = places_.value(address.node);
    if (is_unset(address)) {
      no_address(endpoint);
    } else if (by_dns()) {
      if (!model::is_ip_address(*address) && !model::is_fqdn(*address)) {
        auto finding = say(wk6("WK667"), place, "{} is neither a host name nor an IP address", quoted(*address));
        if (is_socket) finding.help("a Unix domain socket needs resolution STATIC");
      }
    } else if (is_socket) {
      socket(endpoint);
    } else if (resolution_ == Resolution::kStatic && !model::is_ip_address(*address)) {
      say(wk6("WK664"), place, "{} is not an IP address, which resolution STATIC needs", quoted(*address))
          .help(model::is_fqdn(*address) ? "use resolution DNS, or the address" : "write the address");
    }
  }

  void no_address(const WorkloadEntry& endpoint) {
    const Text& address = endpoint.address;
    const bool known = has_only(*subject_.resource.document, endpoint.node,
                                {"address", "ports", "labels", "network", "locality", "weight", "serviceAccount"});
    if (!address.present() && !known) return;
    const Place place = address.present() ? places_.value(address.node) : places_.lack(endpoint.node);
    if (by_dns()) {
      say(wk6("WK667"), place, "resolution {} needs the address of this endpoint", name_of(resolution_))
          .help("name its host or IP address");
      return;
    }
    if (endpoint.network.present() && !endpoint.network.valid) return;
    const bool network = is_set(endpoint.network);
    if (resolution_ == Resolution::kStatic) {
      auto finding = say(wk6("WK673"), places_.lack(endpoint.node), "this endpoint has no address");
      if (network) finding.level(Severity::kWarning).help("traffic to it goes through the gateway of its network");
    } else if (!address.present() && !endpoint.network.present()) {
      say(wk6("WK673"), places_.lack(endpoint.node), "this endpoint has no address").origin(Origin::kSchema);
    }
  }

  void socket(const WorkloadEntry& endpoint) {
    const Place place = places_.value(endpoint.address.node);
    const std::string_view path = endpoint.address->substr(kUnix.size());
    const bool abstract = path.starts_with('@');
    if (!abstract && !path.starts_with('/')) {
      say(wk6("WK669"), place, "{} is not an absolute path, nor an abstract socket (@name)", quoted(*endpoint.address))
          .help("write unix:///run/app.sock");
    } else if (path.ends_with('/')) {
      say(wk6("WK669"), place, "{} is a folder, not a socket", quoted(*endpoint.address))
          .origin(abstract ? Origin::kSchema : Origin::kWebhook);
    }
    if (endpoint.ports.present())
      say(wk6("WK669"), places_.key(endpoint.ports.node), "a Unix domain socket has no ports")
          .origin(endpoint.ports.empty() ? Origin::kSchema : Origin::kWebhook);
    if (resolution_ == Resolution::kStatic && entry_.ports.size() != 1)
      say(wk6("WK669"), place, "a socket serves one port, and this ServiceEntry has {}", entry_.ports.size())
          .help("give the socket a ServiceEntry of its own");
  }

  void check_endpoint_ports(const WorkloadEntry& endpoint) {
    const bool compared = resolution_ == Resolution::kStatic || by_dns();
    for (const auto& port : endpoint.ports) {
      const Place key = places_.key(port.value.node);
      if (!model::is_istio_label(port.key) || port.key.size() >= 63) {
        say(wk6("WK659"), key, "{} is not a port name", quoted(port.key))
            .origin(model::is_istio_label(port.key) ? Origin::kSchema : Origin::kWebhook);
      } else if (compared && all_names_known_ && !port_names_.contains(port.key)) {
        say(wk6("WK668"), key, "{} is no port of this ServiceEntry", quoted(port.key)).help(names());
      }
      if (port.value && (*port.value == 0 || *port.value > 65535))
        say(wk6("WK658"), places_.value(port.value.node), "port {} is not in 1..65535", *port.value);
    }
  }

  /// "ports: http, admin", in the order of the source.
  [[nodiscard]] std::string names() const {
    std::string text;
    for (const ServicePort& port : entry_.ports) {
      if (!is_set(port.name)) continue;
      text += text.empty() ? "its ports: " : ", ";
      text += *port.name;
    }
    return text.empty() ? std::string("it has no ports") : text;
  }

  const Subject& subject_;
  const Places& places_;
  const ServiceEntry& entry_;
  Resolution resolution_;
  std::unordered_set<std::string_view> port_names_;
  bool all_names_known_ = true;
};

}  // namespace

void check_resolution(const Subject& subject, const ServiceEntry& entry) {
  if (const auto resolution = resolution_of(entry)) ResolutionChecks(subject, entry, *resolution).run();
}

}  // namespace wicket::check
