// Every expectation, once as it is and once otherwise. Routes: testdata/test/routes.yaml.
#include "suite/judge.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "route/compile.h"
#include "rules/lower.h"
#include "suite/read.h"
#include "suite/run.h"
#include "support/catch.h"
#include "support/golden.h"
#include "support/workspace.h"

namespace wicket::suite {
namespace {

const route::RouteTable& garden() {
  static const load::Loaded kLoaded = test::load_yaml(test::read_source_file("testdata/test/routes.yaml"));
  static const route::RouteTable kTable =
      route::compile(std::make_shared<const rules::RuleSet>(rules::lower(*kLoaded.workspace)));
  return kTable;
}

// "ok", or what is not as expected: "key: expected / actual".
std::string judged(std::string_view request, std::string_view expect, std::string_view draw) {
  const Suite suite = read_suite(
      "x_test.yaml",
      fmt::format("namespace: garden\ntests:\n- request: {}\n  draw: {}\n  expect: {}\n", request, draw, expect));
  for (const SuiteError& error : suite.errors) return error.message;
  const std::vector<const Case*> cases = {&suite.cases.front()};
  const std::vector<CaseResult> results = run(cases, garden(), 1);
  std::string text;
  for (const Mismatch& mismatch : results.front().verdict.mismatches)
    text +=
        fmt::format("{}{}: {} / {}", text.empty() ? "" : "; ", mismatch.check->key, mismatch.expected, mismatch.actual);
  return text.empty() ? "ok" : text;
}

constexpr std::string_view kBasket =
    "{url: 'http://garden.example/basket?n=1', headers: {origin: 'https://garden.example'}}";
constexpr std::string_view kFront = "http://garden.example/";
constexpr std::string_view kOld = "http://garden.example/old";
constexpr std::string_view kClosed = "http://garden.example/greenhouse";
constexpr std::string_view kSlow = "http://garden.example/slow";
constexpr std::string_view kNowhere = "http://nowhere.example/";

TEST_CASE("what is expected is compared with what is decided") {
  struct Case {
    std::string_view request;
    std::string_view expect;
    std::string want;
    std::string_view draw = "~";
  };
  const std::string_view kSplit = "80% web.garden.svc.cluster.local:80:blue, 20% web.garden.svc.cluster.local:80:green";
  const std::string split_mismatch = fmt::format("destination: web:80:blue / {}", kSplit);
  const Case kCases[] = {
      // destinations
      {kBasket, "orders:8080", "ok"},
      {kBasket, "orders.garden:8080", "ok"},
      {kBasket, "orders.garden.svc:8080", "ok"},
      {kBasket, "orders.garden.svc.cluster.local", "ok"},
      {kBasket, "outbound|8080||orders.garden.svc.cluster.local", "ok"},
      {kBasket, "{destination: {host: orders, port: 8080, subset: ~}}", "ok"},
      {kBasket, "orders:80", "destination: orders:80 / orders.garden.svc.cluster.local:8080"},
      {kBasket, "orders.other:8080", "destination: orders.other:8080 / orders.garden.svc.cluster.local:8080"},
      {kFront, "web:80:blue", split_mismatch},
      {kFront, "web:80", "ok"},
      {kFront, "web::blue", "ok", "79"},
      {kFront, "web:80:green", "ok", "80"},
      {kFront, "web:80:blue", "destination: web:80:blue / web.garden.svc.cluster.local:80:green", "80"},
      {kFront, "{not: {destination: seeds}}", "ok"},
      {kFront, "{not: {destination: 'web:80:green'}}", "not.destination: not web:80:green / " + std::string(kSplit)},
      {kNowhere, "web", "destination: web / 404 NR, not_found at virtual_host"},
      // weights
      {kFront, "{weights: {'web:80:blue': 4, 'web:80:green': 1}}", "ok"},
      {kFront, "{weights: [{host: web, subset: blue, weight: 80%}, {host: web, subset: green, weight: 20%}]}", "ok"},
      {kFront, "{weights: {'web:80:blue': 80}}", "weights: 100% web:80:blue / " + std::string(kSplit)},
      {kFront, "{weights: {'web:80:blue': 90, 'web:80:green': 10}}",
       "weights: 90% web:80:blue, 10% web:80:green / " + std::string(kSplit)},
      {kFront, "{weights: {'web:80:blue': 80, 'web:80:green': 20, seeds: 0}}", "ok"},
      {kBasket, "{weights: {orders: 1}}", "ok"},
      // answers made here
      {kOld, "{redirect: 'http://garden.example/new'}", "ok"},
      {kOld, "{redirect: {location: {contains: new}, status: 308}, outcome: redirect, route: moved}", "ok"},
      {kOld, "{location: {prefix: 'https:'}}", "location: starting with \"https:\" / \"http://garden.example/new\""},
      {kOld, "308", "ok"},
      {kOld, "301", "status: 301 / 308"},
      {kFront, "{redirect: /new}", "redirect: redirect / forward; redirect: \"/new\" / none"},
      {kClosed, "{direct-response: 503}", "ok"},
      {kClosed, "{direct-response: {status: 503, body: closed for winter}}", "ok"},
      {kClosed, "{body: {regex: 'closed.*'}, response-headers: {content-length: '17', content-type: text/plain}}",
       "ok"},
      {kClosed, "{response-headers: {x-a: ~, content-type: {present: true}}}", "ok"},
      {kFront, "{status: 200}", "status: 200 / the status comes from upstream: " + std::string(kSplit)},
      {kFront, "{body: x}", "body: \"x\" / the body comes from upstream: " + std::string(kSplit)},
      // nothing found
      {kNowhere, "no-route", "ok"},
      {kNowhere, "{no-route: true, status: 404, response-flag: NR, stage: virtual_host, outcome: not_found}", "ok"},
      {kFront, "no-route", "no-route: true / false"},
      {kFront, "{no-route: false}", "ok"},
      {"http://garden.example:81/", "{no-route: true, stage: listener}", "ok"},
      // as the upstream sees it
      {kBasket, "{path: /v2/orders, query: n=1, host: orders.internal}", "ok"},
      {kBasket, "{path: '/v2/orders?n=1'}", "ok"},
      {kBasket, "{path: {prefix: /v3}}", "path: starting with \"/v3\" / \"/v2/orders\""},
      {kFront, "{query: ~}", "ok"},
      {kBasket, "{request-headers: {x-team: buy, X-Hop: edge, x-none: ~}}", "ok"},
      {kBasket, "{request-headers: {x-team: ~}}", "request-headers.x-team: none / \"buy\""},
      {kNowhere, "{path: /}", "path: \"/\" / nothing goes upstream: 404 NR, not_found at virtual_host"},
      {kNowhere, "{request-headers: {x-team: ~}}",
       "request-headers.x-team: none / nothing goes upstream: 404 NR, not_found at virtual_host"},
      {"{url: 'http://garden.example/', headers: {x-a: {lines: [1, 2]}}}", "{request-headers: {x-a: [1, 2]}}", "ok"},
      // on the way back
      {kBasket, "{response-edits: {set: {cache-control: no-store}, add: {x-served: orders}, remove: [server-timing]}}",
       "ok"},
      {kBasket, "{response-edits: {set: {x-served: orders}}}", "response-edits.set.x-served: \"orders\" / none"},
      {kBasket, "{response-edits: {remove: [server]}}", "response-edits.remove: server / none"},
      {kBasket, "{response-headers: {cache-control: no-store, server-timing: ~}}", "ok"},
      // policies
      {kBasket, "{timeout: 3s}", "ok"},
      {kBasket, "{timeout: 3000ms}", "ok"},
      {kFront, "{timeout: none}", "ok"},
      {kFront, "{timeout: 15s}", "timeout: 15s / none"},
      {kBasket, "{retries: 3}", "ok"},
      {kBasket, "{retries: {attempts: 3, per-try-timeout: 500ms, retry-on: [reset, 5xx]}}", "ok"},
      {kBasket, "{retries: {retry-on: 5xx}}", "retries.retry-on: 5xx / 5xx,reset"},
      {kBasket, "{mirror: 'audit:80'}", "ok"},
      {kBasket, "{mirror: [{host: audit, percent: 25}]}", "ok"},
      {kBasket, "{mirror: {host: audit, percent: 50}}", "mirror: 50% audit / 25% audit.garden.svc.cluster.local:80"},
      {kFront, "{mirror: none}", "ok"},
      {kSlow, "{fault: {delay: {duration: 2s, percent: 50}, abort: {status: 503, percent: 10}}}", "ok"},
      {kSlow, "{fault: none}", "fault: none / 2s; fault: none / 503"},
      {kFront, "{fault: none}", "ok"},
      {kSlow, "{outcome: fault_abort, status: 503, response-flag: FI}", "ok", "{abort: 0}"},
      {kBasket, "{cors: allowed}", "ok"},
      {kFront, "{cors: none}", "ok"},
      {"{url: 'http://garden.example/basket', headers: {origin: 'https://weeds.example'}}", "{cors: denied}", "ok"},
      // whose
      {kBasket, "{route: orders, virtual-service: garden/garden, gateway: garden/edge, virtual-host: garden.example}",
       "ok"},
      {kNowhere, "{route: ~, virtual-service: ~, virtual-host: ~}", "ok"},
      // not
      {kFront, "{not: {timeout: 15s, route: orders, host: {prefix: seeds}}}", "ok"},
      {kFront, "{not: {route: web}}", "not.route: not \"web\" / \"web\""},
  };
  for (const Case& c : kCases) {
    INFO(c.request << " " << c.expect);
    CHECK(judged(c.request, c.expect, c.draw) == c.want);
  }
}

TEST_CASE("verdicts keep the order of the cases, whatever the number of threads") {
  std::string yaml =
      "namespace: garden\ntests:\n- name: ${n}\n  request: http://garden.example/${n}\n  expect: web\n  variables: {n: "
      "[";
  for (int i = 0; i < 1000; ++i) yaml += fmt::format("{}, ", i);
  const Suite suite = read_suite("x_test.yaml", yaml + "]}\n");
  REQUIRE(suite.cases.size() == 1000);
  std::vector<const Case*> cases;
  for (const Case& test : suite.cases) cases.push_back(&test);
  const std::vector<CaseResult> results = run(cases, garden(), 4);
  for (std::size_t i = 0; i < results.size(); ++i) {
    CHECK(results[i].test == cases[i]);
    CHECK(results[i].verdict.passed());
  }
}

}  // namespace
}  // namespace wicket::suite
