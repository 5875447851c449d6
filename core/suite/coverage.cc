// Units are found once, from the rules that the table holds; counting is then a matter of two hash tables. One route
// can stand in the table many times, for each host and each Gateway: it is one unit all the same, by where it was
// written.

#include "suite/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>

#include "base/locator.h"
#include "model/virtual_service.h"
#include "rules/host_names.h"

namespace wicket::suite {
namespace {

using UnitId = std::size_t;
constexpr UnitId kNoUnit = static_cast<UnitId>(-1);

std::string_view section_name(rules::Section section) {
  switch (section) {
    case rules::Section::kHttp:
      return "http";
    case rules::Section::kTls:
      return "tls";
    case rules::Section::kTcp:
      return "tcp";
  }
  return "";
}

std::string route_title(const rules::Provenance& from) {
  return fmt::format("{}[{}]", section_name(from.section), from.index);
}

std::string destination_title(const rules::Cluster& cluster) {
  return fmt::format("{}:{}{}", cluster.host, cluster.port,
                     cluster.subset.empty() ? "" : fmt::format(" (subset {})", cluster.subset));
}

/// The VirtualService in the input; nullptr when it is not there.
const model::Resource* find_service(const model::Workspace& workspace, std::string_view full_name) {
  const std::size_t slash = full_name.find('/');
  if (slash == std::string_view::npos) return nullptr;
  return workspace.find(model::Kind::kVirtualService, full_name.substr(0, slash), full_name.substr(slash + 1));
}

template <class Entries>
std::optional<yaml::NodeId> node_of(const Entries& entries, std::size_t index) {
  if (index >= entries.size()) return std::nullopt;
  return entries[index].node;
}

/// Where the whole entry of a route stands, and its name.
struct WrittenRoute {
  Span span;
  std::string name;
};

WrittenRoute written_route(const model::Resource* resource, const rules::Provenance& from) {
  WrittenRoute written{.span = from.span, .name = {}};
  const auto* service = resource != nullptr ? std::get_if<model::VirtualService>(&resource->spec) : nullptr;
  if (service == nullptr) return written;
  std::optional<yaml::NodeId> node;
  switch (from.section) {
    case rules::Section::kHttp:
      node = node_of(service->http, from.index);
      if (node) written.name = *service->http[from.index].name;
      break;
    case rules::Section::kTls:
      node = node_of(service->tls, from.index);
      break;
    case rules::Section::kTcp:
      node = node_of(service->tcp, from.index);
      break;
  }
  if (node) written.span = resource->span(*node);
  return written;
}

/// Where a VirtualService lists the host that a virtual host was made of; the object itself where none fits.
Span written_host(const model::Resource& resource, std::string_view domain) {
  const auto* service = std::get_if<model::VirtualService>(&resource.spec);
  if (service == nullptr) return resource.span(resource.root);
  for (const bool exact : {true, false}) {
    for (const model::Text& host : service->hosts) {
      const std::string name = rules::lower_case(*host);
      if (exact ? name == domain : rules::have_common_name(name, domain)) return resource.span(host.node);
    }
  }
  return resource.span(service->hosts.present() ? service->hosts.node : resource.root);
}

/// The units of one rule or one chain.
struct RuleUnits {
  UnitId route = kNoUnit;
  UnitId match = kNoUnit;
  std::vector<UnitId> destinations;  // in the order of the rule
};

}  // namespace

std::string_view unit_words(UnitKind kind) {
  switch (kind) {
    case UnitKind::kHost:
      return "hosts";
    case UnitKind::kRoute:
      return "routes";
    case UnitKind::kMatch:
      return "match blocks";
    case UnitKind::kDestination:
      return "destinations";
  }
  return "";
}

// ---- the index ----

struct Coverage::Index {
  struct Unit {
    std::size_t service = 0;
    UnitKind kind{};
    std::string title;
    std::string name;
    std::string route;
    Span span;
    std::uint64_t hits = 0;
  };
  struct Service {
    std::string name;
    Span span;
  };

  Index(const model::Workspace& objects, const SourceSet& files) : workspace(objects), sources(files) {}

  std::size_t service(const std::string& name, const Span& fallback) {
    const auto [found, added] = service_ids.try_emplace(name, services.size());
    if (!added) return found->second;
    const model::Resource* resource = find_service(workspace, name);
    services.push_back({name, resource != nullptr ? resource->span(resource->root) : fallback});
    return found->second;
  }

  /// The unit of this key, made by `make` when it is new.
  template <class Make>
  UnitId unit(std::string key, Make make) {
    const auto [found, added] = unit_ids.try_emplace(std::move(key), units.size());
    if (added) units.push_back(make());
    return found->second;
  }

