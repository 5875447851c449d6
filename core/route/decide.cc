// A request goes through stages, and each may end it: listener ▸ filter chain ▸ codec ▸ virtual host ▸ route ▸ filters
// ▸ router. The route is chosen before the filters run and is not chosen again after the edits that it makes itself.

#include "route/decide.h"

#include <algorithm>
#include <variant>

#include "route/client_headers.h"
#include "route/grpc.h"
#include "route/rewrite.h"
#include "route/weighted.h"

namespace wicket::route {
namespace {

using rules::ChainKind;

constexpr std::uint32_t kFaultSteps = 1'000'000;  // a chance of 100 % (R-FLT-1)

// One request on its way; `out` is what is decided so far.
struct Walk {
  const RouteTable& table;
  const RequestView& request;
  const Draw& draw;
  Trace* trace;
  Decision& out;
};

void end(Walk& walk, Outcome outcome, Stage stage, std::uint32_t status = 0) {
  walk.out.outcome = outcome;
  walk.out.stage = stage;
  walk.out.status = status;
}

// ---- answers made here ----

// gRPC clients get every answer of the proxy's own as 200 with the status in a header.
void answer(Walk& walk, Outcome outcome, Stage stage, std::uint32_t status) {
  end(walk, outcome, stage, status);
  if (!is_grpc_request(walk.request)) return;
  walk.out.grpc_status = grpc_status_of(status);
  walk.out.status = 200;
}

void not_found(Walk& walk, Stage stage) {
  answer(walk, Outcome::kNotFound, stage, 404);
  walk.out.response_flag = "NR";
  walk.out.details = "route_not_found";
}

// ---- connection ----

bool is_missing(const rules::Cluster& cluster) { return cluster.existence == rules::Existence::kMissing; }

// Makes the weighted choice, as far as there is one to make.
void choose(Walk& walk, std::span<const rules::WeightedDestination> destinations) {
  if (destinations.size() == 1) {
    walk.out.picked = destinations.data();
  } else if (walk.draw.route) {
    walk.out.picked = pick(destinations, *walk.draw.route);
  }
}

bool has_no_endpoints(const rules::Cluster& cluster) { return cluster.has_no_endpoints; }

// Whether this is so for every destination that may be chosen.
template <class Test>
bool leads_to(const Decision& decision, Test test) {
  if (decision.picked != nullptr) return test(*decision.picked->cluster);
  return std::ranges::all_of(decision.destinations, [test](const auto& d) { return test(*d.cluster); });
}

void forward_bytes(Walk& walk, const rules::FilterChain& chain) {
  choose(walk, chain.tcp.destinations);
  walk.out.destinations = chain.tcp.destinations;
  const bool is_lost = leads_to(walk.out, is_missing);
  if (!is_lost && !leads_to(walk.out, has_no_endpoints)) return end(walk, Outcome::kTcpForward, Stage::kFilterChain);
  end(walk, Outcome::kReset, Stage::kFilterChain);  // accepted, then closed (R-TCP-4, R-LR-17)
  walk.out.response_flag = is_lost ? "NC" : "UH";
}

// Whether the connection gets as far as HTTP.
bool pass_connection(Walk& walk) {
  const Listener* listener = walk.table.find(walk.request.port, walk.request.local_address);
  if (listener == nullptr) {
    end(walk, Outcome::kRefused, Stage::kListener);
    return false;
  }
  walk.out.listener = listener->source;
  walk.out.refused_config = listener->source->refused;
  const rules::FilterChain* chain = listener->find(walk.request);
  walk.out.chain = chain;
  if (chain == nullptr) {
    end(walk, Outcome::kRefused, Stage::kFilterChain);
    walk.out.response_flag = "NR";
    walk.out.details = "filter_chain_not_found";
    return false;
  }
  switch (chain->kind) {
    case ChainKind::kHttp:
      if (!walk.request.tls) return true;
      end(walk, Outcome::kRefused, Stage::kCodec, 400);  // a TLS handshake is no HTTP request
      walk.out.response_flag = "DPE";
      walk.out.details = "http1.codec_error";
      walk.out.note = "the client speaks TLS, the listener does not";
      return false;
    case ChainKind::kHttps:
      return true;
    case ChainKind::kTcp:
    case ChainKind::kTerminatedTls:
    case ChainKind::kPassthrough:
    case ChainKind::kAutoPassthrough:
      forward_bytes(walk, *chain);
      return false;
  }
  return false;
}

// ---- codec ----

void reject(Walk& walk, std::uint32_t status, std::string_view flag, std::string_view details) {
  answer(walk, Outcome::kRefused, Stage::kCodec, status);
  walk.out.response_flag = flag;
  walk.out.details = details;
}

bool has_underscored_header(const RequestView& request) {
  return std::ranges::any_of(request.headers,
                             [](const HeaderView& line) { return line.name.find('_') != std::string_view::npos; });
}

// A gRPC client is refused where another one would be sent to the decoded path.
bool refuses_slashes(const rules::MeshSettings& mesh, const RequestView& request) {
  using enum rules::EscapedSlashes;
  const rules::EscapedSlashes escaped = mesh.escaped_slashes.value_or(kKeep);
  const bool refuses = escaped == kReject || (escaped == kRedirect && is_grpc_request(request));
  return refuses && has_escaped_slash(request.target);
}

// Whether the request makes sense; the path comes out as the rest of the stages see it.
bool pass_codec(Walk& walk, const LookupName& host, std::string& storage, std::string_view& target) {
  const RequestView& request = walk.request;
  const rules::MeshSettings& mesh = walk.table.rules().mesh;
  if (request.version == HttpVersion::kHttp10 && !mesh.accept_http10)
    return reject(walk, 426, "", "low_version"), false;
  if (request.authority.empty()) return reject(walk, 400, "", "missing_host_header"), false;
  if (!host.is_valid()) return reject(walk, 400, "DPE", "http1.invalid_authority"), false;
  if (mesh.reject_underscored_headers && has_underscored_header(request))
    return reject(walk, 400, "DPE", "http1.unexpected_underscore"), false;
  if (request.method == "CONNECT") {
    target = request.target;  // no route takes it (R-PRE-11)
    return true;
  }
  if (request.target.empty()) return reject(walk, 404, "", "missing_path_rejected"), false;
  if (!request.target.starts_with('/')) return reject(walk, 404, "", "absolute_path_rejected"), false;
  const auto normal = normalize_target(request.target, walk.table.normalization(), storage);
  if (!normal || refuses_slashes(mesh, request)) return reject(walk, 400, "", "path_normalization_failed"), false;
  target = *normal;
  if (mesh.escaped_slashes != rules::EscapedSlashes::kRedirect || !has_escaped_slash(request.target)) return true;
  end(walk, Outcome::kRedirect, Stage::kCodec, 307);
  walk.out.details = "path_normalization_failed";
  walk.out.location = target;
  return false;
}

// ---- virtual host and route ----

void enter(Walk& walk, const HostTable& hosts, const LookupName& name, const VirtualHost* host) {
  walk.out.table = hosts.source;
  walk.out.refused_config |= hosts.refused;
  if (walk.trace != nullptr) walk.trace->host = name.view();
  if (host != nullptr) walk.out.virtual_host = host->source;
}

// Why a route does not take the request, for a trace; nothing when it does.
std::optional<FailedPredicate> first_failure(const Route& route, const Subject& subject, HeaderLines lines) {
  if (route.path_wanted != nullptr && !route.path.matches(subject.path))
    return FailedPredicate{.field = Field::kPath, .wanted = route.path_wanted, .actual = std::string(subject.path)};
  for (const HeaderMatcher& header : route.headers) {
    const Finding found = check(header, subject, lines);
    if (!found.holds)
      return FailedPredicate{.field = header.field,
                             .wanted = header.wanted,
                             .named = header.named,
                             .is_absent = found.is_absent,
                             .actual = actual_value(header, subject)};
  }
  for (const QueryMatcher& parameter : route.query_params) {
    const Finding found = check(parameter, subject);
    if (!found.holds)
      return FailedPredicate{.field = Field::kQueryParam,
                             .wanted = &parameter.named->value,
                             .named = parameter.named,
                             .is_absent = found.is_absent,
                             .actual = actual_value(parameter, subject)};
  }
  return std::nullopt;
}

bool takes(const Route& route, const Subject& subject, HeaderLines lines) {
  return (route.path_wanted == nullptr || route.path.matches(subject.path)) &&
         std::ranges::all_of(route.headers, [&](const auto& h) { return check(h, subject, lines).holds; }) &&
         std::ranges::all_of(route.query_params, [&](const auto& q) { return check(q, subject).holds; });
}

// Whether nobody knows what this condition looks at. What a token claims is never in a log.
bool is_unknown(const HeaderMatcher& header, const std::vector<std::string>& known) {
  if (header.source == Source::kClaim) return true;
  const bool is_sent = header.source == Source::kHeader || header.source == Source::kUpgrade ||
                       header.source == Source::kTe || header.source == Source::kReferer;
  return is_sent && std::ranges::find(known, header.name) == known.end();
}

// Whether the route would take the request for some values of the headers that nobody knows, and not for others.
bool is_open(const Route& route, const Subject& subject, HeaderLines lines, const std::vector<std::string>& known) {
  if (route.path_wanted != nullptr && !route.path.matches(subject.path)) return false;
  bool open = false;
  for (const HeaderMatcher& header : route.headers) {
    if (is_unknown(header, known)) {
      open = true;
    } else if (!check(header, subject, lines).holds) {
      return false;
    }
  }
  return open && std::ranges::all_of(route.query_params, [&](const auto& q) { return check(q, subject).holds; });
}

// The first route that takes the request, with every one on the way to it told.
FoundRoute find_traced(Trace& trace, const VirtualHost& host, const Subject& subject, HeaderLines lines) {
  FoundRoute found;
  for (const std::shared_ptr<const Route>& route : host.routes) {
    std::optional<FailedPredicate> failure = first_failure(*route, subject, lines);
    TriedRule& tried = trace.tried.emplace_back();
    tried.route = route.get();
    tried.is_open = trace.known_headers != nullptr && is_open(*route, subject, lines, *trace.known_headers);
    tried.matched = !failure;
    if (failure) {
      tried.failed = *std::move(failure);
      continue;
    }
    if (found.route == nullptr) found = {route.get(), route->only_forwards, route->destinations};
    if (!tried.is_open) break;
  }
  return found;
}

// The first route that takes the request (R-MATCH-2, R-VSEL-4).
FoundRoute find_route(Walk& walk, const VirtualHost& host, const Subject& subject) {
  if (walk.request.method == "CONNECT") return {};
  const HeaderLines lines = walk.table.header_lines();
  if (walk.trace == nullptr)
    return host.index.first(subject.path, [&](const Route& route) { return takes(route, subject, lines); });
  return find_traced(*walk.trace, host, subject, lines);
}

// ---- filters ----

// Whether the request goes on. Delay first, then abort, each drawn by itself.
bool pass_fault(Walk& walk, const rules::Fault& fault) {
  if (fault.delay && fault.delay->duration.count() > 0 && fires(fault.delay->percent, walk.draw.delay)) {
    walk.out.delay = fault.delay->duration;
    walk.out.response_flag = "DI";
  }
  if (!fault.abort || !fires(fault.abort->percent, walk.draw.abort)) return true;
  const bool by_grpc = fault.abort->grpc_status.has_value();
  answer(walk, Outcome::kFaultAbort, Stage::kFilter,
         by_grpc ? http_status_of(*fault.abort->grpc_status) : fault.abort->http_status);
  if (by_grpc && walk.out.grpc_status) walk.out.grpc_status = fault.abort->grpc_status;
  walk.out.response_flag = walk.out.delay ? "DI,FI" : "FI";
  walk.out.details = "fault_filter_abort";
  walk.out.body = "fault filter abort";
  return false;
}

// Allowed is also what would take the origin "*" (R-CORS-2).
bool allows(const Route& route, std::string_view origin) {
  return std::ranges::any_of(route.allow_origins,
                             [origin](const auto& m) { return m.matches(origin) || m.matches("*"); });
}

bool pass_cors(Walk& walk, const Route& route, const rules::Cors& cors) {
  const std::string_view origin = find_header(walk.request, "origin").value_or("");
  if (origin.empty()) return true;
  walk.out.cors = allows(route, origin) ? CorsVerdict::kAllowed : CorsVerdict::kOther;
  const bool is_preflight = walk.request.method == "OPTIONS" &&
                            !find_header(walk.request, "access-control-request-method").value_or("").empty();
  if (!is_preflight || (walk.out.cors == CorsVerdict::kOther && !cors.ignore_unmatched_preflights)) return true;
  end(walk, Outcome::kCorsPreflight, Stage::kFilter, 200);
  walk.out.details = "cors_response";
  return false;
}

// ---- actions ----

void rewrite_request(Walk& walk, const rules::Forward& forward, const Subject& subject) {
  if (std::optional<std::string> target = rewritten_target(*walk.out.route, forward.rewrite, subject)) {
    walk.out.is_rewritten = true;
    walk.out.original_target = subject.target;
    walk.out.target = std::move(target);
  }
  if (forward.rewrite.authority) {
    walk.out.authority = *forward.rewrite.authority;
  } else if (walk.out.picked != nullptr && walk.out.picked->authority) {
    walk.out.authority = *walk.out.picked->authority;
  }
}

void run(Walk& walk, const rules::Forward& forward, const Subject& subject) {
  // The choice is a part of finding the route: an answer of the filters that come behind it has the headers that the
  // destination gives (Envoy config_impl.cc, pickWeightedCluster).
  choose(walk, forward.destinations);
  if (!pass_fault(walk, forward.fault)) return;
  if (forward.cors && !pass_cors(walk, *walk.out.route, *forward.cors)) return;
  walk.out.destinations = forward.destinations;
  rewrite_request(walk, forward, subject);
  end(walk, Outcome::kForward, Stage::kRoute);
  if (leads_to(walk.out, is_missing)) {
    answer(walk, Outcome::kForward, Stage::kRoute, 503);
    walk.out.response_flag = walk.out.delay ? "DI,NC" : "NC";
    walk.out.details = "cluster_not_found";
  } else if (leads_to(walk.out, has_no_endpoints)) {
    answer(walk, Outcome::kForward, Stage::kRoute, 503);
    walk.out.response_flag = walk.out.delay ? "DI,UH" : "UH";
    walk.out.details = "no_healthy_upstream";
    walk.out.body = "no healthy upstream";
  }
}

void run(Walk& walk, const rules::Redirect& redirect, const Subject& subject) {
  answer(walk, Outcome::kRedirect, Stage::kRoute, redirect.status);
  walk.out.details = "direct_response";
  walk.out.location = redirect_location(*walk.out.route, redirect, subject);
}

void run(Walk& walk, const rules::DirectResponse& response, const Subject& subject) {
  answer(walk, Outcome::kDirectResponse, Stage::kRoute, response.status);
  walk.out.details = "direct_response";
  walk.out.body = response.body;
  if (response.status == 201 || (response.status >= 300 && response.status < 400))
    walk.out.location = own_location(subject);
}

void run(Walk& walk, const rules::NoAction& /*none*/, const Subject& /*subject*/) {
  not_found(walk, Stage::kRoute);  // never loaded by Envoy; the nearest thing to an answer
}

// Only WebSocket upgrades are let through (R-PRE-10).
bool is_refused_upgrade(const RequestView& request) {
  return is_upgrade(request) && !same_name(find_header(request, "upgrade").value_or(""), "websocket");
}

void run_route(Walk& walk, const FoundRoute& found, const Subject& subject) {
  walk.out.route = found.route;
  if (is_refused_upgrade(walk.request)) {
    answer(walk, Outcome::kRefused, Stage::kFilter, 403);
    walk.out.details = "upgrade_failed";
    return;
  }
  if (found.only_forwards) {
    choose(walk, found.destinations);
    walk.out.destinations = found.destinations;
    return end(walk, Outcome::kForward, Stage::kRoute);
  }
  std::visit([&](const auto& action) { run(walk, action, subject); }, found.route->rule->action);
}

void run_http(Walk& walk) {
  const LookupName name(walk.request.authority);
  const HostTable& hosts = walk.table.host_table(*walk.out.chain);
  const VirtualHost* const host = hosts.find(name.view());  // early: its index comes along, see StoredName
  std::string storage;
  std::string_view target;
  if (!pass_codec(walk, name, storage, target)) return;
  const std::string_view connection = walk.request.tls ? "https" : "http";
  // With no trusted proxies the client's x-forwarded-proto is replaced by the connection's (R-REDIR-4, R-EDGE-3).
  const std::uint32_t trusted_proxies = walk.table.rules().mesh.trusted_proxies;
  walk.out.trusted_proxies = trusted_proxies;
  const std::string_view sent = trusted_proxies > 0 ? find_header(walk.request, "x-forwarded-proto").value_or("") : "";
  const std::string_view proto = sent.empty() ? connection : sent;
  walk.out.forwarded_proto = proto;
  const std::size_t mark = std::min(target.find('?'), target.size());  // a fragment is gone by now
  const Subject subject{.request = walk.request,
                        .target = target,
                        .path = target.substr(0, mark),
                        .query = target.substr(std::min(mark + 1, target.size())),
                        .scheme = walk.request.scheme.empty() ? proto : walk.request.scheme,
                        .forwarded_proto = proto,
                        .trusted_proxies = trusted_proxies};
  if (target != walk.request.target) walk.out.target = std::string(target);
  if (walk.trace != nullptr) walk.trace->path = subject.path;

  enter(walk, hosts, name, host);
  if (host == nullptr) return not_found(walk, Stage::kVirtualHost);
  if (host->require_tls && proto != "https") {
    answer(walk, Outcome::kHttpsRedirect, Stage::kVirtualHost, 301);
    walk.out.details = "direct_response";
    walk.out.location = https_location(subject);
    return;
  }
  const FoundRoute found = find_route(walk, *host, subject);
  if (found.route == nullptr) return not_found(walk, Stage::kRoute);
  run_route(walk, found, subject);
}

}  // namespace

bool fires(double percent, const std::optional<std::uint64_t>& draw) {
  if (percent >= 100) return true;
  if (percent <= 0 || !draw) return false;
  return *draw % kFaultSteps < static_cast<std::uint64_t>(percent * (kFaultSteps / 100.0));  // Istio cuts the rest off
}

Decision decide(const RouteTable& table, const RequestView& request, const Draw& draw, Trace* trace) {
  Decision out;
  Walk walk{.table = table, .request = request, .draw = draw, .trace = trace, .out = out};
  if (pass_connection(walk)) run_http(walk);
  return out;
}

}  // namespace wicket::route
