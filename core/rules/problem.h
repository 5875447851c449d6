// What the lowering dropped, overruled or could not tell, and why. Checks turn these into findings.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/shared_text.h"
#include "base/span.h"

namespace wicket::rules {

enum class ProblemKind : std::uint8_t {
  kNoGatewayForWorkload,  // a Gateway whose selector does not fit the workload
  kMeshOnly,              // a VirtualService that names no Gateway: for sidecars only
  kGatewayNotFound,       // a VirtualService names a Gateway that is not in the input
  kNotExported,           // exportTo hides the VirtualService from the workload
  kNoCommonHost,          // none of its hosts is served by a server of the Gateway
  kNoRules,               // every match block is for other ports, gateways or pods
  kServerDropped,         // another server holds the port, or one of the hosts
  kServerWithoutRoutes,   // no tls or tcp rule fits it: nothing listens
  kUnknownProtocol,       // of a server's port
  kRuleBehindCatchAll,    // never emitted
  kDelegateNotFound,      // also: hidden from the root by exportTo
  kDelegateConflict,      // no pair of match blocks of root and delegate can hold together
  kSniTaken,              // an earlier tls rule has one of the SNI hosts
  kNothingToDo,           // a rule without destination: Envoy refuses the whole table
  kRedirectCode,          // a redirect code that Envoy does not have: it refuses the whole table
  kBadRegex,              // RE2 refuses the pattern: Envoy refuses the whole table
  kClaimWithoutPattern,   // a claim matcher of {}: Envoy refuses the whole table
  kHostTaken,             // an older VirtualService has the host: sidecars do not join them
  kSubsetTaken,           // an older DestinationRule for the host has a subset of that name
  kPolicyTaken,           // an older DestinationRule for the host has a traffic policy
  kSameChainTwice,        // two filter chains with one condition: Envoy refuses the listener
};

/// One objection. Its places are bytes of the input; `other` is the place that it has to do with. `hosts` are those
/// that get less than was written.
struct Problem {
  ProblemKind kind{};
  Span span{};
  Span other{};
  bool has_other = false;
  SharedText resource{};   // namespace/name of whom it is about
  std::string detail{};    // what it names: a gateway, a pattern, a host …
  std::uint32_t port = 0;  // of the server, where it is about one
  std::vector<std::string> hosts{};
};

}  // namespace wicket::rules
