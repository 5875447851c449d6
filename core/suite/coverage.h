// What of the routes a set of requests reached: tests, or recorded traffic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_set.h"
#include "model/workspace.h"
#include "route/decision.h"
#include "route/table.h"

namespace wicket::suite {

/// What is counted.
enum class UnitKind : std::uint8_t { kHost, kRoute, kMatch, kDestination };
/// "hosts", "routes", "match blocks", "destinations".
[[nodiscard]] std::string_view unit_words(UnitKind kind);

/// One thing that a request can reach, and where it was written.
struct CoverageUnit {
  UnitKind kind{};
  std::string title;  // http[2], http[2].match[0], http[2] -> a.b.svc.cluster.local:80 (subset v1), host a.com
  std::string name;   // of a route; empty: none
  std::string file;
  std::uint32_t line = 0;
  std::string route;       // title of the route that a match block or a destination belongs to, else empty
  std::uint64_t hits = 0;  // requests that reached it
};

/// One VirtualService that the gateway serves.
struct ServiceCoverage {
  std::string name;  // namespace/name
  std::string file;
  std::uint32_t line = 0;
  std::vector<CoverageUnit> units;  // hosts, then each route with its match blocks and its destinations
};

/// Of how many units a request reached how many.
struct CoverageCount {
  std::size_t reached = 0;
  std::size_t total = 0;

  /// 100 where there is nothing to reach.
  [[nodiscard]] double percent() const;
  CoverageCount& operator+=(const CoverageCount& other);
};

/// All that was counted, as values: nothing of the table is kept.
struct CoverageReport {
  std::vector<ServiceCoverage> services;  // by file and line

  [[nodiscard]] CoverageCount count() const;
  [[nodiscard]] CoverageCount count(UnitKind kind) const;
};
[[nodiscard]] CoverageCount count(const ServiceCoverage& service);
[[nodiscard]] CoverageCount count(const ServiceCoverage& service, UnitKind kind);
/// What nothing reached, without the match blocks and destinations of routes that nothing reached.
[[nodiscard]] std::vector<const CoverageUnit*> unreached(const ServiceCoverage& service);
/// Adds what was counted elsewhere; a VirtualService of the same name and file is the same one.
void merge(CoverageReport& into, const CoverageReport& from);

/// How a decision reached its destinations.
struct Reached {
  bool every_destination = false;  // nothing was drawn, and somebody looked at all of them
  std::string_view cluster = {};   // that the request really went to, as a log tells it; empty: what was drawn
  std::uint64_t times = 1;
};

/// Counts decisions of one table. What the table does not hold does not count: VirtualServices for sidecars alone,
/// rules that no gateway has, destinations of weight 0 beside others.
/// A request reaches the virtual host that it was looked up in, the route and the match block that took it, and the
/// destination that was drawn; a route with one destination needs no draw.
class Coverage {
 public:
  /// Keeps references to all three.
  Coverage(const route::RouteTable& table, const model::Workspace& workspace, const SourceSet& sources);
  ~Coverage();
  Coverage(Coverage&&) noexcept;
  Coverage& operator=(Coverage&&) noexcept;

  /// Whether it reached something that nothing had reached before.
  /// Cost: two look-ups. Decisions of other tables count nothing.
  bool add(const route::Decision& decision, const Reached& reached = {});
  [[nodiscard]] CoverageReport report() const;

 private:
  struct Index;
  std::unique_ptr<Index> index_;
};

}  // namespace wicket::suite
