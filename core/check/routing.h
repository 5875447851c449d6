// The parts of WK5xx: routes that are sound each by itself, and do something else than they look like. Most
// parts read one typed VirtualService; what becomes of all of them together is in routing_merge.h.
#pragma once

#include <memory>

#include "check/routing_rules.h"
#include "check/run.h"
#include "check/virtual_service.h"

namespace wicket::check::routing {

using virtual_service::Subject;

/// Rules that stand behind one that takes everything, and names that tell nothing apart: WK501, WK502, WK544.
void check_order(const Subject& subject);
/// Conditions of one http rule: WK514, WK527 to WK533, WK540 to WK542, WK551.
void check_conditions(const Subject& subject, const model::HTTPRoute& route);
/// Paths and authorities that are written anew: WK517, WK518, WK534, WK543, WK548.
void check_rewrites(const Subject& subject, std::size_t index);
/// Patterns and commands that never do anything: WK515, WK520, WK547.
void check_patterns(const Subject& subject, const model::HTTPRoute& route);
/// Prefixes that take sibling paths with them: WK516.
void check_prefixes(const Subject& subject, const model::HTTPRoute& route);
/// Redirects to https for hosts that no server takes there: WK525.
void check_https_redirects(const CheckInput& in, Reporter& out);
/// Destinations and their weights, mirrors: WK508, WK509, WK535, WK536.
void check_shares(const Subject& subject);
/// Time, retries, CORS, header edits, and what has no effect: WK537 to WK539, WK545, WK546, WK549.
void check_policies(const Subject& subject, std::size_t index);

/// Rules that the servers of the bound Gateways cannot use: WK521 to WK524, WK526, WK528.
class ServerChecks {
 public:
  explicit ServerChecks(const CheckInput& in);
  ServerChecks(const ServerChecks&) = delete;
  ServerChecks& operator=(const ServerChecks&) = delete;
  ~ServerChecks();

  void check(const Subject& subject);

 private:
  class Known;
  std::unique_ptr<Known> known_;
};

}  // namespace wicket::check::routing