  RuleUnits units_of(const rules::Provenance& from, std::span<const rules::WeightedDestination> destinations) {
    RuleUnits made;
    const std::string owner = from.virtual_service.str();
    const std::size_t id = service(owner, from.span);
    const std::string title = route_title(from);
    const std::string key = owner + " " + title;
    made.route = unit(key, [&] {
      WrittenRoute written = written_route(find_service(workspace, from.virtual_service), from);
      return Unit{.service = id,
                  .kind = UnitKind::kRoute,
                  .title = title,
                  .name = std::move(written.name),
                  .route = {},
                  .span = written.span};
    });
    if (from.match >= 0) {
      const std::string match = fmt::format("{}.match[{}]", title, from.match);
      made.match = unit(owner + " " + match, [&] {
        return Unit{
            .service = id, .kind = UnitKind::kMatch, .title = match, .name = {}, .route = title, .span = from.span};
      });
    }
    for (const rules::WeightedDestination& destination : destinations) {
      made.destinations.push_back(
          unit(fmt::format("{} {} {}", key, destination.cluster->name, destination.span.begin), [&] {
            return Unit{.service = id,
                        .kind = UnitKind::kDestination,
                        .title = fmt::format("{} -> {}", title, destination_title(*destination.cluster)),
                        .name = {},
                        .route = title,
                        .span = destination.span};
          }));
    }
    return made;
  }

  /// The hosts that the VirtualServices with rules in this virtual host have it for.
  void take(const rules::VirtualHost& host) {
    std::vector<UnitId>& hosts_of = hosts[&host];
    for (const rules::RuleRef& rule : host.rules) {
      const std::string owner = (rule->from.root.empty() ? rule->from.virtual_service : rule->from.root).str();
      if (!owner.empty()) {
        const UnitId id = unit(owner + " host " + host.domain, [&] {
          const model::Resource* resource = find_service(workspace, owner);
          return Unit{.service = service(owner, rule->from.span),
                      .kind = UnitKind::kHost,
                      .title = "host " + host.domain,
                      .name = {},
                      .route = {},
                      .span = resource != nullptr ? written_host(*resource, host.domain) : rule->from.span};
        });
        if (std::ranges::find(hosts_of, id) == hosts_of.end()) hosts_of.push_back(id);
      }
      if (rule->from.virtual_service.empty() || rules.contains(rule.get())) continue;
      const auto* forward = std::get_if<rules::Forward>(&rule->action);
      rules.emplace(
          rule.get(),
          units_of(rule->from, forward != nullptr ? std::span<const rules::WeightedDestination>(forward->destinations)
                                                  : std::span<const rules::WeightedDestination>()));
    }
  }

  void take(const rules::FilterChain& chain) {
    if (chain.tcp.from.virtual_service.empty()) return;
    chains.emplace(&chain, units_of(chain.tcp.from, chain.tcp.destinations));
  }

  /// Whether it is the first time.
  bool hit(UnitId id, std::uint64_t times) {
    std::uint64_t& hits = units[id].hits;
    hits += times;
    return hits == times && times > 0;
  }

  bool count(const RuleUnits& reached_units, const route::Decision& decision, const Reached& reached) {
    bool is_new = hit(reached_units.route, reached.times);
    if (reached_units.match != kNoUnit) is_new = hit(reached_units.match, reached.times) || is_new;
    for (std::size_t i = 0; i < decision.destinations.size() && i < reached_units.destinations.size(); ++i) {
      const rules::WeightedDestination& destination = decision.destinations[i];
      const bool went_there = !reached.cluster.empty() ? destination.cluster->name == reached.cluster
                                                       : reached.every_destination || decision.picked == &destination;
      if (went_there) is_new = hit(reached_units.destinations[i], reached.times) || is_new;
    }
    return is_new;
  }

