// VirtualService of networking.istio.io: where each request goes.
// Names, order and meaning of the fields are those of the Istio API reference.
#pragma once

#include <cstdint>
#include <string>

#include "model/duration.h"
#include "model/spanned.h"

namespace wicket::model {

enum class RedirectPortSelection : std::uint8_t { kFromProtocolDefault, kFromRequestPort };
enum class UnmatchedPreflights : std::uint8_t { kUnspecified, kForward, kIgnore };

struct StringMatch {
  NodeId node{};
  Text exact;
  Text prefix;
  Text regex;
};

struct HTTPMatchRequest {
  NodeId node{};
  Text name;
  Box<StringMatch> uri;
  Box<StringMatch> scheme;
  Box<StringMatch> method;
  Box<StringMatch> authority;
  Map<StringMatch> headers;
  Spanned<std::uint32_t> port;
  TextMap source_labels;
  List<Text> gateways;
  Map<StringMatch> query_params;
  Spanned<bool> ignore_uri_case;
  Map<StringMatch> without_headers;
  Text source_namespace;
  Text stat_prefix;
};

struct PortSelector {
  NodeId node{};
  Spanned<std::uint32_t> number;
};

struct Destination {
  NodeId node{};
  Text host;
  Text subset;
  Box<PortSelector> port;
};

struct HeaderOperations {
  NodeId node{};
  TextMap set;
  TextMap add;
  List<Text> remove;
};

struct Headers {
  NodeId node{};
  Box<HeaderOperations> request;
  Box<HeaderOperations> response;
};

struct HTTPRouteDestination {
  NodeId node{};
  Box<Destination> destination;
  Spanned<std::int32_t> weight;
  Box<Headers> headers;
};

struct HTTPRedirect {
  NodeId node{};
  Text uri;
  Text authority;
  Spanned<std::uint32_t> port;
  Spanned<RedirectPortSelection> derive_port;
  Text scheme;
  Spanned<std::uint32_t> redirect_code;
  Text prefix_rewrite;
};

struct HTTPBody {
  NodeId node{};
  Text string;
  Spanned<std::string> bytes;
};

struct HTTPDirectResponse {
  NodeId node{};
  Spanned<std::uint32_t> status;
  Box<HTTPBody> body;
};

struct Delegate {
  NodeId node{};
  Text name;
  Text ns;
};

struct RegexRewrite {
  NodeId node{};
  Text match;
  Text rewrite;
};

struct HTTPRewrite {
  NodeId node{};
  Text uri;
  Text authority;
  Box<RegexRewrite> uri_regex_rewrite;
};

struct HTTPRetry {
  NodeId node{};
  Spanned<std::int32_t> attempts;
  Spanned<Duration> per_try_timeout;
  Text retry_on;
  Spanned<bool> retry_remote_localities;
  Spanned<bool> retry_ignore_previous_hosts;
  Spanned<Duration> backoff;
};

struct Percent {
  NodeId node{};
  Spanned<double> value;
};

struct FaultDelay {
  NodeId node{};
  Spanned<std::int32_t> percent;
  Spanned<Duration> fixed_delay;
  Spanned<Duration> exponential_delay;
  Box<Percent> percentage;
};

struct FaultAbort {
  NodeId node{};
  Spanned<std::int32_t> http_status;
  Text grpc_status;
  Text http2_error;
  Box<Percent> percentage;
};

struct HTTPFaultInjection {
  NodeId node{};
  Box<FaultDelay> delay;
  Box<FaultAbort> abort;
};

struct HTTPMirrorPolicy {
  NodeId node{};
  Box<Destination> destination;
  Box<Percent> percentage;
};

struct CorsPolicy {
  NodeId node{};
  List<Text> allow_origin;
  List<StringMatch> allow_origins;
  List<Text> allow_methods;
  List<Text> allow_headers;
  List<Text> expose_headers;
  Spanned<Duration> max_age;
  Spanned<bool> allow_credentials;
  Spanned<UnmatchedPreflights> unmatched_preflights;
};

struct HTTPRoute {
  NodeId node{};
  Text name;
  List<HTTPMatchRequest> match;
  List<HTTPRouteDestination> route;
  Box<HTTPRedirect> redirect;
  Box<HTTPDirectResponse> direct_response;
  Box<Delegate> delegate;
  Box<HTTPRewrite> rewrite;
  Spanned<Duration> timeout;
  Box<HTTPRetry> retries;
  Box<HTTPFaultInjection> fault;
  Box<Destination> mirror;
  List<HTTPMirrorPolicy> mirrors;
  Spanned<std::uint32_t> mirror_percent;
  Box<Percent> mirror_percentage;
  Box<CorsPolicy> cors_policy;
  Box<Headers> headers;
};

struct TLSMatchAttributes {
  NodeId node{};
  List<Text> sni_hosts;
  List<Text> destination_subnets;
  Spanned<std::uint32_t> port;
  TextMap source_labels;
  List<Text> gateways;
  Text source_namespace;
};

struct RouteDestination {
  NodeId node{};
  Box<Destination> destination;
  Spanned<std::int32_t> weight;
};

struct TLSRoute {
  NodeId node{};
  List<TLSMatchAttributes> match;
  List<RouteDestination> route;
};

struct L4MatchAttributes {
  NodeId node{};
  List<Text> destination_subnets;
  Spanned<std::uint32_t> port;
  Text source_subnet;
  TextMap source_labels;
  List<Text> gateways;
  Text source_namespace;
};

struct TCPRoute {
  NodeId node{};
  List<L4MatchAttributes> match;
  List<RouteDestination> route;
};

struct VirtualService {
  NodeId node{};
  List<Text> hosts;
  List<Text> gateways;
  List<HTTPRoute> http;
  List<TLSRoute> tls;
  List<TCPRoute> tcp;
  List<Text> export_to;
};

}  // namespace wicket::model
