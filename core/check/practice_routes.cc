// WK709, WK712, WK713, WK722, WK723: what http routes do beside routing.
#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "check/practice.h"
#include "check/words.h"
#include "rules/host_names.h"

namespace wicket::check::practice {
namespace {

using model::HTTPRoute;
using model::Text;

/// The share of requests that a delay or an abort takes, in percent.
template <class Fault>
double share_of(const Fault& fault) {
  return fault.percentage != nullptr ? *fault.percentage->value : 0;
}
double share_of(const model::FaultDelay& delay) {
  return delay.percentage != nullptr ? *delay.percentage->value : *delay.percent;
}

bool asks_for_header(const HTTPRoute& route) {
  return !route.match.empty() &&
         std::ranges::all_of(route.match, [](const auto& match) { return !match.headers.empty(); });
}

class Checker {
 public:
  Checker(const Scope& scope, const Routes& routes)
      : out_(scope.out), routes_(routes), places_(*routes.resource), document_(*routes.resource->document) {}

  void check() {
    const bool wants_timeouts = routes_.is_on_gateway() && !routes_.names_mesh && out_.wants(wk7("WK712"));
    for (const HTTPRoute& route : routes_.spec->http) {
      if (route.fault != nullptr) check_fault(route);
      if (route.retries != nullptr) check_retries(route);
      if (route.headers != nullptr) check_headers(*route.headers);
      for (const auto& destination : route.route)
        if (destination.headers != nullptr) check_headers(*destination.headers);
      if (routes_.is_on_gateway()) check_internal_paths(route);
      if (wants_timeouts && !route.timeout && !route.route.empty()) check_timeout(route);
    }
  }

 private:
  void check_fault(const HTTPRoute& route) {
    const auto& fault = *route.fault;
    const Place place = places_.key(fault.node);
    std::string idle;
    if (fault.delay != nullptr && places_.lacks(fault.delay->node, "percentage") &&
        places_.lacks(fault.delay->node, "percent"))
      idle = "delay";
    if (fault.abort != nullptr && places_.lacks(fault.abort->node, "percentage"))
      idle.append(idle.empty() ? "" : " and ").append("abort");
    if (!idle.empty()) {
      out_.report(wk7("WK709"), place, "{} without percentage does nothing: no request is affected", idle)
          .help("set percentage: {value: …}, or remove fault");
      return;
    }
    if (!routes_.is_on_gateway()) return;
    std::vector<std::string> effects;
    if (fault.abort != nullptr && share_of(*fault.abort) > 0)
      effects.push_back(fmt::format("{}% of the requests are aborted", share_of(*fault.abort)));
    if (fault.delay != nullptr && share_of(*fault.delay) > 0)
      effects.push_back(fmt::format("{}% of the requests are delayed", share_of(*fault.delay)));
    if (effects.empty()) return;
    constexpr double kAll = 100;
    constexpr std::int32_t kClientError = 400;
    auto finding = out_.report(wk7("WK709"), place, "{}", fmt::join(effects, ", "));
    if (fault.abort != nullptr && share_of(*fault.abort) >= kAll && *fault.abort->http_status >= kClientError) {
      finding.help(fmt::format("to block on purpose, write directResponse: {{status: {}}}", *fault.abort->http_status));
    } else {
      finding.help("remove fault when the experiment is over");
    }
    if (asks_for_header(route)) finding.level(Severity::kInfo);
  }

  void check_timeout(const HTTPRoute& route) {
    if (!places_.lacks(route.node, "timeout")) return;
    out_.report(wk7("WK712"), places_.lack(route.node), "no timeout: a hanging backend holds the connection")
        .help("set timeout to what the slowest sound answer takes, such as 30s");
  }

  void check_retries(const HTTPRoute& route) {
    constexpr std::int32_t kMany = 10;
    constexpr std::chrono::minutes kLong(5);
    const auto& attempts = route.retries->attempts;
    if (!attempts || *attempts <= 0) return;
    const auto& each = route.retries->per_try_timeout;
    const bool is_bounded = route.timeout && *route.timeout > model::Duration(0) && *route.timeout <= kLong;
    if (*attempts > kMany) {
      out_.report(wk7("WK723"), places_.value(attempts.node), "up to {} requests for each client request",
                  static_cast<std::int64_t>(*attempts) + 1)
          .help("two or three retries help; more multiply the load when the service is already in trouble");
    } else if (each && *each * *attempts > kLong && !is_bounded) {
      out_.report(wk7("WK723"), places_.value(attempts.node), "{} retries of {} each: a client may wait for {}",
                  *attempts, model::format_duration(*each), model::format_duration(*each * (*attempts + 1)))
          .help("set timeout for the whole, or lower one of the two");
    }
  }

  void check_headers(const model::Headers& headers) {
    if (headers.request == nullptr) return;
    for (const model::TextMap* map : {&headers.request->set, &headers.request->add})
      for (const auto& entry : *map) check_header(entry);
  }

  void check_header(const model::MapEntry<Text>& entry) {
    const std::string name = rules::lower_case(entry.key);
    if (name == "x-forwarded-prefix") return;  // for services that are told what was rewritten; no proxy cares
    if (name.starts_with("x-forwarded-") || name.starts_with("x-envoy-") || name == "x-real-ip") {
      out_.report(wk7("WK722"), places_.key(entry.value.node),
                  "{} is controlled by the proxy; setting it here breaks trust in it", entry.key)
          .help("leave it to the proxy, or use a name of your own");
      return;
    }
    if (name != "authorization" || !entry.value.valid) return;
    const std::string value = rules::lower_case(*entry.value);
    for (const std::string_view scheme : {"basic ", "bearer "}) {
      if (!value.starts_with(scheme) || value.size() == scheme.size() || value.find('%') != std::string::npos) continue;
      out_.report(wk7("WK722"), places_.key(entry.value.node), "a credential stands in this manifest")
          .help("let the client, or a filter that reads a Secret, send it")
          .secret();
    }
  }

  /// A path as it is written, if it leads to what is meant for operators.
  static bool is_internal(std::string_view path) {
    static constexpr std::string_view kInternal[] = {"/actuator", "/metrics", "/debug", "/admin", "/healthz", "/.git"};
    return std::ranges::any_of(kInternal, [&](std::string_view internal) {
      return path.starts_with(internal) && (path.size() == internal.size() || path[internal.size()] == '/');
    });
  }

  void check_internal_paths(const HTTPRoute& route) {
    if (route.route.empty() && route.delegate == nullptr) return;
    for (const auto& match : route.match) {
      if (match.uri == nullptr) continue;
      const Text& path = match.uri->exact ? match.uri->exact : match.uri->prefix;
      if (!path || !is_internal(*path)) continue;
      out_.report(wk7("WK713"), places_.lack(match.node), "{} is reachable through {}", *path,
                  routes_.gateways.front()->name)
          .help("answer it with directResponse: {status: 404}, or bind the rule to mesh only");
    }
  }

  Reporter& out_;
  const Routes& routes_;
  Places places_;
  const yaml::Document& document_;
};

}  // namespace

void check_routes(const Scope& scope, const Routes& routes) { Checker(scope, routes).check(); }

}  // namespace wicket::check::practice
