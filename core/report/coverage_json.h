// Coverage as JSON. Templates over the JSON type: its library stays in sources. Internal to report/.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "suite/coverage.h"

namespace wicket::report {

inline std::string_view unit_word(suite::UnitKind kind) {
  switch (kind) {
    case suite::UnitKind::kHost:
      return "host";
    case suite::UnitKind::kRoute:
      return "route";
    case suite::UnitKind::kMatch:
      return "match";
    case suite::UnitKind::kDestination:
      return "destination";
  }
  return "";
}

template <class Json>
Json count_json(const suite::CoverageCount& count) {
  return {{"reached", count.reached}, {"total", count.total}, {"percent", count.percent()}};
}

/// The same wherever coverage is told.
template <class Json>
Json coverage_json(const suite::CoverageReport& coverage, const std::optional<double>& fail_under) {
  Json json = count_json<Json>(coverage.count());
  if (fail_under) json["failUnder"] = *fail_under;
  json["routes"] = count_json<Json>(coverage.count(suite::UnitKind::kRoute));
  json["matches"] = count_json<Json>(coverage.count(suite::UnitKind::kMatch));
  json["destinations"] = count_json<Json>(coverage.count(suite::UnitKind::kDestination));
  json["hosts"] = count_json<Json>(coverage.count(suite::UnitKind::kHost));
  Json& services = json["virtualServices"] = Json::array();
  for (const suite::ServiceCoverage& service : coverage.services) {
    Json one = {{"name", service.name}, {"file", service.file}, {"line", service.line}};
    one.update(count_json<Json>(count(service)));
    Json& units = one["units"] = Json::array();
    for (const suite::CoverageUnit& unit : service.units) {
      Json item = {{"kind", unit_word(unit.kind)}, {"title", unit.title}};
      if (!unit.name.empty()) item["name"] = unit.name;
      item["file"] = unit.file;
      item["line"] = unit.line;
      item["hits"] = unit.hits;
      units.push_back(std::move(item));
    }
    services.push_back(std::move(one));
  }
  return json;
}

}  // namespace wicket::report