  const model::Workspace& workspace;
  const SourceSet& sources;
  std::vector<Service> services;
  std::map<std::string, std::size_t> service_ids;
  std::vector<Unit> units;
  std::unordered_map<std::string, UnitId> unit_ids;
  std::unordered_map<const rules::Rule*, RuleUnits> rules;
  std::unordered_map<const rules::FilterChain*, RuleUnits> chains;
  std::unordered_map<const rules::VirtualHost*, std::vector<UnitId>> hosts;
};

Coverage::Coverage(const route::RouteTable& table, const model::Workspace& workspace, const SourceSet& sources)
    : index_(std::make_unique<Index>(workspace, sources)) {
  for (const rules::HostTable& hosts : table.rules().tables)
    for (const rules::VirtualHost& host : hosts.hosts)
      if (!host.blackhole) index_->take(host);
  for (const rules::Listener& listener : table.rules().listeners)
    for (const rules::FilterChain& chain : listener.chains) index_->take(chain);
}

Coverage::~Coverage() = default;
Coverage::Coverage(Coverage&&) noexcept = default;
Coverage& Coverage::operator=(Coverage&&) noexcept = default;

bool Coverage::add(const route::Decision& decision, const Reached& reached) {
  bool is_new = false;
  if (const auto host = index_->hosts.find(decision.virtual_host); host != index_->hosts.end())
    for (const UnitId id : host->second) is_new = index_->hit(id, reached.times) || is_new;
  if (decision.rule() != nullptr) {
    const auto rule = index_->rules.find(decision.rule());
    return (rule != index_->rules.end() && index_->count(rule->second, decision, reached)) || is_new;
  }
  const auto chain = index_->chains.find(decision.chain);
  return (chain != index_->chains.end() && index_->count(chain->second, decision, reached)) || is_new;
}

CoverageReport Coverage::report() const {
  Locator locator(index_->sources);
  CoverageReport report;
  for (const Index::Service& service : index_->services)
    report.services.push_back({.name = service.name,
                               .file = index_->sources.name(service.span.file),
                               .line = locator.position(service.span.file, service.span.begin).line,
                               .units = {}});
  std::vector<const Index::Unit*> ordered;
  for (const Index::Unit& unit : index_->units) ordered.push_back(&unit);
  // Hosts first, then as written: a route begins before its match blocks, and those stand before its destinations.
  std::ranges::stable_sort(ordered, {}, [](const Index::Unit* unit) {
    return std::tuple(unit->kind != UnitKind::kHost, unit->span.file, unit->span.begin, unit->kind);
  });
  for (const Index::Unit* unit : ordered)
    report.services[unit->service].units.push_back({.kind = unit->kind,
                                                    .title = unit->title,
                                                    .name = unit->name,
                                                    .file = index_->sources.name(unit->span.file),
                                                    .line = locator.position(unit->span.file, unit->span.begin).line,
                                                    .route = unit->route,
                                                    .hits = unit->hits});
  std::ranges::stable_sort(report.services, {}, [](const ServiceCoverage& service) {
    return std::tie(service.file, service.line, service.name);
  });
  return report;
}

// ---- counts ----

double CoverageCount::percent() const {
  return total == 0 ? 100 : 100 * static_cast<double>(reached) / static_cast<double>(total);
}

CoverageCount& CoverageCount::operator+=(const CoverageCount& other) {
  reached += other.reached;
  total += other.total;
  return *this;
}

CoverageCount count(const ServiceCoverage& service, UnitKind kind) {
  CoverageCount counted;
  for (const CoverageUnit& unit : service.units)
    if (unit.kind == kind) counted += {unit.hits > 0 ? 1U : 0U, 1};
  return counted;
}

CoverageCount count(const ServiceCoverage& service) {
  CoverageCount counted;
  for (const UnitKind kind : {UnitKind::kHost, UnitKind::kRoute, UnitKind::kMatch, UnitKind::kDestination})
    counted += count(service, kind);
  return counted;
}

CoverageCount CoverageReport::count() const {
  CoverageCount counted;
  for (const ServiceCoverage& service : services) counted += suite::count(service);
  return counted;
}

CoverageCount CoverageReport::count(UnitKind kind) const {
  CoverageCount counted;
  for (const ServiceCoverage& service : services) counted += suite::count(service, kind);
  return counted;
}

std::vector<const CoverageUnit*> unreached(const ServiceCoverage& service) {
  std::vector<std::string_view> lost;
  std::vector<const CoverageUnit*> found;
  for (const CoverageUnit& unit : service.units) {
    if (unit.hits > 0) continue;
    if (unit.kind == UnitKind::kRoute) lost.push_back(unit.title);
    if (std::ranges::find(lost, unit.route) == lost.end()) found.push_back(&unit);
  }
  return found;
}

void merge(CoverageReport& into, const CoverageReport& from) {
  for (const ServiceCoverage& service : from.services) {
    const auto same = std::ranges::find_if(into.services, [&](const ServiceCoverage& known) {
      return known.name == service.name && known.file == service.file;
    });
    if (same == into.services.end()) {
      into.services.push_back(service);
      continue;
    }
    for (const CoverageUnit& unit : service.units) {
      const auto known = std::ranges::find_if(same->units, [&](const CoverageUnit& other) {
        return other.kind == unit.kind && other.title == unit.title && other.line == unit.line;
      });
      if (known == same->units.end()) {
        same->units.push_back(unit);
      } else {
        known->hits += unit.hits;
      }
    }
  }
  std::ranges::stable_sort(into.services, {}, [](const ServiceCoverage& service) {
    return std::tie(service.file, service.line, service.name);
  });
}

}  // namespace wicket::suite
