// What happens to a request.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "rules/rule_set.h"

namespace wicket::route {

struct Route;

enum class Outcome : std::uint8_t {
  kForward,
  kRedirect,
  kDirectResponse,
  kNotFound,
  kHttpsRedirect,
  kCorsPreflight,
  kFaultAbort,
  kTcpForward,
  kRefused,  // no listener, no filter chain, or a request that makes no sense
  kReset,    // accepted, then closed
};

/// The stage that decided.
enum class Stage : std::uint8_t { kListener, kFilterChain, kCodec, kVirtualHost, kRoute, kFilter };

/// "forward", "redirect" …
[[nodiscard]] std::string_view outcome_name(Outcome outcome);
/// "listener", "filter_chain" …
[[nodiscard]] std::string_view stage_name(Stage stage);

/// Uniform 64-bit numbers, one for each thing that is left to chance. One that is absent is not drawn: a weighted
/// choice stays open, and a fault fires only at 100 %.
struct Draw {
  std::optional<std::uint64_t> route;
  std::optional<std::uint64_t> delay;
  std::optional<std::uint64_t> abort;
  std::optional<std::uint64_t> mirror;

  /// The same number for all of them.
  [[nodiscard]] static Draw all(std::uint64_t value) { return {value, value, value, value}; }
};

/// What the CORS filter makes of a request (R-CORS-1..5).
enum class CorsVerdict : std::uint8_t {
  kNone,     // no policy, or no origin: untouched
  kAllowed,  // the origin is allowed
  kOther,    // it is not: nothing is added, or, on an ignored preflight, all but the origin
};

/// One decision. Pointers and views lead into the RouteTable, which has to outlive it; what was made for this request
/// is owned. `status` 0: an upstream answers, or nobody does.
struct Decision {
  Outcome outcome = Outcome::kRefused;
  Stage stage = Stage::kListener;
  std::uint32_t status = 0;
  std::string_view response_flag;  // as in access logs; empty: none
  std::string_view details;        // response code details; empty: none
  std::string_view note;           // what else there is to say; empty: nothing
  bool refused_config = false;     // Envoy would not take the listener or the table (NACK)

  const rules::Listener* listener = nullptr;
  const rules::FilterChain* chain = nullptr;
  const rules::HostTable* table = nullptr;
  const rules::VirtualHost* virtual_host = nullptr;
  const Route* route = nullptr;

  std::span<const rules::WeightedDestination> destinations;  // that it may go to; empty when a filter answers
  const rules::WeightedDestination* picked = nullptr;        // nullptr: nothing drawn, and several are possible

  std::optional<std::string> target;          // path and query as the upstream sees them; nothing: as sent
  bool is_rewritten = false;                  // by the rule, not only normalised
  std::string original_target;                // as it was before the rewrite
  std::optional<std::string_view> authority;  // as the upstream sees it; nothing: as sent
  std::optional<std::uint32_t> grpc_status;   // the answer is a gRPC one (R-DIR-3)
  std::string location;                       // of a redirect, or an answer that has one
  std::string_view body;                      // of an answer made here
  std::string_view forwarded_proto;           // x-forwarded-proto as the gateway sees and sends it; views the request
  std::uint32_t trusted_proxies = 0;          // that x-forwarded-for is believed (R-EDGE-1)
  CorsVerdict cors = CorsVerdict::kNone;
  std::optional<std::chrono::milliseconds> delay;  // an injected one that fired

  /// The rule that won; nullptr when none did.
  [[nodiscard]] const rules::Rule* rule() const;
  /// What the rule does when it forwards; nullptr when it does not.
  [[nodiscard]] const rules::Forward* forward() const;
};

/// Whether something with a chance in percent happens. Not drawn: only at 100.
/// Source: Envoy fault filter, in steps of 0.0001 % (R-FLT-1).
[[nodiscard]] bool fires(double percent, const std::optional<std::uint64_t>& draw);

}  // namespace wicket::route
