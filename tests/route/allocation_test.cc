// The hot path asks the heap for nothing: exact hosts and wildcards, every kind of condition, hits and misses.
#include <memory>
#include <vector>

#include "route/compile.h"
#include "route/decide.h"
#include "rules/lower.h"
#include "support/allocations.h"
#include "support/catch.h"
#include "support/workspace.h"

namespace wicket {
namespace {

constexpr const char* kRules =
    "[{match: [{uri: {exact: /exact}}], route: [{destination: {host: a}}]},"
    " {match: [{uri: {prefix: /UPPER/}, ignoreUriCase: true}], route: [{destination: {host: a}}]},"
    " {match: [{uri: {regex: '/[a-z]+/[0-9]+'}}], route: [{destination: {host: a}}]},"
    " {match: [{uri: {prefix: /p}, headers: {x-tenant: {regex: 't.*'}}, queryParams: {v: {exact: '2'}}}],"
    "  route: [{destination: {host: a}, weight: 1}, {destination: {host: b}, weight: 2}]},"
    " {match: [{uri: {prefix: /here}}], directResponse: {status: 200, body: {string: hi}}},"
    " {match: [{uri: {prefix: /fault}}], fault: {abort: {httpStatus: 500, percentage: {value: 100}}},"
    "  route: [{destination: {host: a}}]},"
    " {match: [{uri: {prefix: /cors}}], corsPolicy: {allowOrigins: [{exact: 'https://b.io'}]},"
    "  route: [{destination: {host: a}}]},"
    " {match: [{uri: {prefix: /}, method: {exact: POST}}], route: [{destination: {host: a}}]}]";

TEST_CASE("a decision that rewrites nothing allocates nothing") {
  const std::string yaml = test::http_gateway() + test::http_rules(kRules) +
                           test::virtual_service(std::string("hosts: ['*.b.io'], http: ") + kRules, {"w", "default"});
  const route::RouteTable table =
      route::compile(std::make_shared<const rules::RuleSet>(rules::lower(*test::load_yaml(yaml).workspace)));

  const route::HeaderView headers[] = {{"user-agent", "x"}, {"x-tenant", "t1"}, {"origin", "https://b.io"}};
  std::vector<route::RequestView> requests;
  for (const char* host : {"a.io", "A.io:80", "some.longer.name.b.io", "b.io", "nobody.example.com"}) {
    for (const char* target : {"/exact", "/exact?x=1", "/upper/x", "/abc/123", "/p/q?v=2", "/p/q?v=3", "/here/x",
                               "/fault", "/cors/y", "/nothing", "/"}) {
      route::RequestView request;
      request.authority = host;
      request.target = target;
      request.headers = headers;
      request.port = 80;
      requests.push_back(request);
    }
  }
  const auto run = [&] {
    std::size_t forwarded = 0;
    for (const route::RequestView& request : requests)
      forwarded += route::decide(table, request, route::Draw::all(4)).outcome == route::Outcome::kForward ? 1U : 0U;
    return forwarded;
  };
  const std::size_t first = run();  // RE2 builds the states of its automata while it meets new text
  const std::size_t before = test::allocations();
  const std::size_t second = run();
  const std::size_t after = test::allocations();
  CHECK(after - before == 0);
  CHECK(second == first);
  CHECK(second > 15);
}

}  // namespace
}  // namespace wicket
