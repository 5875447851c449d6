// What requests reach, counted by where it was written.
#include "suite/coverage.h"

#include <string>
#include <string_view>
#include <vector>

#include "route/compile.h"
#include "route/decide.h"
#include "route/url.h"
#include "rules/lower.h"
#include "support/catch.h"
#include "support/workspace.h"

namespace wicket::suite {
namespace {

struct Counted {
  load::Loaded loaded;
  route::RouteTable table;
  Coverage coverage;

  explicit Counted(const std::string& yaml)
      : loaded(test::load_yaml(yaml)),
        table(route::compile(std::make_shared<const rules::RuleSet>(rules::lower(*loaded.workspace)))),
        coverage(table, *loaded.workspace, loaded.sources) {}

  void ask(std::string_view url, std::optional<std::uint64_t> draw = {}, const Reached& reached = {}) {
    const route::Url parts = route::parse_url(url).value();
    route::RequestView request;
    request.authority = parts.authority;
    request.target = parts.target;
    request.port = parts.port;
    coverage.add(route::decide(table, request, {.route = draw, .delay = {}, .abort = {}, .mirror = {}}), reached);
  }

  // "title:hits", blank-separated titles included.
  [[nodiscard]] std::vector<std::string> hits() const {
    std::vector<std::string> all;
    const CoverageReport counted = coverage.report();
    for (const ServiceCoverage& service : counted.services)
      for (const CoverageUnit& unit : service.units) all.push_back(unit.title + ": " + std::to_string(unit.hits));
    return all;
  }

  [[nodiscard]] std::vector<std::string> lost() const {
    std::vector<std::string> all;
    const CoverageReport counted = coverage.report();
    for (const ServiceCoverage& service : counted.services)
      for (const CoverageUnit* unit : unreached(service)) all.push_back(unit->title + " " + std::to_string(unit->line));
    return all;
  }
};

const std::string kShop = test::http_gateway("['*']") + R"(
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, namespace: default}
spec:
  hosts:
  - a.io
  - b.io
  gateways: [istio-system/gw]
  http:
  - name: cart
    match:
    - uri: {prefix: /cart}
    - uri: {exact: /basket}
    route:
    - destination: {host: cart}
  - match:
    - uri: {exact: /old}
    redirect: {uri: /}
  - route:
    - destination: {host: web, subset: v1}
      weight: 90
    - destination: {host: web, subset: v2}
      weight: 10
)";

TEST_CASE("units of a VirtualService, in the order of the source") {
  const Counted shop(kShop);
  CHECK(shop.hits() == std::vector<std::string>{
                           "host a.io: 0", "host b.io: 0", "http[0]: 0", "http[0].match[0]: 0", "http[0].match[1]: 0",
                           "http[0] -> cart.default.svc.cluster.local:80: 0", "http[1]: 0", "http[1].match[0]: 0",
                           "http[2]: 0", "http[2] -> web.default.svc.cluster.local:80 (subset v1): 0",
                           "http[2] -> web.default.svc.cluster.local:80 (subset v2): 0"});
  CHECK(shop.coverage.report().count().percent() == 0);
  CHECK(shop.coverage.report().services.front().units[2].name == "cart");
}

TEST_CASE("a request reaches its host, route, match block and destination") {
  Counted shop(kShop);
  shop.ask("http://a.io/cart/1");
  shop.ask("http://a.io/cart/2", {}, {.times = 4});
  shop.ask("http://b.io/old");
  shop.ask("http://nowhere.io/");
  CHECK(shop.hits() == std::vector<std::string>{
                           "host a.io: 5", "host b.io: 1", "http[0]: 5", "http[0].match[0]: 5", "http[0].match[1]: 0",
                           "http[0] -> cart.default.svc.cluster.local:80: 5", "http[1]: 1", "http[1].match[0]: 1",
                           "http[2]: 0", "http[2] -> web.default.svc.cluster.local:80 (subset v1): 0",
                           "http[2] -> web.default.svc.cluster.local:80 (subset v2): 0"});
  const CoverageReport report = shop.coverage.report();
  CHECK(report.count().reached == 7);
  CHECK(report.count(UnitKind::kHost).percent() == 100);
  CHECK(report.count(UnitKind::kRoute).reached == 2);
}

TEST_CASE("of several destinations the drawn one is reached, or all that were looked at, or the one that a log names") {
  struct Case {
    const char* name;
    std::optional<std::uint64_t> draw;
    Reached reached;
    std::vector<std::string> lost;  // of the destinations
  };
  const std::string v1 = "http[2] -> web.default.svc.cluster.local:80 (subset v1)";
  const std::string v2 = "http[2] -> web.default.svc.cluster.local:80 (subset v2)";
  const Case kCases[] = {
      {"nothing drawn", {}, {}, {v1, v2}},
      {"the first", 0, {}, {v2}},
      {"the second", 95, {}, {v1}},
      {"all of them", {}, {.every_destination = true}, {}},
      {"from a log", {}, {.cluster = "outbound|80|v2|web.default.svc.cluster.local"}, {v1}},
  };
  for (const Case& c : kCases) {
    INFO(c.name);
    Counted shop(kShop);
    shop.ask("http://a.io/", c.draw, c.reached);
    std::vector<std::string> lost;
    const CoverageReport report = shop.coverage.report();
    for (const CoverageUnit* unit : unreached(report.services.front()))
      if (unit->kind == UnitKind::kDestination) lost.push_back(unit->title);
    CHECK(lost == c.lost);
  }
}

TEST_CASE("what nothing reached is named once, with its line") {
  Counted shop(kShop);
  shop.ask("http://a.io/cart");
  const std::vector<std::string> lost = shop.lost();
  REQUIRE(lost.size() == 4);
  CHECK(lost[0].starts_with("host b.io "));
  CHECK(lost[1].starts_with("http[0].match[1] "));
  CHECK(lost[2].starts_with("http[1] "));
  CHECK(lost[3].starts_with("http[2] "));
  const CoverageReport report = shop.coverage.report();
  const std::uint32_t service = report.services.front().line;
  for (const CoverageUnit& unit : report.services.front().units) CHECK(unit.line > service);
}

TEST_CASE("counts of two runs come together") {
  Counted one(kShop), two(kShop);
  one.ask("http://a.io/cart");
  two.ask("http://a.io/old");
  two.ask("http://a.io/cart");
  CoverageReport together = one.coverage.report();
  merge(together, two.coverage.report());
  REQUIRE(together.services.size() == 1);
  CHECK(together.services.front().units[2].hits == 2);
  CHECK(together.count(UnitKind::kRoute).reached == 2);
  CHECK(together.count().total == one.coverage.report().count().total);
}

TEST_CASE("routes of bytes count, and VirtualServices for sidecars alone do not") {
  Counted estate(R"(
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 9000, name: tcp, protocol: TCP}
    hosts: ['*']
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: bytes, namespace: default}
spec:
  hosts: ['*']
  gateways: [istio-system/gw]
  tcp:
  - match: [{port: 9000}]
    route:
    - destination: {host: db, port: {number: 5432}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: inside, namespace: default}
spec:
  hosts: [db]
  http:
  - route: [{destination: {host: db}}]
)");
  CHECK(estate.hits() ==
        std::vector<std::string>{"tcp[0]: 0", "tcp[0].match[0]: 0", "tcp[0] -> db.default.svc.cluster.local:5432: 0"});
  estate.ask("http://anything:9000/");
  CHECK(estate.coverage.report().count().percent() == 100);
}

}  // namespace
}  // namespace wicket::suite
