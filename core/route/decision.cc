#include "route/decision.h"

#include <variant>

#include "route/table.h"

namespace wicket::route {

std::string_view outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::kForward:
      return "forward";
    case Outcome::kRedirect:
      return "redirect";
    case Outcome::kDirectResponse:
      return "direct_response";
    case Outcome::kNotFound:
      return "not_found";
    case Outcome::kHttpsRedirect:
      return "https_redirect";
    case Outcome::kCorsPreflight:
      return "cors_preflight";
    case Outcome::kFaultAbort:
      return "fault_abort";
    case Outcome::kTcpForward:
      return "tcp_forward";
    case Outcome::kRefused:
      return "refused";
    case Outcome::kReset:
      return "reset";
  }
  return "";
}

std::string_view stage_name(Stage stage) {
  switch (stage) {
    case Stage::kListener:
      return "listener";
    case Stage::kFilterChain:
      return "filter_chain";
    case Stage::kCodec:
      return "codec";
    case Stage::kVirtualHost:
      return "virtual_host";
    case Stage::kRoute:
      return "route";
    case Stage::kFilter:
      return "filter";
  }
  return "";
}

const rules::Rule* Decision::rule() const { return route != nullptr ? route->rule.get() : nullptr; }

const rules::Forward* Decision::forward() const {
  return route != nullptr ? std::get_if<rules::Forward>(&route->rule->action) : nullptr;
}

}  // namespace wicket::route
