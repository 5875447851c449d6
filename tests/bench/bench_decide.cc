// Speed of routing: decisions of one core, and what it takes to get from manifests to a table.
//
//   bench_decide [hosts] [routes] [FOLDER…]
//
// hosts: 10,000 hosts with 20 routes each. routes: one host with 10,000 routes against one with 10. FOLDER (with a
// slash in it): manifests for the time of lowering and compiling. Without arguments: hosts and routes.
//
// Requests are drawn before the clock starts, with a fixed seed; every figure is the best of some rounds. Asserts
// nothing about time, but stops when a request is not decided as it was meant to be.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <iterator>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/ensure.h"
#include "base/file_reader.h"
#include "load/load.h"
#include "route/compile.h"
#include "route/decide.h"
#include "rules/lower.h"
#include "support/allocations.h"

using namespace wicket;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kRounds = 25;
constexpr std::size_t kRequests = 1U << 15U;

double milliseconds(Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

template <class... Args>
void put(std::string& out, fmt::format_string<Args...> format, Args&&... args) {
  fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
}

// ---- tables ----

std::string gateway() {
  return "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: gw, namespace: edge}\n"
         "spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: "
         "['*']}]}\n";
}

void put_service(std::string& out, std::size_t number, std::string_view host) {
  put(out,
      "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: v{}, namespace: shop}}\n"
      "spec:\n  hosts: ['{}']\n  gateways: [edge/gw]\n  http:\n",
      number, host);
}

std::shared_ptr<const model::Workspace> read(const std::string& yaml) {
  MemoryReader reader;
  reader.add("bench.yaml", yaml);
  std::istringstream nothing;
  return load::load({.paths = {"bench.yaml"}}, reader, nothing).workspace;
}

std::shared_ptr<const rules::RuleSet> lowered(const model::Workspace& workspace) {
  return std::make_shared<const rules::RuleSet>(rules::lower(workspace));
}

route::RouteTable table_of(const std::string& yaml) { return route::compile(lowered(*read(yaml))); }

// ---- requests ----

constexpr route::HeaderView kBrowser[] = {
    {"user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"},
    {"accept", "text/html,application/xhtml+xml"},
    {"accept-language", "en-GB,en;q=0.5"},
    {"accept-encoding", "gzip, deflate, br"},
    {"cookie", "session=0123456789abcdef"},
    {"cache-control", "max-age=0"}};

/// A request, and the rule that it has to come to (-1: none).
struct Wanted {
  std::string host;
  std::string target;
  std::string tenant;
  std::int64_t rule = -1;
};

/// Requests with the headers of a browser. Their bytes lie in a row, in the order in which they are asked about: who
/// asks has just read them, so that a measurement must not count the time to fetch them from memory.
class Requests {
 public:
  explicit Requests(const std::vector<Wanted>& all) {
    for (const Wanted& one : all) bytes_.append(one.host).append(one.target).append(one.tenant);
    tenants_.reserve(all.size());
    std::string_view rest = bytes_;
    const auto take = [&rest](std::size_t size) {
      const std::string_view text = rest.substr(0, size);
      rest.remove_prefix(size);
      return text;
    };
    for (const Wanted& one : all) {
      route::RequestView& view = views.emplace_back();
      view.authority = take(one.host.size());
      view.target = take(one.target.size());
      view.headers = kBrowser;
      view.port = 80;
      if (!one.tenant.empty()) {
        std::vector<route::HeaderView>& lines = tenants_.emplace_back(std::begin(kBrowser), std::end(kBrowser));
        lines.push_back({"x-tenant", take(one.tenant.size())});
        view.headers = lines;
      }
      wanted.push_back(one.rule);
    }
  }

  std::vector<route::RequestView> views;
  std::vector<std::int64_t> wanted;

 private:
  std::string bytes_;
  std::vector<std::vector<route::HeaderView>> tenants_;
};

std::int64_t rule_of(const route::Decision& decision) {
  return decision.rule() == nullptr ? -1 : static_cast<std::int64_t>(decision.rule()->from.index);
}

/// Nanoseconds a decision.
double measure(std::string_view name, const route::RouteTable& table, const Requests& requests) {
  const route::Draw draw = route::Draw::all(7);
  for (std::size_t i = 0; i < requests.views.size(); ++i)  // also fills the caches of RE2
    ENSURE(rule_of(route::decide(table, requests.views[i], draw)) == requests.wanted[i], "not the rule it was to be");
  double best = 1e300;
  const std::size_t before = test::allocations();
  std::size_t decisions = 0;
  std::size_t forwarded = 0;
  for (int round = 0; round < kRounds; ++round) {
    const Clock::time_point start = Clock::now();
    for (const route::RequestView& request : requests.views)
      forwarded += route::decide(table, request, draw).outcome == route::Outcome::kForward ? 1U : 0U;
    best = std::min(best, milliseconds(Clock::now() - start) * 1e6 / static_cast<double>(requests.views.size()));
    decisions += requests.views.size();
  }
  const double allocated = static_cast<double>(test::allocations() - before) / static_cast<double>(decisions);
  fmt::print("{:<46} {:>8.1f} ns  {:>6.2f} M/s  {:.2f} allocations  ({:.0f} % forwarded)\n", name, best, 1e3 / best,
             allocated, 100.0 * static_cast<double>(forwarded) / static_cast<double>(decisions));
  std::fflush(stdout);
  return best;
}

// ---- 10,000 hosts × 20 routes ----

void bench_hosts() {
  constexpr std::size_t kHosts = 10'000;
  constexpr std::size_t kRoutes = 20;
  const auto host = [](std::size_t i) { return fmt::format("shop-{:05}.team-{:02}.example.com", i, i % 40); };
  std::string yaml = gateway();
  for (std::size_t i = 0; i < kHosts; ++i) {
    put_service(yaml, i, host(i));
    for (std::size_t r = 0; r + 1 < kRoutes; ++r)
      put(yaml, "  - {{match: [{{uri: {{{}: /part-{:02}{}}}}}], route: [{{destination: {{host: s{}}}}}]}}\n",
          r % 4 == 3 ? "exact" : "prefix", r, r % 4 == 3 ? "" : "/", r);
    put(yaml, "  - {{route: [{{destination: {{host: rest}}}}]}}\n");
  }
  const route::RouteTable table = table_of(yaml);
  std::mt19937 random(1);
  std::vector<Wanted> requests;
  for (std::size_t i = 0; i < kRequests; ++i) {
    const std::size_t r = random() % kRoutes;
    std::string target =
        r + 1 == kRoutes ? "/other/page" : fmt::format("/part-{:02}{}", r, r % 4 == 3 ? "" : "/item?a=1");
    requests.push_back({host(random() % kHosts), std::move(target), "", static_cast<std::int64_t>(r)});
  }
  measure("10,000 hosts x 20 routes", table, Requests(requests));
}

// ---- one host ----

enum class RouteKind : std::uint8_t { kPrefix, kExact, kHeader, kRegex };

// 60 % prefix, 30 % exact, 9 % with a header, 1 % regex. In a small table a regex is left out, in a large one they are
// spread over it. The last ones are of each kind.
RouteKind kind_of(std::size_t i) {
  const std::size_t place = i % 100;
  if (place == 50) return RouteKind::kRegex;
  if (place % 10 == 9 && place != 99) return RouteKind::kHeader;
  return place % 10 < 6 || place == 99 ? RouteKind::kPrefix : RouteKind::kExact;
}

route::RouteTable one_host(std::size_t count) {
  std::string yaml = gateway();
  put_service(yaml, 0, "a.example.com");
  for (std::size_t i = 0; i < count; ++i) {
    std::string match;
    switch (kind_of(i)) {
      case RouteKind::kPrefix:
        match = fmt::format("uri: {{prefix: /api/part-{:05}/}}", i);
        break;
      case RouteKind::kExact:
        match = fmt::format("uri: {{exact: /api/part-{:05}}}", i);
        break;
      case RouteKind::kHeader:
        match = fmt::format("uri: {{prefix: /api/part-{:05}/}}, headers: {{x-tenant: {{exact: t{}}}}}", i, i);
        break;
      case RouteKind::kRegex:
        match = fmt::format("uri: {{regex: '/api/part-{:05}/[0-9]+(/edit)?'}}", i);
        break;
    }
    put(yaml, "  - {{match: [{{{}}}], route: [{{destination: {{host: s{}}}}}]}}\n", match, i % 100);
  }
  return table_of(yaml);
}

Wanted request_for(std::size_t i) {
  Wanted one{"a.example.com", fmt::format("/api/part-{:05}", i), "", static_cast<std::int64_t>(i)};
  if (kind_of(i) != RouteKind::kExact) one.target += "/17";
  if (kind_of(i) == RouteKind::kHeader) one.tenant = fmt::format("t{}", i);
  return one;
}

/// Nanoseconds a decision at the end, in the middle, at random and for nothing.
std::array<double, 4> bench_host(std::size_t count) {
  const route::RouteTable table = one_host(count);
  const std::string name = fmt::format("one host, {} routes: ", count);
  std::mt19937 random(2);
  const auto run = [&](std::string_view what, const std::function<Wanted()>& next) {
    std::vector<Wanted> requests;
    for (std::size_t i = 0; i < kRequests; ++i) requests.push_back(next());
    return measure(name + std::string(what), table, Requests(requests));
  };
  return {run("last", [&] { return request_for(count - 1); }),
          run("middle",
              [&] { return request_for(count / 2 - count / 20 + random() % std::max<std::size_t>(1, count / 10)); }),
          run("any", [&] { return request_for(random() % count); }), run("404", [&] {
            return Wanted{"a.example.com", fmt::format("/api/part-{:05}/", count + random() % count), "", -1};
          })};
}

// ---- from manifests to a table ----

void bench_build(const std::vector<std::string>& folders) {
  std::istringstream nothing;
  DiskReader reader;
  const load::Loaded loaded = load::load({.paths = folders}, reader, nothing);
  const std::size_t services = loaded.workspace->all(model::Kind::kVirtualService).size();
  double lower = 1e300;
  double compile = 1e300;
  for (int round = 0; round < kRounds; ++round) {
    const Clock::time_point start = Clock::now();
    std::shared_ptr<const rules::RuleSet> rules = lowered(*loaded.workspace);
    const Clock::time_point middle = Clock::now();
    const route::RouteTable table = route::compile(std::move(rules));
    const Clock::time_point end = Clock::now();
    lower = std::min(lower, milliseconds(middle - start));
    compile = std::min(compile, milliseconds(end - middle));
  }
  fmt::print("lower {} VirtualServices of {} files {:.0f} ms, compile {:.0f} ms\n", services,
             loaded.workspace->files().size(), lower, compile);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  const bool only_folders =
      !args.empty() && std::ranges::all_of(args, [](const std::string& a) { return a.find('/') != std::string::npos; });
  const auto asked = [&](std::string_view part) {
    return args.empty() || only_folders || std::ranges::find(args, part) != args.end();
  };
  if (asked("hosts")) bench_hosts();
  if (asked("routes")) {
    const std::array<double, 4> few = bench_host(10);
    const std::array<double, 4> many = bench_host(10'000);
    fmt::print("10,000 routes against 10: last {:.2f}, middle {:.2f}, any {:.2f}, 404 {:.2f} times\n", many[0] / few[0],
               many[1] / few[1], many[2] / few[2], many[3] / few[3]);
  }
  std::vector<std::string> folders;
  std::ranges::copy_if(args, std::back_inserter(folders),
                       [](const std::string& a) { return a.find('/') != std::string::npos; });
  if (!folders.empty()) bench_build(folders);
}
