// ServiceEntries that define the same port of the same host, for somebody who sees both.
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>

#include "check/destinations.h"
#include "check/export_scope.h"
#include "check/http_text.h"
#include "check/words.h"
#include "model/protocol.h"

namespace wicket::check {
namespace {

using model::Resource;
using model::ServiceEntry;
using model::ServicePort;

/// One port of one host, and whose it is.
struct Claim {
  const Resource* resource = nullptr;
  const ServicePort* port = nullptr;
};

bool is_same_object(const CheckInput& in, const Resource& a, const Resource& b) {
  return &a == &b || (a.name() == b.name() && in.workspace.ns_of(a) == in.workspace.ns_of(b));
}

/// The first claim to each host, port and scope. The scope "" holds the first of all.
class Claims {
 public:
  /// The first claim of another object that some namespace sees beside this one.
  [[nodiscard]] std::optional<Claim> find(const CheckInput& in, const Resource& resource, const std::string& host_port,
                                          const std::vector<std::string>& scopes) const {
    const auto look = [&](const std::string& scope) -> std::optional<Claim> {
      const auto found = claims_.find(host_port + scope);
      if (found == claims_.end() || is_same_object(in, *found->second.resource, resource)) return std::nullopt;
      return found->second;
    };
    for (const std::string& scope : scopes) {
      if (scope == "*") {
        if (auto claim = look("")) return claim;
        continue;
      }
      if (auto claim = look("*")) return claim;
      if (auto claim = look(scope)) return claim;
    }
    return std::nullopt;
  }

  void add(const Claim& claim, const std::string& host_port, const std::vector<std::string>& scopes) {
    for (const std::string& scope : scopes) claims_.emplace(host_port + scope, claim);
    if (!scopes.empty()) claims_.emplace(host_port, claim);
  }

 private:
  std::unordered_map<std::string, Claim> claims_;
};

std::string name_of(const CheckInput& in, const Resource& resource) {
  return fmt::format("{}/{}", in.workspace.ns_of(resource), resource.name());
}

void report(const Subject& subject, const model::Text& host, const ServicePort& port, const Claim& first,
            std::unordered_set<const void*>& told) {
  const model::Text& other = first.port->protocol;
  const std::string name = name_of(subject.in, *first.resource);
  if (equal_ignoring_case(*port.protocol, *other)) {
    if (!told.insert(&host).second) return;
    subject.out
        .report(wk6("WK676"), subject.places.value(host.node), "{}:{} is also defined by {}", *host, *port.number, name)
        .note(first.resource->span(first.port->node), "defined here")
        .help("keep one of the two, or limit them by exportTo");
    return;
  }
  if (!told.insert(&port).second) return;
  const bool alike = model::is_tls(model::protocol_of(*port.protocol)) && model::is_tls(model::protocol_of(*other));
  subject.out
      .report(wk6("WK675"),
              port.protocol.present() ? subject.places.value(port.protocol.node) : subject.places.lack(port.node),
              "{}:{} is {} here and {} in {}", *host, *port.number, port.protocol->empty() ? "sniffed" : *port.protocol,
              other->empty() ? "sniffed" : *other, name)
      .level(alike ? Severity::kInfo : Severity::kWarning)
      .note(first.resource->span(other.present() ? other.node : first.port->node), "the other protocol");
}

}  // namespace

void check_entry_overlaps(const CheckInput& in, Reporter& out) {
  Claims claims;
  std::unordered_set<const void*> told;
  for (const Resource* resource : in.workspace.all(model::Kind::kServiceEntry)) {
    const auto* entry = std::get_if<ServiceEntry>(&resource->spec);
    if (entry == nullptr) continue;
    const Subject subject{.in = in, .resource = *resource, .out = out};
    const auto scopes = export_scopes(entry->export_to, subject.ns());
    for (const model::Text& host : entry->hosts) {
      if (!is_set(host)) continue;
      for (const ServicePort& port : entry->ports) {
        if (!port.number || (port.protocol.present() && !port.protocol.valid)) continue;
        const std::string host_port = fmt::format("{}|{}|", *host, *port.number);
        if (const auto first = claims.find(in, *resource, host_port, scopes)) report(subject, host, port, *first, told);
        claims.add({.resource = resource, .port = &port}, host_port, scopes);
      }
    }
  }
}

}  // namespace wicket::check
