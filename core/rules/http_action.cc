#include "rules/http_action.h"

#include <algorithm>
#include <array>
#include <utility>

#include "rules/header_edits.h"
#include "rules/http_policies.h"

namespace wicket::rules {
namespace {

constexpr std::array kRedirectCodes = {301U, 302U, 303U, 307U, 308U};
constexpr IstioVersion kFirstWithRedirectPrefix{.major = 1, .minor = 31};   // R-RED-3
constexpr IstioVersion kFirstWithoutRetriesOf503{.major = 1, .minor = 24};  // R-RT-2

std::optional<std::string> text_or_nothing(const model::Text& text) {
  return text->empty() ? std::nullopt : std::optional<std::string>(*text);
}

void report(ProblemKind kind, Span span, const BoundService& service, std::string detail, const Lowering& lowering) {
  lowering.problems.push_back({.kind = kind, .span = span, .resource = service.name, .detail = std::move(detail)});
}

// ---- redirect and direct response ----

// A port that is the scheme's own is left out, as if none had been given (R-RED-4).
std::optional<std::uint32_t> redirect_port(const model::HTTPRedirect& redirect, const ServerContext& server) {
  std::uint32_t port = *redirect.port;
  if (redirect.derive_port)
    port = *redirect.derive_port == model::RedirectPortSelection::kFromRequestPort ? server.port : 0;
  const std::string_view scheme = !redirect.scheme->empty() ? *redirect.scheme : server.has_tls ? "https" : "http";
  if (port == 0 || (port == 80 && scheme == "http") || (port == 443 && scheme == "https")) return std::nullopt;
  return port;
}

void lower_redirect(const Sourced<model::HTTPRedirect>& redirect, const ServerContext& server, const Lowering& lowering,
                    Rule& rule) {
  Redirect lowered;
  if (*redirect->redirect_code != 0) lowered.status = *redirect->redirect_code;
  if (std::ranges::find(kRedirectCodes, lowered.status) == kRedirectCodes.end()) {
    rule.refused = true;  // R-BAD-3: the route is emitted without an action
    report(ProblemKind::kRedirectCode, redirect.span(redirect->redirect_code.node), *redirect.service,
           std::to_string(lowered.status), lowering);
    return;
  }
  lowered.scheme = text_or_nothing(redirect->scheme);
  lowered.authority = text_or_nothing(redirect->authority);
  lowered.port = redirect_port(*redirect.value, server);
  lowered.uri = text_or_nothing(redirect->uri);
  if (!lowered.uri && lowering.mesh.version >= kFirstWithRedirectPrefix)
    lowered.prefix_rewrite = text_or_nothing(redirect->prefix_rewrite);
  rule.action = std::move(lowered);
}

DirectResponse lower_direct_response(const model::HTTPDirectResponse& response) {
  DirectResponse lowered{.status = *response.status};
  if (response.body) lowered.body = response.body->bytes ? *response.body->bytes : std::string(*response.body->string);
  return lowered;
}

// ---- destinations ----

WeightedDestination lower_one(const model::HTTPRouteDestination& entry, const HttpRule& source,
                              const ServerContext& server, const Lowering& lowering) {
  const BoundService& service = *source.own.service;
  WeightedDestination lowered{.span = service.resource->span(entry.node)};
  static const model::Destination kNowhere;
  lowered.cluster =
      lower_destination(entry.destination ? *entry.destination : kNowhere, service, server.port, lowering);
  if (entry.destination) lowered.span = service.resource->span(entry.destination->node);
  if (entry.headers) {
    LoweredHeaders headers = lower_headers(*entry.headers, *service.resource);
    lowered.headers = std::move(headers.edits);
    lowered.authority = std::move(headers.authority);
  }
  return lowered;
}

void add_hash_key(const model::HTTPRouteDestination& entry, const HttpRule& source, const Lowering& lowering,
                  Forward& forward) {
  if (!entry.destination) return;
  const model::Destination& destination = *entry.destination;
  DestinationQuery query{.host = *destination.host, .ns = source.own.service->ns, .subset = *destination.subset};
  if (destination.port && destination.port->number) query.port = *destination.port->number;
  if (std::optional<HashKey> key = lowering.registry.hash_key(query)) forward.hash_keys.push_back(*std::move(key));
}

// One destination takes everything, whatever its weight, and its header operations become part of the rule's; of
// several only those with a weight are left (R-WT-1, R-WT-2, R-HOP-3, R-HOP-4).
void lower_destinations(const HttpRule& source, const ServerContext& server, const Lowering& lowering, Rule& rule,
                        Forward& forward) {
  const auto& entries = source.own.route->route;
  forward.destinations.reserve(entries.size());
  if (entries.size() == 1) {
    WeightedDestination only = lower_one(entries[0], source, server, lowering);
    append(rule.headers, std::exchange(only.headers, {}));
    add_hash_key(entries[0], source, lowering, forward);
    if (!forward.rewrite.authority) forward.rewrite.authority = std::exchange(only.authority, std::nullopt);
    forward.destinations.push_back(std::move(only));
    return;
  }
  for (const model::HTTPRouteDestination& entry : entries) {
    if (*entry.weight <= 0) continue;
    WeightedDestination& lowered = forward.destinations.emplace_back(lower_one(entry, source, server, lowering));
    lowered.weight = static_cast<std::uint32_t>(*entry.weight);
    add_hash_key(entry, source, lowering, forward);
  }
  if (!forward.destinations.empty()) return;
  rule.refused = true;  // R-WT-3
  report(ProblemKind::kNothingToDo, source.own.service->resource->span(source.own.route->node), *source.own.service, "",
         lowering);
}

Rewrite lower_rewrite(const Sourced<model::HTTPRewrite>& rewrite) {
  Rewrite lowered;
  if (!rewrite) return lowered;
  lowered.uri = text_or_nothing(rewrite->uri);
  lowered.authority = text_or_nothing(rewrite->authority);
  if (const auto& regex = rewrite->uri_regex_rewrite)
    lowered.regex = RegexSubstitution{.pattern = std::string(*regex->match),
                                      .substitution = std::string(*regex->rewrite),
                                      .span = rewrite.span(regex->match.node)};
  return lowered;
}

void lower_forward(const HttpRule& source, const ServerContext& server, const Lowering& lowering,
                   std::optional<std::string> authority_of_headers, Rule& rule) {
  auto& forward = rule.action.emplace<Forward>();
  forward.rewrite = lower_rewrite(source.pick(&model::HTTPRoute::rewrite));
  if (!forward.rewrite.authority) forward.rewrite.authority = std::move(authority_of_headers);  // R-RW-7
  lower_destinations(source, server, lowering, rule, forward);
  if (const auto timeout = source.pick(&model::HTTPRoute::timeout)) forward.timeout = lower_limit(*timeout.value);
  const RetryDefaults defaults{.status_503 = lowering.mesh.version < kFirstWithoutRetriesOf503,
                               .is_hashed_to_one = forward.destinations.size() == 1 && !forward.hash_keys.empty()};
  forward.retries = lowering.retries.lower(source.pick(&model::HTTPRoute::retries).value, defaults);
  forward.mirrors = lower_mirrors(source, server, lowering);
  if (const auto fault = source.pick(&model::HTTPRoute::fault)) forward.fault = lower_fault(*fault.value);
  if (const auto cors = source.pick(&model::HTTPRoute::cors_policy))
    forward.cors = lower_cors(*cors.value, *cors.service->resource);
}

}  // namespace

ClusterRef lower_destination(const model::Destination& destination, const BoundService& service,
                             std::uint32_t server_port, const Lowering& lowering) {
  DestinationQuery query{
      .host = *destination.host, .ns = service.ns, .subset = *destination.subset, .server_port = server_port};
  if (destination.port && destination.port->number) query.port = *destination.port->number;
  return lowering.registry.cluster(query);
}

void lower_action(const HttpRule& source, const ServerContext& server, const Lowering& lowering, Rule& rule) {
  std::optional<std::string> authority;
  if (const auto headers = source.pick(&model::HTTPRoute::headers)) {
    LoweredHeaders lowered = lower_headers(*headers.value, *headers.service->resource);
    rule.headers = std::move(lowered.edits);
    authority = std::move(lowered.authority);
  }
  const model::HTTPRoute& own = *source.own.route;
  if (own.redirect) {  // only from the delegate, never from its root (R-DEL-8)
    lower_redirect({own.redirect.get(), source.own.service}, server, lowering, rule);
  } else if (const auto response = source.pick(&model::HTTPRoute::direct_response)) {
    rule.action = lower_direct_response(*response.value);
  } else {
    lower_forward(source, server, lowering, std::move(authority), rule);
  }
}

}  // namespace wicket::rules
