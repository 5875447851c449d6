#include "rules/http_action.h"

#include "lowered.h"
#include "support/catch.h"

namespace wicket::rules {
namespace {

using test::forward;
using test::http_gateway;
using test::http_rules;
using test::lower_yaml;
using namespace std::chrono_literals;

// The rule that an http entry becomes; `entry` is what stands inside its braces.
RuleRef lower_entry(std::string_view entry, const LowerOptions& options = {}) {
  return test::only_rules(lower_yaml(http_gateway() + http_rules(fmt::format("[{{{}}}]", entry)), options)).at(0);
}

RuleRef forwarding(std::string_view more) {
  return lower_entry(fmt::format("{}route: [{{destination: {{host: a}}}}]", more));
}

TEST_CASE("R-WT-1 R-WT-2 weights") {
  struct Case {
    const char* route;
    std::vector<std::uint32_t> want;
  };
  const Case cases[] = {
      {"[{destination: {host: a}, weight: 0}]", {1}},
      {"[{destination: {host: a}, weight: 3}, {destination: {host: b}, weight: 1}]", {3, 1}},
      {"[{destination: {host: a}, weight: 100}, {destination: {host: b}}]", {100}},
  };
  for (const Case& c : cases) {
    INFO(c.route);
    std::vector<std::uint32_t> weights;
    const RuleRef rule = lower_entry(fmt::format("route: {}", c.route));
    for (const WeightedDestination& destination : forward(rule).destinations) weights.push_back(destination.weight);
    CHECK(weights == c.want);
  }
}

TEST_CASE("R-TO-1 no timeout unless one is given") {
  CHECK(!forward(forwarding("")).timeout);
  CHECK(forward(forwarding("timeout: 1.5s, ")).timeout == 1500ms);
}

TEST_CASE("R-RT-1 R-RT-2 R-RT-3 R-RT-4 R-RT-6 retries") {
  constexpr const char* kUsual = "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes";
  struct Case {
    const char* retries;
    std::optional<std::uint32_t> attempts;
    const char* on;
    std::vector<std::uint32_t> codes;
  };
  const Case cases[] = {
      {"", 2, kUsual, {}},
      {"retries: {attempts: 3}, ", 3, kUsual, {}},
      {"retries: {attempts: 0}, ", std::nullopt, "", {}},
      {"retries: {attempts: 1, retryOn: '5xx,reset'}, ", 1, "5xx,reset", {}},
      {"retries: {attempts: 1, retryOn: '503,reset, 429'}, ", 1, "reset,retriable-status-codes", {503, 429}},
      {"retries: {attempts: 1, retryOn: 'retriable-status-codes,503'}, ", 1, "retriable-status-codes", {503}},
      {"retries: {attempts: 1, retryOn: '999'}, ", 1, "999", {}},
  };
  for (const Case& c : cases) {
    INFO(c.retries);
    const RuleRef rule = forwarding(c.retries);
    const std::shared_ptr<const Retries>& retries = forward(rule).retries;
    REQUIRE((retries != nullptr) == c.attempts.has_value());
    if (!retries) continue;
    CHECK(retries->attempts == *c.attempts);
    CHECK(retries->retry_on == c.on);
    CHECK(retries->status_codes == c.codes);
  }
  const RuleRef rule = forwarding("retries: {attempts: 1, perTryTimeout: 2s, backoff: 50ms}, ");
  CHECK(forward(rule).retries->per_try_timeout == 2s);
  CHECK(forward(rule).retries->backoff == 50ms);
}

TEST_CASE("R-MIR-1 R-MIR-3 mirrors and their shares") {
  const auto mirrors = [](std::string_view more) {
    std::string text;
    const RuleRef rule = forwarding(more);
    for (const Mirror& mirror : forward(rule).mirrors)
      text += fmt::format("{}={} ", mirror.cluster->name, mirror.percent);
    return text;
  };
  CHECK(mirrors("").empty());
  CHECK(mirrors("mirror: {host: m}, ") == "outbound|80||m.default.svc.cluster.local=100 ");
  CHECK(mirrors("mirror: {host: m}, mirrorPercentage: {value: 2.5}, ") ==
        "outbound|80||m.default.svc.cluster.local=2.5 ");
  CHECK(mirrors("mirror: {host: m}, mirrorPercentage: {value: 0}, ").empty());
  CHECK(mirrors("mirror: {host: m}, mirrorPercent: 7, ") == "outbound|80||m.default.svc.cluster.local=7 ");
  CHECK(mirrors("mirrors: [{destination: {host: m, port: {number: 1}}}, {destination: {host: n}, percentage: {value: "
                "0}}], ") == "outbound|1||m.default.svc.cluster.local=100 ");
}

TEST_CASE("R-FLT-2 R-FLT-3 a fault without a percentage never fires") {
  const auto fault = [](std::string_view text) {
    const RuleRef rule = forwarding(fmt::format("fault: {}, ", text));
    return forward(rule).fault;
  };
  CHECK(fault("{delay: {fixedDelay: 2s}}").delay->percent == 0);
  CHECK(fault("{delay: {fixedDelay: 2s, percent: 5}}").delay->percent == 5);
  CHECK(fault("{delay: {fixedDelay: 2s, percentage: {value: 0.1}}}").delay->percent == 0.1);
  CHECK(fault("{delay: {fixedDelay: 2s}}").delay->duration == 2s);
  CHECK(fault("{abort: {httpStatus: 500}}").abort->percent == 0);
  CHECK(fault("{abort: {grpcStatus: UNAVAILABLE, percentage: {value: 100}}}").abort->grpc_status == 14);
}

TEST_CASE("R-CORS-2 the old list of origins counts while the new one is absent") {
  const auto origins = [](std::string_view policy) {
    const RuleRef rule = forwarding(fmt::format("corsPolicy: {}, ", policy));
    return forward(rule).cors->allow_origins;
  };
  REQUIRE(origins("{allowOrigin: [https://a.io]}").size() == 1);
  CHECK(origins("{allowOrigin: [https://a.io]}")[0].type == MatchType::kExact);
  REQUIRE(origins("{allowOrigin: [https://a.io], allowOrigins: [{prefix: https}]}").size() == 1);
  CHECK(origins("{allowOrigin: [https://a.io], allowOrigins: [{prefix: https}]}")[0].type == MatchType::kPrefix);
}

TEST_CASE("R-HOP-1 R-HOP-3 R-HOP-5 operations of a rule with one destination are one unit, the rule's first") {
  const RuleRef rule = lower_entry(
      "headers: {request: {remove: [r, host], set: {b: '1', a: '2', 'x:y': '3'}, add: {c: '4'}}}, "
      "route: [{destination: {host: a}, headers: {request: {set: {d: '5'}}}}]");
  std::vector<std::string> names;
  for (const HeaderOp& op : rule->headers.request) names.push_back(op.name);
  CHECK(names == std::vector<std::string>{"r", "a", "b", "x:y", "c", "d"});
  CHECK(forward(rule).destinations[0].headers.request.empty());
}

TEST_CASE("R-HOP-4 operations of one destination of several stay its own") {
  const RuleRef rule = lower_entry(
      "headers: {request: {set: {x: rule}}}, "
      "route: [{destination: {host: a}, weight: 1, headers: {request: {set: {x: dest}}}}, {destination: {host: b}, "
      "weight: 1}]");
  CHECK(rule->headers.request.size() == 1);
  CHECK(forward(rule).destinations[0].headers.request[0].value == "dest");
}

TEST_CASE("R-RW-5 R-RW-7 what decides about the authority") {
  const auto authority = [](std::string_view more, std::string_view of_destination) {
    const RuleRef rule = lower_entry(fmt::format("{}route: [{{destination: {{host: a}}, {}}}]", more, of_destination));
    return forward(rule).rewrite.authority.value_or("-");
  };
  CHECK(authority("", "") == "-");
  CHECK(authority("", "headers: {request: {set: {host: d.io}}}") == "d.io");
  CHECK(authority("headers: {request: {add: {':authority': r.io}}}, ", "headers: {request: {set: {host: d.io}}}") ==
        "r.io");
  CHECK(authority("headers: {request: {set: {Host: s.io}, add: {host: r.io}}}, ", "") == "s.io");
  CHECK(authority("rewrite: {authority: w.io}, headers: {request: {set: {host: s.io}}}, ", "") == "w.io");
  CHECK(forward(forwarding("rewrite: {uri: /x, uriRegexRewrite: {match: a, rewrite: b}}, ")).rewrite.regex->pattern ==
        "a");
}

TEST_CASE("R-RED-1 R-RED-3 R-RED-4 redirects as they are emitted") {
  struct Case {
    const char* redirect;
    std::uint32_t status;
    std::optional<std::uint32_t> port;
  };
  constexpr Case kCases[] = {
      {"{uri: /x}", 301, std::nullopt},
      {"{uri: /x, redirectCode: 308}", 308, std::nullopt},
      {"{port: 8080}", 301, 8080},
      {"{port: 80}", 301, std::nullopt},
      {"{port: 80, scheme: https}", 301, 80},
      {"{port: 443, scheme: https}", 301, std::nullopt},
      {"{derivePort: FROM_REQUEST_PORT, scheme: https}", 301, 80},
      {"{derivePort: FROM_PROTOCOL_DEFAULT, scheme: https}", 301, std::nullopt},
  };
  for (const Case& c : kCases) {
    INFO(c.redirect);
    const RuleRef rule = lower_entry(fmt::format("redirect: {}", c.redirect));
    const auto& redirect = std::get<Redirect>(rule->action);
    CHECK(redirect.status == c.status);
    CHECK(redirect.port == c.port);
  }
  const auto prefix = [](IstioVersion version) {
    return std::get<Redirect>(lower_entry("redirect: {prefixRewrite: /x}", {.mesh = {.version = version}})->action)
        .prefix_rewrite;
  };
  CHECK(prefix({1, 31}) == "/x");
  CHECK(!prefix({1, 30}));
}

TEST_CASE("R-OTH-1 statPrefix and names have no say in matching") {
  const RuleRef rule =
      lower_entry("name: n, match: [{statPrefix: s, uri: {prefix: /}}], route: [{destination: {host: a}}]");
  CHECK(rule->stat_prefix == "s");
  CHECK(rule->catch_all);
}

TEST_CASE("R-DIR-5 bodies of direct responses may be large, and bytes are decoded") {
  const auto body = [](std::string_view text) {
    return std::get<DirectResponse>(lower_entry(fmt::format("directResponse: {{status: 200, body: {}}}", text))->action)
        .body;
  };
  CHECK(body(fmt::format("{{string: '{}'}}", std::string(100'000, 'x'))).size() == 100'000);
  CHECK(body("{bytes: aGVsbG8=}") == "hello");
}

}  // namespace
}  // namespace wicket::rules
