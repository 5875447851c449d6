// What the checks of VirtualServices share. The checks stand in virtual_service_*.cc, by topic; each reads one typed
// resource. What decoding objected to is not there (a leaf that is not `valid`, a list or message that is absent):
// WK1xx spoke about it, so no check here does.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "check/pattern.h"
#include "check/places.h"
#include "check/reporter.h"
#include "check/run.h"
#include "check/unknown_fields.h"
#include "check/virtual_service_rules.h"
#include "model/resource.h"

namespace wicket::check::virtual_service {

/// What an http entry is for Istio's validation: rules of its own, a reference to a delegate, or rules of a delegate.
enum class RouteType : std::uint8_t { kIndependent, kRoot, kDelegate };

/// One VirtualService and what holds for all of it.
struct Subject {
  const model::Resource& resource;
  const model::VirtualService& spec;
  Places places;
  Reporter& out;
  const UnknownFields& unknown_fields;
  Patterns& patterns;
  std::string_view ns;  // of the object, the default one where it names none
  std::string_view cluster_domain;
  bool is_delegate = false;            // no hosts
  bool applies_to_mesh = false;        // no gateways, or `mesh` among them
  bool names_mesh = false;             // `mesh` among the gateways
  bool has_gateway_semantics = false;  // generated from the Kubernetes Gateway API: names follow other rules

  template <class... Args>
  Finding report(const RuleInfo& rule, const Place& place, fmt::format_string<Args...> format, Args&&... args) const {
    return out.report(rule, place, format, std::forward<Args>(args)...);
  }
  /// Whether a mapping surely has no such field: none is written, and no key there is misspelt or misplaced.
  [[nodiscard]] bool surely_lacks(yaml::NodeId mapping, std::string_view field) const {
    return places.lacks(mapping, field) && !unknown_fields.in(*resource.document, mapping);
  }
  /// Whether a list is surely empty: not written, null or without items.
  template <class T>
  [[nodiscard]] bool surely_empty(const model::List<T>& list, yaml::NodeId mapping, std::string_view field) const {
    if (!list.empty()) return false;
    return list.present() ? places.is_empty(list.node) : surely_lacks(mapping, field);
  }
  /// Whether a value stands where it was written, so that an edit of its bytes changes it alone.
  [[nodiscard]] bool is_written_here(yaml::NodeId node) const {
    return resource.document->original_of(node) == yaml::NodeId::kNone;
  }
};

/// The one that a family is shown.
[[nodiscard]] Subject subject_of(const CheckInput& in, const Visit& visit, Patterns& patterns, Reporter& out);

// hosts
void check_hosts(const Subject& subject);
/// Whether Istio takes a host of this VirtualService: a name with an optional `*` in front, an IP address, or the
/// outbound_ form where the rule of SNI hosts holds.
/// Source: Istio pkg/config/validation/agent, ValidateWildcardDomainForVirtualServiceBoundToGateway.
[[nodiscard]] bool is_host(std::string_view host, bool allows_outbound);
/// Whether some tls match names SNI hosts. Source: Istio pkg/config/validation, isSniHost.
[[nodiscard]] bool has_sni_hosts(const model::VirtualService& spec);

// gateways
void check_gateways(const Subject& subject);

// http
void check_matches(const Subject& subject, const model::HTTPRoute& route);
void check_actions(const Subject& subject, const model::HTTPRoute& route, std::size_t index);
void check_header_operations(const Subject& subject, const model::HTTPRoute& route);
void check_cors(const Subject& subject, const model::CorsPolicy& cors);
void check_faults(const Subject& subject, const model::HTTPFaultInjection& fault);
void check_mirrors(const Subject& subject, const model::HTTPRoute& route);
void check_retries(const Subject& subject, const model::HTTPRetry& retries);
[[nodiscard]] RouteType route_type(const Subject& subject, const model::HTTPRoute& route);

// parts that several use
void check_pattern(const Subject& subject, const model::Text& pattern);
void check_match_port(const Subject& subject, const model::Spanned<std::uint32_t>& port);
void check_source(const Subject& subject, const model::TextMap& labels, const model::Text& ns, bool is_http);
void check_gateway_names(const Subject& subject, const model::List<model::Text>& gateways, bool is_match);
void check_destination(const Subject& subject, const model::Destination& destination);
void check_route_destinations(const Subject& subject, const model::HTTPRoute& route);
void check_route_destinations(const Subject& subject, const model::List<model::RouteDestination>& route);

// tls and tcp
void check_tls(const Subject& subject, const model::TLSRoute& route);
void check_tcp(const Subject& subject, const model::TCPRoute& route);

}  // namespace wicket::check::virtual_service
