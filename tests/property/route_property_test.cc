// Three routers, one answer: decide() by its index, decide() by a scan in order (which is what a trace asks for), and
// the plain router, which reads the manifests. First all small tables over a tiny alphabet, then random ones.
//
// WICKET_PROPERTY_RUNS: how many pairs of a table and a request are drawn; WICKET_PROPERTY_SEED: the first seed.
#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "route/compile.h"
#include "route/decide.h"
#include "rules/lower.h"
#include "support/catch.h"
#include "support/plain_router.h"
#include "support/random_table.h"
#include "support/workspace.h"

namespace wicket {
namespace {

constexpr std::uint64_t kDefaultRuns = 20'000;
constexpr std::size_t kRequestsPerTable = 100;

std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);
  if (text == nullptr) return otherwise;
  std::uint64_t number = otherwise;
  std::from_chars(text, text + std::string_view(text).size(), number);
  return number;
}

/// The same manifests for all three.
class Routers {
 public:
  explicit Routers(const std::string& yaml)
      : loaded_(test::load_yaml(yaml)),
        table_(route::compile(std::make_shared<const rules::RuleSet>(
            rules::lower(*loaded_.workspace, {.workload = rules::Workload{}})))) {}

  /// What they differ about; nothing when they agree.
  [[nodiscard]] std::optional<std::string> difference(const route::Request& request, std::uint64_t draw) const {
    std::vector<route::HeaderView> lines;
    const route::RequestView view = request.view(lines);
    route::Trace trace;
    const route::Decision indexed = route::decide(table_, view, route::Draw::all(draw));
    const route::Decision scanned = route::decide(table_, view, route::Draw::all(draw), &trace);
    const std::string plain = test::plain_route(*loaded_.workspace, view, draw);
    const bool same = indexed.route == scanned.route && indexed.outcome == scanned.outcome &&
                      indexed.stage == scanned.stage && indexed.status == scanned.status &&
                      indexed.picked == scanned.picked && indexed.virtual_host == scanned.virtual_host &&
                      indexed.destinations.size() == scanned.destinations.size();
    const std::string words = test::in_plain_words(indexed);
    if (same && words == plain) return std::nullopt;
    return fmt::format("{} (draw {})\n  index: {}\n  scan:  {}\n  plain: {}", test::describe(request), draw, words,
                       test::in_plain_words(scanned), plain);
  }

  /// Whether some rule takes the request.
  [[nodiscard]] bool wins(const route::RequestView& request) const {
    return route::decide(table_, request, {}).route != nullptr;
  }

 private:
  load::Loaded loaded_;
  route::RouteTable table_;
};

void require_agreement(const std::string& yaml, const std::vector<route::Request>& requests) {
  const Routers routers(yaml);
  for (const route::Request& request : requests)
    if (const auto difference = routers.difference(request, 0)) FAIL(yaml << *difference);
}

std::vector<route::Request> requests_for(const std::vector<const char*>& hosts,
                                         const std::vector<const char*>& targets) {
  std::vector<route::Request> requests;
  for (const char* host : hosts) {
    for (const char* target : targets) {
      route::Request& request = requests.emplace_back();
      request.authority = host;
      request.target = target;
      request.port = 80;
    }
  }
  return requests;
}

TEST_CASE("the three routers agree on every table of up to three rules over a tiny alphabet of paths") {
  const std::vector<const char*> blocks = {"{}",
                                           "{uri: {exact: /a}}",
                                           "{uri: {exact: /A}, ignoreUriCase: true}",
                                           "{uri: {prefix: /}}",
                                           "{uri: {prefix: /a}}",
                                           "{uri: {prefix: /ab}, ignoreUriCase: true}",
                                           "{uri: {regex: '/a.*'}}",
                                           "{uri: {prefix: /a}, headers: {x: {}}}"};
  const std::vector<route::Request> requests = requests_for({"a.io"}, {"/", "/a", "/A", "/ab", "/aB/", "/b", "/a?x"});
  const auto rule = [&](std::size_t i) {
    return fmt::format("{{match: [{}], route: [{{destination: {{host: s{}}}}}]}}, ", blocks[i], i);
  };
  const std::string gateway = test::http_gateway();
  for (std::size_t a = 0; a < blocks.size(); ++a) {
    require_agreement(gateway + test::small_service("v", "a.io", rule(a)), requests);
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      require_agreement(gateway + test::small_service("v", "a.io", rule(a)) + test::small_service("w", "a.io", rule(b)),
                        requests);
      for (std::size_t c = 0; c < blocks.size(); ++c)
        require_agreement(gateway + test::small_service("v", "a.io", rule(a) + rule(b) + rule(c)), requests);
    }
  }
}

TEST_CASE("the three routers agree on every choice of hosts for a server and two VirtualServices") {
  const std::vector<const char*> hosts = {"a.io", "b.a.io", "*.a.io", "*.io", "*", "A.io"};
  const std::vector<route::Request> requests =
      requests_for({"a.io", "A.IO:80", "b.a.io", "c.b.a.io", "io", ".a.io", "b.io", "a.io."}, {"/", "/x"});
  for (const char* server : hosts) {
    for (const char* first : hosts) {
      for (const char* second : hosts) {
        require_agreement(
            test::http_gateway(fmt::format("['{}']", server)) +
                test::small_service("v", first, "{route: [{destination: {host: s}}]}") +
                test::small_service("w", second, "{match: [{uri: {prefix: /x}}], route: [{destination: {host: t}}]}"),
            requests);
      }
    }
  }
}

TEST_CASE("the three routers agree on random tables and requests") {
  const std::uint64_t runs = number_of("WICKET_PROPERTY_RUNS", kDefaultRuns);
  const std::uint64_t first_seed = number_of("WICKET_PROPERTY_SEED", 1);
  std::uint64_t to_a_rule = 0;
  std::uint64_t done = 0;
  for (std::uint64_t seed = first_seed; done < runs; ++seed) {
    std::mt19937 random(static_cast<std::uint32_t>(seed));
    const test::Piece table = test::random_table(random);
    const Routers routers(table.text());
    for (std::size_t i = 0; i < kRequestsPerTable && done < runs; ++i, ++done) {
      const route::Request request = test::random_request(random);
      const std::uint64_t draw = random() % 12;
      if (const auto difference = routers.difference(request, draw)) {
        const test::Piece smallest = test::shrink(
            table, [&](const std::string& yaml) { return Routers(yaml).difference(request, draw).has_value(); });
        FAIL("seed " << seed << "\n"
                     << smallest.text() << Routers(smallest.text()).difference(request, draw).value_or(*difference));
      }
      std::vector<route::HeaderView> lines;
      to_a_rule += routers.wins(request.view(lines)) ? 1U : 0U;
    }
  }
  // A generator whose requests hit nothing would prove nothing.
  CHECK(to_a_rule * 10 > done);
  if (std::getenv("WICKET_PROPERTY_RUNS") != nullptr)
    WARN(done << " pairs agree from seed " << first_seed << " on; " << to_a_rule << " of them came to a rule");
}

}  // namespace
}  // namespace wicket
