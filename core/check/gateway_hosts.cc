// WK204 to WK209, WK238: hosts of servers, [namespace/]name.
// Source: Istio pkg/config/validation/agent, ValidateNamespaceSlashWildcardHostname and what it calls.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "check/gateway_checks.h"
#include "check/host_words.h"
#include "check/repair.h"
#include "check/words.h"
#include "model/host_name.h"

namespace wicket::check {
namespace {

using model::Server;
using model::Text;

consteval const RuleInfo& wk(std::string_view id) { return gateway_rule(id); }

/// The two sides of the first slash.
struct HostSides {
  std::string_view ns;
  std::string_view name;
  bool has_slash = false;

  explicit HostSides(std::string_view text) : name(text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return;
    has_slash = true;
    ns = text.substr(0, slash);
    name = text.substr(slash + 1);
  }
};

bool is_host_namespace(std::string_view ns) { return ns == "*" || ns == "." || model::is_istio_label(ns); }

bool is_short_name(std::string_view name) {
  return !name.empty() && name != "*" && name.find('.') == std::string_view::npos;
}

/// An entry taken apart.
struct HostEntry : HostSides {
  const Text* written = nullptr;

  explicit HostEntry(const Text& text) : HostSides(*text), written(&text) {}
  [[nodiscard]] bool is_url() const { return has_slash && ns.ends_with(':') && name.starts_with('/'); }
  [[nodiscard]] yaml::ScalarPart ns_part() const { return {.offset = 0, .size = ns.size()}; }
  [[nodiscard]] yaml::ScalarPart name_part() const {
    return {.offset = has_slash ? ns.size() + 1 : 0, .size = name.size()};
  }
};

void check_namespace(const GatewayScope& scope, const HostEntry& host) {
  if (is_host_namespace(host.ns)) return;
  if (host.ns == "~" && scope.generated) return;
  auto finding = scope.out.report(wk("WK205"), scope.places.part(host.written->node, host.ns_part()),
                                  "{} is no namespace, \".\" or \"*\"", quoted(host.ns));
  if (!host.is_url()) {
    finding.help("write a namespace, `.` for this one or `*` for all; or the host alone");
    return;
  }
  const std::string_view bare = bare_host(**host.written);
  if (bare.empty()) {
    finding.help("a host is a name, not a URL");
    return;
  }
  finding.help(fmt::format("a host is a name, not a URL: {}", bare))
      .fix("keep the name", replace_scalar(scope.document(), host.written->node, bare));
}

void check_sides(const GatewayScope& scope, const HostEntry& host) {
  if (!host.has_slash || (!host.ns.empty() && !host.name.empty())) return;
  auto finding =
      scope.out.report(wk("WK206"), scope.places.value(host.written->node), "nothing stands {} the slash of {}",
                       host.ns.empty() ? "in front of" : "behind", quoted(**host.written));
  if (host.ns.empty()) {
    finding.help("write */name for VirtualServices of all namespaces, ./name for those of this one");
  } else {
    finding.help("write the name behind it, or `*` for all");
  }
}

void check_name(const GatewayScope& scope, const HostEntry& host) {
  const std::string_view name = host.name;
  const Place place = scope.places.part(host.written->node, host.name_part());
  const bool is_address = model::is_ip_address(name);
  const std::string fault = is_address ? std::string() : host_fault(name);
  if (is_short_name(name)) {
    if (is_address) {
      scope.out.report(wk("WK207"), place, "{} is an IPv6 address; a Gateway takes it for a short name", quoted(name))
          .help("give the host a name, or write \"*\"");
    } else {
      scope.out.report(wk("WK207"), place, "{} is a short name; a Gateway needs a fully qualified host", quoted(name))
          .help("add the domain: clients send it in the Host header");
    }
  }
  if (!fault.empty()) {
    auto finding = scope.out.report(wk("WK208"), place, "{} is not a valid host name: {}", quoted(name), fault);
    const std::string_view bare = bare_host(name);
    if (!bare.empty() && bare.size() < name.size() && name.starts_with(bare)) {
      finding.help(fmt::format("write {}; the port is set by port.number", bare));
      if (name.substr(bare.size()).find('/') == std::string_view::npos) {
        const std::string whole = host.has_slash ? fmt::format("{}/{}", host.ns, bare) : std::string(bare);
        finding.fix("remove the port", replace_scalar(scope.document(), host.written->node, whole));
      }
    } else if (name.find('*') != std::string_view::npos) {
      finding.help("a wildcard is the whole first label: *.example.com");
    }
  } else if (!is_address && model::is_partial_wildcard(name)) {
    scope.out.report(wk("WK209"), place, "{}: a wildcard must be the whole first label", quoted(name))
        .help("write *.example.com, or list the names");
  }
}

/// `*/*` makes the control plane forget the other hosts, and it stumbles over those with a namespace that come later.
void check_crash(const GatewayScope& scope, const Server& server) {
  const Text* all = nullptr;
  for (const Text& host : server.hosts) {
    if (!host.valid) continue;
    if (all != nullptr && *host != "*/*" && (host->starts_with("*/") || host->starts_with("./"))) {
      scope.out
          .report(wk("WK238"), scope.places.value(host.node),
                  "{} behind \"*/*\" makes the control plane of current Istio releases crash", quoted(*host))
          .note(scope.resource.span(all->node), "this admits every host already")
          .help("keep \"*/*\" alone, or put it last")
          .fix("remove the host, which \"*/*\" admits", remove_item(scope.document(), host.node));
      return;
    }
    if (*host == "*/*") all = &host;
  }
}

}  // namespace

bool is_server_host(std::string_view host) {
  const HostSides sides(host);
  if (sides.has_slash && !is_host_namespace(sides.ns)) return false;
  if (sides.name.empty() || is_short_name(sides.name)) return false;
  if (model::is_ip_address(sides.name)) return true;
  return model::is_wildcard_domain(sides.name) && !model::is_partial_wildcard(sides.name);
}

void check_gateway_hosts(const GatewayScope& scope) {
  for (const Server& server : scope.gateway.servers) {
    if (scope.places.is_empty(server.hosts.node))
      scope.out
          .report(wk("WK204"), scope.places.key(server.hosts.node), "hosts is empty; a server needs at least one host")
          .help("name the hosts, or write [\"*\"] to serve all");
    for (const Text& text : server.hosts) {
      if (!text.valid) continue;
      const HostEntry host(text);
      if (host.has_slash && !host.ns.empty()) check_namespace(scope, host);
      check_sides(scope, host);
      if (!host.is_url() && (!host.has_slash || !host.name.empty())) check_name(scope, host);
    }
    check_crash(scope, server);
  }
}

}  // namespace wicket::check
