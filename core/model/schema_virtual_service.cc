// The fields of VirtualService, one row each. Limits, defaults and meaning: Istio API reference and CRD schema.
#include "model/virtual_service.h"

#include "model/schema_tables.h"

namespace wicket::model {
namespace {

constexpr std::string_view kRedirectPortSelectionNames[] = {"FROM_PROTOCOL_DEFAULT", "FROM_REQUEST_PORT"};
constexpr std::string_view kUnmatchedPreflightsNames[] = {"UNSPECIFIED", "FORWARD", "IGNORE"};

constexpr FieldInfo kVirtualServiceFields[] = {
    field<&VirtualService::hosts>("hosts")
        .is(Format::kHost)
        .describe("Names that the rules are for: FQDN, short name, *.example.com or IP. None: a delegate."),
    field<&VirtualService::gateways>("gateways")
        .is(Format::kHost)
        .describe("Gateways as name or namespace/name; mesh stands for the sidecars. Default: mesh alone."),
    field<&VirtualService::http>("http").describe("Rules for HTTP, in order: the first one that matches wins."),
    field<&VirtualService::tls>("tls").describe(
        "Rules for TLS that is passed through, told apart by SNI; the first match wins."),
    field<&VirtualService::tcp>("tcp").describe("Rules for opaque TCP; the first match wins."),
    field<&VirtualService::export_to>("exportTo")
        .is(Format::kName)
        .describe("Namespaces that see this: . (its own), * (all) or names. The mesh sets the default, usually *."),
};
constexpr FieldInfo kHTTPRouteFields[] = {
    field<&HTTPRoute::name>("name").describe("Name of the rule in access logs."),
    field<&HTTPRoute::match>("match").describe("Conditions, one of which must hold. None: every request."),
    field<&HTTPRoute::route>("route").describe("Services that get the requests, with their shares."),
    field<&HTTPRoute::redirect>("redirect").describe("Send the client to another address."),
    field<&HTTPRoute::direct_response>("directResponse").describe("Answer at once with a status and a body."),
    field<&HTTPRoute::delegate>("delegate")
        .describe("Take the rules of another VirtualService; not with route or redirect."),
    field<&HTTPRoute::rewrite>("rewrite").describe("Change path or host before the request is forwarded."),
    field<&HTTPRoute::timeout>("timeout")
        .lasts(DurationLimit::kMillisecond)
        .describe("Time until the whole answer must be there, retries included; at least 1ms. Default: none."),
    field<&HTTPRoute::retries>("retries").describe(
        "When to try again, and how often. The mesh sets the default, usually 2 on connect failures."),
    field<&HTTPRoute::fault>("fault").describe("Delays and errors made on purpose, for tests."),
    field<&HTTPRoute::mirror>("mirror").describe(
        "Service that gets a copy of the requests; its answers are dropped. Not with mirrors."),
    field<&HTTPRoute::mirrors>("mirrors").describe(
        "Services that get a copy of the requests; their answers are dropped. Not with mirror."),
    field<&HTTPRoute::mirror_percent>("mirrorPercent").nullable().deprecated().describe("Use mirrorPercentage.value."),
    // The CRD lists this spelling too.
    field<&HTTPRoute::mirror_percent>("mirror_percent").nullable().deprecated().describe("Use mirrorPercentage.value."),
    field<&HTTPRoute::mirror_percentage>("mirrorPercentage")
        .describe("Share of the requests that mirror copies; default: 100."),
    field<&HTTPRoute::cors_policy>("corsPolicy").describe("Which web pages of other origins may call this."),
    field<&HTTPRoute::headers>("headers").describe("Header changes for all destinations of this rule."),
};
constexpr FieldInfo kHTTPMatchRequestFields[] = {
    field<&HTTPMatchRequest::name>("name").describe("Follows the rule's name in access logs."),
    field<&HTTPMatchRequest::uri>("uri").describe(
        "The path, without the query; letter case counts unless ignoreUriCase is set."),
    field<&HTTPMatchRequest::scheme>("scheme").describe("http or https."),
    field<&HTTPMatchRequest::method>("method").describe("The method in capitals, such as GET; letter case counts."),
    field<&HTTPMatchRequest::authority>("authority").describe("The Host or :authority header."),
    field<&HTTPMatchRequest::headers>("headers")
        .keys_are(Format::kHeaderName)
        .describe("Conditions by header name, in lower case; {} asks only that the header is there."),
    field<&HTTPMatchRequest::port>("port").describe(
        "Port number of the Gateway's server, or of the service inside the mesh. Default: any."),
    field<&HTTPMatchRequest::source_labels>("sourceLabels")
        .describe("Labels of the calling pod. Mesh only: without effect where gateways is set."),
    field<&HTTPMatchRequest::gateways>("gateways")
        .is(Format::kHost)
        .describe("Those of spec.gateways for which this match counts; default: all."),
    field<&HTTPMatchRequest::query_params>("queryParams").describe("Conditions by name of a query parameter."),
    field<&HTTPMatchRequest::ignore_uri_case>("ignoreUriCase")
        .describe("Whether uri is compared without regard to letter case; exact and prefix only."),
    field<&HTTPMatchRequest::without_headers>("withoutHeaders")
        .keys_are(Format::kHeaderName)
        .describe("Like headers, but a header that meets its condition rules the request out."),
    field<&HTTPMatchRequest::source_namespace>("sourceNamespace")
        .is(Format::kName)
        .describe("Namespace of the calling pod. Mesh only."),
    field<&HTTPMatchRequest::stat_prefix>("statPrefix")
        .describe("Prefix of statistics kept for this rule alone; default: none are kept."),
};
constexpr FieldInfo kStringMatchFields[] = {
    field<&StringMatch::exact>("exact").one_of("match_type").is(Format::kPattern).describe("The whole text."),
    field<&StringMatch::prefix>("prefix")
        .one_of("match_type")
        .is(Format::kPattern)
        .describe("The beginning of the text."),
    field<&StringMatch::regex>("regex")
        .one_of("match_type")
        .is(Format::kPattern)
        .describe("RE2 expression that fits the whole text; at most 1024 bytes."),
};
constexpr FieldInfo kHTTPRouteDestinationFields[] = {
    field<&HTTPRouteDestination::destination>("destination").required().describe("The service."),
    field<&HTTPRouteDestination::weight>("weight").describe(
        "Share relative to the other destinations, 0 or more. A lone destination gets everything."),
    field<&HTTPRouteDestination::headers>("headers").describe("Header changes for this destination only."),
};
constexpr FieldInfo kDestinationFields[] = {
    field<&Destination::host>("host")
        .required()
        .is(Format::kHost)
        .describe("Name of the service; a short one means the namespace of the VirtualService."),
    field<&Destination::subset>("subset")
        .is(Format::kName)
        .describe("A subset that the service's DestinationRule defines."),
    field<&Destination::port>("port").describe("Port of the service; needed where it has several."),
};
constexpr FieldInfo kPortSelectorFields[] = {
    field<&PortSelector::number>("number").describe("1 to 65535."),
};
constexpr FieldInfo kHTTPRedirectFields[] = {
    field<&HTTPRedirect::uri>("uri").is(Format::kPath).describe("The new path in full; not with prefixRewrite."),
    field<&HTTPRedirect::authority>("authority").is(Format::kHost).describe("The new host."),
    field<&HTTPRedirect::port>("port")
        .one_of("redirect_port")
        .describe("The new port, 1 to 65535; not with derivePort."),
    field<&HTTPRedirect::derive_port>("derivePort")
        .one_of("redirect_port")
        .describe("Port by the scheme (80 or 443), or as the request had it; not with port."),
    field<&HTTPRedirect::scheme>("scheme").is(Format::kName).describe("The new scheme: http or https."),
    field<&HTTPRedirect::redirect_code>("redirectCode").describe("301, 302, 303, 307 or 308; default: 301."),
    field<&HTTPRedirect::prefix_rewrite>("prefixRewrite")
        .is(Format::kPath)
        .describe("What replaces the matched prefix; needs prefix matches, not with uri. Since 1.31."),
};
constexpr FieldInfo kHTTPDirectResponseFields[] = {
    field<&HTTPDirectResponse::status>("status").required().describe("HTTP status, 200 to 600."),
    field<&HTTPDirectResponse::body>("body").describe("Body of the answer; default: empty."),
};
constexpr FieldInfo kHTTPBodyFields[] = {
    field<&HTTPBody::string>("string").one_of("specifier").is(Format::kBody).describe("The body as text."),
    field<&HTTPBody::bytes>("bytes").one_of("specifier").describe("The body in base64."),
};
constexpr FieldInfo kDelegateFields[] = {
    field<&Delegate::name>("name").is(Format::kName).describe("Name of the VirtualService."),
    field<&Delegate::ns>("namespace").is(Format::kName).describe("Its namespace; default: that of the root."),
};
constexpr FieldInfo kHTTPRewriteFields[] = {
    field<&HTTPRewrite::uri>("uri")
        .is(Format::kPath)
        .describe("Replaces a matched prefix, or else the whole path; not with uriRegexRewrite."),
    field<&HTTPRewrite::authority>("authority").is(Format::kHost).describe("The new Host or :authority header."),
    field<&HTTPRewrite::uri_regex_rewrite>("uriRegexRewrite")
        .describe("Replaces parts of the path by an expression; not with uri."),
};
constexpr FieldInfo kRegexRewriteFields[] = {
    field<&RegexRewrite::match>("match").is(Format::kPattern).describe("RE2 expression; at most 1024 bytes."),
    field<&RegexRewrite::rewrite>("rewrite")
        .is(Format::kPattern)
        .describe("The replacement; \\1 stands for the first group."),
};
constexpr FieldInfo kHTTPRetryFields[] = {
    field<&HTTPRetry::attempts>("attempts")
        .describe("Retries after the first try; 0 turns them off, and then nothing else may be set."),
    field<&HTTPRetry::per_try_timeout>("perTryTimeout")
        .lasts(DurationLimit::kMillisecond)
        .describe("Time limit of each try; at least 1ms. Default: the rule's timeout."),
    field<&HTTPRetry::retry_on>("retryOn")
        .is(Format::kName)
        .describe("Reasons, comma-separated, such as 5xx,connect-failure,503."),
    field<&HTTPRetry::retry_remote_localities>("retryRemoteLocalities")
        .nullable()
        .describe("Whether retries may leave the locality."),
    field<&HTTPRetry::retry_ignore_previous_hosts>("retryIgnorePreviousHosts")
        .nullable()
        .describe("Whether retries avoid endpoints that were tried already; default: true."),
    field<&HTTPRetry::backoff>("backoff")
        .lasts(DurationLimit::kMillisecond)
        .describe("Pause before the first retry, longer before the next; at least 1ms. Default: 25ms."),
};
constexpr FieldInfo kHTTPFaultInjectionFields[] = {
    field<&HTTPFaultInjection::delay>("delay").describe("Make requests wait."),
    field<&HTTPFaultInjection::abort>("abort").describe("Answer requests with an error."),
};
constexpr FieldInfo kFaultDelayFields[] = {
    field<&FaultDelay::percent>("percent").deprecated().describe("Use percentage.value."),
    field<&FaultDelay::fixed_delay>("fixedDelay")
        .one_of("http_delay_type")
        .lasts(DurationLimit::kMillisecond)
        .describe("How long a request waits; at least 1ms."),
    field<&FaultDelay::exponential_delay>("exponentialDelay")
        .one_of("http_delay_type")
        .lasts(DurationLimit::kMillisecond)
        .describe("Not supported, and refused."),
    field<&FaultDelay::percentage>("percentage")
        .describe("Share of the requests that wait: 0, or 0.0001 to 100. Default: none."),
};
constexpr FieldInfo kFaultAbortFields[] = {
    field<&FaultAbort::http_status>("httpStatus").one_of("error_type").describe("HTTP status, 200 to 600."),
    field<&FaultAbort::grpc_status>("grpcStatus")
        .one_of("error_type")
        .describe("Name of a gRPC status, such as UNAVAILABLE."),
    field<&FaultAbort::http2_error>("http2Error").one_of("error_type").describe("Not supported, and refused."),
    field<&FaultAbort::percentage>("percentage")
        .describe("Share of the requests that fail: 0, or 0.0001 to 100. Default: none."),
};
constexpr FieldInfo kHTTPMirrorPolicyFields[] = {
    field<&HTTPMirrorPolicy::destination>("destination").required().describe("The service."),
    field<&HTTPMirrorPolicy::percentage>("percentage")
        .describe("Share of the requests that are copied, 0 to 100; default: 100."),
};
constexpr FieldInfo kPercentFields[] = {
    field<&Percent::value>("value").describe("0 to 100, with decimals."),
};
constexpr FieldInfo kCorsPolicyFields[] = {
    field<&CorsPolicy::allow_origin>("allowOrigin").deprecated().describe("Use allowOrigins."),
    field<&CorsPolicy::allow_origins>("allowOrigins")
        .describe("Origins that may call, such as exact: https://example.com."),
    field<&CorsPolicy::allow_methods>("allowMethods").describe("Methods that they may use, such as GET, or *."),
    field<&CorsPolicy::allow_headers>("allowHeaders")
        .is(Format::kHeaderName)
        .describe("Request headers that they may send."),
    field<&CorsPolicy::expose_headers>("exposeHeaders")
        .is(Format::kHeaderName)
        .describe("Response headers that their scripts may read."),
    field<&CorsPolicy::max_age>("maxAge")
        .lasts(DurationLimit::kMillisecond)
        .describe("How long browsers may remember the answer to a preflight, in whole seconds."),
    field<&CorsPolicy::allow_credentials>("allowCredentials")
        .nullable()
        .describe("Whether requests may carry cookies and other credentials."),
    field<&CorsPolicy::unmatched_preflights>("unmatchedPreflights")
        .describe("Whether preflights of other origins reach the service. UNSPECIFIED means FORWARD."),
};
constexpr FieldInfo kHeadersFields[] = {
    field<&Headers::request>("request").describe("Changes to what the service gets."),
    field<&Headers::response>("response").describe("Changes to what the client gets."),
};
constexpr FieldInfo kHeaderOperationsFields[] = {
    field<&HeaderOperations::set>("set")
        .is(Format::kHeaderValue)
        .keys_are(Format::kHeaderName)
        .describe("Values by header name; they replace those that are there."),
    field<&HeaderOperations::add>("add")
        .is(Format::kHeaderValue)
        .keys_are(Format::kHeaderName)
        .describe("Values by header name; they come after those that are there."),
    field<&HeaderOperations::remove>("remove").is(Format::kHeaderName).describe("Names of headers to take away."),
};
constexpr FieldInfo kTLSRouteFields[] = {
    field<&TLSRoute::match>("match").required().describe("Conditions, one of which must hold; at least one."),
    field<&TLSRoute::route>("route").describe("Services that get the connections, with their shares."),
};
constexpr FieldInfo kTLSMatchAttributesFields[] = {
    field<&TLSMatchAttributes::sni_hosts>("sniHosts")
        .required()
        .is(Format::kHost)
        .describe("Server names as clients ask for them, wildcards allowed; each within spec.hosts."),
    field<&TLSMatchAttributes::destination_subnets>("destinationSubnets")
        .is(Format::kHost)
        .describe("Addresses that clients connect to, as IP or CIDR."),
    field<&TLSMatchAttributes::port>("port").describe(
        "Port number of the Gateway's server, or of the service inside the mesh. Default: any."),
    field<&TLSMatchAttributes::source_labels>("sourceLabels").describe("Labels of the calling pod. Mesh only."),
    field<&TLSMatchAttributes::gateways>("gateways")
        .is(Format::kHost)
        .describe("Those of spec.gateways for which this match counts; default: all."),
    field<&TLSMatchAttributes::source_namespace>("sourceNamespace")
        .is(Format::kName)
        .describe("Namespace of the calling pod. Mesh only."),
};
constexpr FieldInfo kTCPRouteFields[] = {
    field<&TCPRoute::match>("match").describe("Conditions, one of which must hold. None: every connection."),
    field<&TCPRoute::route>("route").describe("Services that get the connections, with their shares."),
};
constexpr FieldInfo kL4MatchAttributesFields[] = {
    field<&L4MatchAttributes::destination_subnets>("destinationSubnets")
        .is(Format::kHost)
        .describe("Addresses that clients connect to, as IP or CIDR."),
    field<&L4MatchAttributes::port>("port").describe(
        "Port number of the Gateway's server, or of the service inside the mesh. Default: any."),
    field<&L4MatchAttributes::source_subnet>("sourceSubnet")
        .is(Format::kHost)
        .describe("Accepted, but without effect."),
    field<&L4MatchAttributes::source_labels>("sourceLabels").describe("Labels of the calling pod. Mesh only."),
    field<&L4MatchAttributes::gateways>("gateways")
        .is(Format::kHost)
        .describe("Those of spec.gateways for which this match counts; default: all."),
    field<&L4MatchAttributes::source_namespace>("sourceNamespace")
        .is(Format::kName)
        .describe("Namespace of the calling pod. Mesh only."),
};
constexpr FieldInfo kRouteDestinationFields[] = {
    field<&RouteDestination::destination>("destination").required().describe("The service."),
    field<&RouteDestination::weight>("weight").describe(
        "Share relative to the other destinations, 0 or more. A lone destination gets everything."),
};

}  // namespace

constinit const EnumInfo kRedirectPortSelectionEnum{.name = "RedirectPortSelection",
                                                    .values = kRedirectPortSelectionNames};
constinit const EnumInfo kUnmatchedPreflightsEnum{.name = "UnmatchedPreflights", .values = kUnmatchedPreflightsNames};
constinit const TypeInfo kVirtualServiceType{
    .name = "VirtualService", .doc = "Where the requests for some hosts go.", .fields = kVirtualServiceFields};
constinit const TypeInfo kHTTPRouteType{
    .name = "HTTPRoute",
    .doc = "One rule: what it matches and what happens. One of route, redirect, directResponse, delegate.",
    .fields = kHTTPRouteFields};
constinit const TypeInfo kHTTPMatchRequestType{.name = "HTTPMatchRequest",
                                               .doc = "Conditions on a request, all of which must hold.",
                                               .fields = kHTTPMatchRequestFields};
constinit const TypeInfo kStringMatchType{
    .name = "StringMatch", .doc = "How a text is compared; at most one of the three.", .fields = kStringMatchFields};
constinit const TypeInfo kHTTPRouteDestinationType{.name = "HTTPRouteDestination",
                                                   .doc = "A service and its share of the requests.",
                                                   .fields = kHTTPRouteDestinationFields};
constinit const TypeInfo kDestinationType{
    .name = "Destination", .doc = "A service, and which part of it.", .fields = kDestinationFields};
constinit const TypeInfo kPortSelectorType{
    .name = "PortSelector", .doc = "A port by its number.", .fields = kPortSelectorFields};
constinit const TypeInfo kHTTPRedirectType{.name = "HTTPRedirect",
                                           .doc = "Where the client is sent; what is left out stays as it was.",
                                           .fields = kHTTPRedirectFields};
constinit const TypeInfo kHTTPDirectResponseType{
    .name = "HTTPDirectResponse", .doc = "An answer that no service gives.", .fields = kHTTPDirectResponseFields};
constinit const TypeInfo kHTTPBodyType{
    .name = "HTTPBody", .doc = "The body as text or as bytes; refused over 1 MiB.", .fields = kHTTPBodyFields};
constinit const TypeInfo kDelegateType{.name = "Delegate",
                                       .doc = "A VirtualService without hosts, whose http rules are used here.",
                                       .fields = kDelegateFields};
constinit const TypeInfo kHTTPRewriteType{
    .name = "HTTPRewrite", .doc = "How a request is changed before it is forwarded.", .fields = kHTTPRewriteFields};
constinit const TypeInfo kRegexRewriteType{
    .name = "RegexRewrite",
    .doc = "An expression, and what replaces the text that it finds in the path.",
    .fields = kRegexRewriteFields};
constinit const TypeInfo kHTTPRetryType{
    .name = "HTTPRetry", .doc = "When to try again, and how often.", .fields = kHTTPRetryFields};
constinit const TypeInfo kHTTPFaultInjectionType{
    .name = "HTTPFaultInjection", .doc = "Faults made on purpose.", .fields = kHTTPFaultInjectionFields};
constinit const TypeInfo kFaultDelayType{
    .name = "Delay", .doc = "How long some requests wait.", .fields = kFaultDelayFields};
constinit const TypeInfo kFaultAbortType{
    .name = "Abort", .doc = "The error that some requests get.", .fields = kFaultAbortFields};
constinit const TypeInfo kHTTPMirrorPolicyType{.name = "HTTPMirrorPolicy",
                                               .doc = "A service that gets copies of the requests.",
                                               .fields = kHTTPMirrorPolicyFields};
constinit const TypeInfo kPercentType{.name = "Percent", .doc = "A percentage.", .fields = kPercentFields};
constinit const TypeInfo kCorsPolicyType{
    .name = "CorsPolicy",
    .doc = "Cross-origin resource sharing: what web pages of other origins may do.",
    .fields = kCorsPolicyFields};
constinit const TypeInfo kHeadersType{
    .name = "Headers", .doc = "Header changes in both directions.", .fields = kHeadersFields};
constinit const TypeInfo kHeaderOperationsType{
    .name = "HeaderOperations", .doc = "Header changes.", .fields = kHeaderOperationsFields};
constinit const TypeInfo kTLSRouteType{
    .name = "TLSRoute", .doc = "One rule for TLS that is passed through.", .fields = kTLSRouteFields};
constinit const TypeInfo kTLSMatchAttributesType{.name = "TLSMatchAttributes",
                                                 .doc = "Conditions on a TLS connection, all of which must hold.",
                                                 .fields = kTLSMatchAttributesFields};
constinit const TypeInfo kTCPRouteType{.name = "TCPRoute", .doc = "One rule for TCP.", .fields = kTCPRouteFields};
constinit const TypeInfo kL4MatchAttributesType{.name = "L4MatchAttributes",
                                                .doc = "Conditions on a TCP connection, all of which must hold.",
                                                .fields = kL4MatchAttributesFields};
constinit const TypeInfo kRouteDestinationType{.name = "RouteDestination",
                                               .doc = "A service and its share of the connections.",
                                               .fields = kRouteDestinationFields};

const TypeInfo& virtual_service_type() { return kVirtualServiceType; }

}  // namespace wicket::model
