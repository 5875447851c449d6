// The form in the middle: what Envoy would get, in Istio's order, with the place that everything came from.
//
// Precedence is settled here: listeners hold filter chains, chains hold tables of virtual hosts, virtual hosts hold
// rules in the order in which they are tried. Nothing is compiled: predicates keep their text, so that reasoning,
// comparison and export can work on them. Rules are immutable and shared by all virtual hosts of their VirtualService.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/boxed.h"
#include "base/shared_text.h"
#include "base/span.h"
#include "rules/cluster_policy.h"
#include "rules/problem.h"

namespace wicket::rules {

/// The release whose behaviour is imitated.
struct IstioVersion {
  std::uint32_t major = 1;
  std::uint32_t minor = 31;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 means the 0 in the comparison that the compiler writes
  friend auto operator<=>(const IstioVersion&, const IstioVersion&) = default;
};

// ---- conditions ----

enum class MatchType : std::uint8_t {
  kPresent,  // {}: the name is there
  kExact,
  kPrefix,
  kRegex,        // RE2, the whole value
  kPathSegment,  // a prefix that ends at a slash or at the end (Ingress, Gateway API)
};

/// One condition on a string.
struct StringPredicate {
  MatchType type = MatchType::kPresent;
  bool ignore_case = false;  // paths only; no effect on kRegex
  Span span{};               // of the pattern
  std::string text{};
};

/// A condition on a header (pseudo headers included) or on a query parameter.
struct NamedPredicate {
  std::string name{};  // headers: as written, compared without regard to case
  StringPredicate value{};
  bool inverted = false;  // withoutHeaders
  bool is_claim = false;  // @request.auth.claims: of a token, not of a header
};

/// All conditions of one rule: they hold together. Without any the rule takes everything.
struct Match {
  std::optional<StringPredicate> path{};  // absent: the prefix "/"
  Boxed<StringPredicate> method{};
  Boxed<StringPredicate> scheme{};
  Boxed<StringPredicate> authority{};
  BoxedList<NamedPredicate> headers{};
  BoxedList<NamedPredicate> query_params{};
};

// ---- where things come from ----

enum class Section : std::uint8_t { kHttp, kTls, kTcp };

/// Where a rule was written. For a rule of a delegate this is the delegate; the root is named beside it.
struct Provenance {
  SharedText virtual_service{};  // namespace/name
  SharedText root{};             // namespace/name of the root of a delegate, else empty
  Section section = Section::kHttp;
  std::uint32_t index = 0;  // http[index]
  std::int32_t match = -1;  // match[match]; -1: the rule has no match
  Span span{};              // of the match block, or of the whole entry where it has none
};

/// A server of a Gateway that made, or shares, a filter chain.
struct ServerRef {
  SharedText gateway{};     // namespace/name
  std::uint32_t index = 0;  // servers[index]
  std::uint32_t port = 0;   // the Gateway's number
  std::string protocol{};   // as written
  bool https_redirect = false;
  std::vector<std::string> hosts{};  // as written
  Span span{};
};

// ---- what is done ----

enum class HeaderOpType : std::uint8_t { kRemove, kSet, kAdd };

struct HeaderOp {
  HeaderOpType type{};
  std::string name{};
  std::string value{};  // an Envoy format string; empty for kRemove
  Span span{};
};

/// The edits that are applied as one unit: all removes, then all sets, then all adds (R-HOP-1).
struct HeaderEdits {
  BoxedList<HeaderOp> request{};
  BoxedList<HeaderOp> response{};
};

/// Whether the cluster exists as far as the input can tell.
enum class Existence : std::uint8_t {
  kFound,
  kUnknown,  // nothing in the input speaks of the host: taken to exist
  kMissing,  // certainly not there: 503 NC
};

using Labels = std::vector<std::pair<std::string, std::string>>;

/// An address that a ServiceEntry lists.
struct Endpoint {
  std::string address{};   // an IP address, a name, or unix:///path
  std::uint32_t port = 0;  // 0: none, of a socket in the file system
  std::uint32_t weight = 0;
  Labels labels{};
};

/// An upstream cluster as Istio names it.
struct Cluster {
  std::string name{};  // outbound|80|v1|hello.default.svc.cluster.local
  std::string host{};
  std::uint32_t port = 0;
  std::string subset{};
  Existence existence = Existence::kUnknown;
  std::string reason{};               // why it is missing, or without endpoints
  bool has_no_endpoints = false;      // certainly: 503 UH (R-REG-2, R-DST-5)
  std::vector<Endpoint> endpoints{};  // of a ServiceEntry; those of Services are not in manifests
  Labels subset_labels{};
  std::string destination_rule{};  // namespace/name of the one that counts; empty: none
  std::shared_ptr<const ClusterPolicy> policy = usual_policy();
};

using ClusterRef = std::shared_ptr<const Cluster>;

/// One destination that can be picked. Those of weight 0 beside others are gone (R-WT-2).
struct WeightedDestination {
  ClusterRef cluster{};
  std::uint32_t weight = 1;
  Span span{};
  HeaderEdits headers{};           // of the destination; where it is the only one, part of the rule's
  Boxed<std::string> authority{};  // set by its headers; weaker than the rule's
};

struct RegexSubstitution {
  std::string pattern{};
  std::string substitution{};
  Span span{};
};

/// Edits of the request's path and authority. With `regex` set `uri` has no effect (R-RW-5).
struct Rewrite {
  Boxed<std::string> uri{};
  Boxed<RegexSubstitution> regex{};
  Boxed<std::string> authority{};
};

struct Retries {
  std::uint32_t attempts = 2;
  std::string retry_on{};
  std::vector<std::uint32_t> status_codes{};
  std::optional<std::chrono::milliseconds> per_try_timeout{};
  std::optional<std::chrono::milliseconds> backoff{};  // base interval; nothing: 25 ms
  bool ignore_previous_hosts = true;                   // never the same endpoint again, if five draws find another one
  bool remote_localities = false;
};

struct Mirror {
  ClusterRef cluster{};
  double percent = 100;
};

struct Delay {
  std::chrono::milliseconds duration{};
  double percent = 0;
};

/// One of the two statuses is set.
struct Abort {
  std::uint32_t http_status = 0;
  std::optional<std::uint32_t> grpc_status{};
  double percent = 0;
};

struct Fault {
  Boxed<Delay> delay{};
  Boxed<Abort> abort{};
};

struct Cors {
  std::vector<StringPredicate> allow_origins{};
  std::vector<std::string> allow_methods{};
  std::vector<std::string> allow_headers{};
  std::vector<std::string> expose_headers{};
  std::optional<std::chrono::seconds> max_age{};
  bool allow_credentials = false;
  bool ignore_unmatched_preflights = false;
};

/// Sends the request upstream.
struct Forward {
  std::vector<WeightedDestination> destinations{};
  Rewrite rewrite{};
  std::optional<std::chrono::milliseconds> timeout{};  // nothing: none
  std::shared_ptr<const Retries> retries{};            // null: none
  BoxedList<Mirror> mirrors{};
  BoxedList<HashKey> hash_keys{};  // of all destinations, in their order (R-LB-3)
  Fault fault{};
  Boxed<Cors> cors{};
};

struct Redirect {
  std::uint32_t status = 301;
  Boxed<std::string> scheme{};
  Boxed<std::string> authority{};
  std::optional<std::uint32_t> port{};  // as emitted: the default of the scheme is gone (R-RED-4)
  Boxed<std::string> uri{};
  Boxed<std::string> prefix_rewrite{};
};

struct DirectResponse {
  std::uint32_t status = 200;
  std::string body{};
};

/// Nothing that Envoy accepts.
struct NoAction {};

using Action = std::variant<NoAction, Forward, Redirect, DirectResponse>;

/// One route of a virtual host: what is matched, what is done.
struct Rule {
  std::string name{};    // R-ORD-8
  SharedText gateway{};  // namespace/name of the Gateway that it was made for
  Match match{};
  Action action{};
  HeaderEdits headers{};
  bool catch_all = false;  // R-ORD-5
  bool refused = false;    // Envoy takes no table that holds it; evaluated all the same
  SharedText stat_prefix{};
  Provenance from{};
};

using RuleRef = std::shared_ptr<const Rule>;

// ---- listeners ----

/// The routes of one domain.
struct VirtualHost {
  std::string domain{};      // lower case: an exact name, *suffix, or *
  std::string name{};        // domain:port
  SharedText gateway{};      // namespace/name of the Gateway whose server made it
  bool require_tls = false;  // R-REDIR-1
  bool blackhole = false;    // stands for a table without any (R-VH-3)
  std::vector<RuleRef> rules{};
};

/// A route table: the virtual hosts of all plaintext HTTP servers of a port, or of one HTTPS server.
struct HostTable {
  std::string name{};  // http.80, https.443.https.gw.ns
  std::vector<VirtualHost> hosts{};
  bool refused = false;  // Envoy would not take it (NACK); evaluated all the same
};

enum class ChainKind : std::uint8_t {
  kHttp,            // plaintext HTTP
  kHttps,           // TLS ends here, HTTP inside
  kTcp,             // plaintext bytes
  kTerminatedTls,   // TLS ends here, bytes inside
  kPassthrough,     // TLS goes on, chosen by SNI
  kAutoPassthrough  // the SNI names the cluster
};

/// Where the bytes of a connection go.
struct TcpForward {
  std::vector<WeightedDestination> destinations{};
  Provenance from{};
};

/// One filter chain: who gets into it, and what it holds.
struct FilterChain {
  ChainKind kind{};
  std::vector<std::string> sni_hosts{};  // empty: any connection (R-FC-1)
  std::vector<ServerRef> servers{};      // several share the plaintext HTTP chain
  std::size_t table = 0;                 // index into RuleSet::tables; kHttp and kHttps
  TcpForward tcp{};                      // the other kinds
};

/// One socket that the proxy listens on.
struct Listener {
  std::string name{};  // 0.0.0.0_80
  std::string bind{};  // as written; empty: every address
  std::uint32_t port = 0;
  std::vector<std::uint32_t> server_ports{};  // numbers of the Gateway that lead here; differ behind a Service (R-GW-5)
  std::vector<FilterChain> chains{};
  bool refused = false;   // Envoy would not take it (NACK); evaluated all the same
  bool any_port = false;  // takes connections to ports that no other listener has (a sidecar's)
};

/// The pods that run the proxy.
struct Workload {
  std::string ns = "istio-system";
  std::vector<std::pair<std::string, std::string>> labels = {{"app", "istio-ingressgateway"},
                                                             {"istio", "ingressgateway"}};
};

/// MeshConfig pathNormalization.normalization; DEFAULT is kBase (R-PATH-1).
enum class PathNormalization : std::uint8_t { kNone, kBase, kMergeSlashes, kDecodeAndMergeSlashes };

/// What is done with "%2F" and "%5C" in paths: ProxyConfig connectionSettings (R-PATH-2).
enum class EscapedSlashes : std::uint8_t {
  kKeep,
  kDecode,    // and go on with the decoded path
  kRedirect,  // to the decoded path; gRPC is refused
  kReject,
};

/// Whose routing a RuleSet holds.
enum class Viewpoint : std::uint8_t {
  kGateway,  // an ingress gateway's
  kMesh,     // a sidecar's: what a call from inside the mesh does
};

/// The name that stands for all sidecars where a Gateway could be named.
inline constexpr std::string_view kMesh = "mesh";

/// MeshConfig outboundTrafficPolicy.mode (R-MESH-6).
enum class OutboundPolicy : std::uint8_t { kAllowAny, kRegistryOnly };

/// What is set for the whole mesh, or for the gateway's pods. Everything is as a fresh install has it.
struct MeshSettings {
  std::string cluster_domain = "cluster.local";
  std::string root_namespace = "istio-system";
  IstioVersion version{};
  PathNormalization path_normalization = PathNormalization::kBase;
  std::optional<EscapedSlashes> escaped_slashes{};  // overrides path_normalization
  std::optional<bool> merge_slashes{};              // overrides path_normalization
  bool reject_underscored_headers = false;          // headersWithUnderscoresAction REJECT_REQUEST
  std::uint32_t trusted_proxies = 0;                // gatewayTopology.numTrustedProxies
  bool scope_gateways_to_namespace = false;         // PILOT_SCOPE_GATEWAY_TO_NAMESPACE (R-GW-2)
  bool accept_http10 = false;                       // PILOT_HTTP10 (R-PRE-1)
  OutboundPolicy outbound = OutboundPolicy::kAllowAny;
  /// exportTo of objects that have none; empty is "*".
  std::vector<std::string> virtual_service_export_to{};
  std::vector<std::string> destination_rule_export_to{};
  std::vector<std::string> service_export_to{};
};

/// All of it, for one workload.
struct RuleSet {
  Viewpoint viewpoint = Viewpoint::kGateway;
  Workload workload{};
  MeshSettings mesh{};
  std::vector<Listener> listeners{};  // by port, then bind
  std::vector<HostTable> tables{};
  std::vector<Problem> problems{};
};

}  // namespace wicket::rules
