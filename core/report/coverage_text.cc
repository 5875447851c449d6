#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "report/tests.h"

namespace wicket::report {
namespace {

using suite::CoverageCount;
using suite::CoverageReport;
using suite::CoverageUnit;
using suite::ServiceCoverage;
using suite::UnitKind;

constexpr UnitKind kColumns[] = {UnitKind::kRoute, UnitKind::kMatch, UnitKind::kDestination, UnitKind::kHost};

std::string share(const CoverageCount& count) {
  return count.total == 0 ? "-" : fmt::format("{}/{}", count.reached, count.total);
}

void append_row(std::string& out, std::string_view name, const CoverageCount& all, const CoverageCount (&columns)[4],
                std::size_t width) {
  fmt::format_to(std::back_inserter(out), "{:<{}}  {:>6.1f}%  {:>7}  {:>7}  {:>12}  {:>7}\n", name, width,
                 all.percent(), share(columns[0]), share(columns[1]), share(columns[2]), share(columns[3]));
}

}  // namespace

std::string coverage_text(const CoverageReport& report) {
  std::string out;
  std::size_t width = std::string_view("VIRTUALSERVICE").size();
  for (const ServiceCoverage& service : report.services) width = std::max(width, service.name.size());
  fmt::format_to(std::back_inserter(out), "{:<{}}  {:>7}  {:>7}  {:>7}  {:>12}  {:>7}\n", "VIRTUALSERVICE", width,
                 "COVERED", "ROUTES", "MATCHES", "DESTINATIONS", "HOSTS");
  for (const ServiceCoverage& service : report.services) {
    CoverageCount columns[4];
    for (std::size_t i = 0; i < 4; ++i) columns[i] = count(service, kColumns[i]);
    append_row(out, service.name, count(service), columns, width);
  }
  CoverageCount columns[4];
  for (std::size_t i = 0; i < 4; ++i) columns[i] = report.count(kColumns[i]);
  append_row(out, "all", report.count(), columns, width);

  bool is_first = true;
  for (const ServiceCoverage& service : report.services) {
    for (const CoverageUnit* unit : unreached(service)) {
      if (is_first) out += "not reached\n";
      is_first = false;
      fmt::format_to(std::back_inserter(out), "  {}:{}: {}{} of VirtualService {}\n", unit->file, unit->line,
                     unit->title, unit->name.empty() ? "" : fmt::format(" ({})", unit->name), service.name);
    }
  }
  return out;
}

std::string coverage_lcov(const CoverageReport& report) {
  // A file may hold several VirtualServices, and a line several units: what was reached there counts once.
  struct File {
    std::map<std::uint32_t, std::uint64_t> lines;
    std::string functions;
    std::string branches;
    CoverageCount function_count, branch_count;
  };
  std::map<std::string, File> files;
  for (const ServiceCoverage& service : report.services) {
    std::uint32_t route_line = 0;
    std::map<std::uint32_t, std::size_t> branches;  // of a route, by its line
    for (const CoverageUnit& unit : service.units) {
      File& file = files[unit.file];
      std::uint64_t& line = file.lines[unit.line];
      line = std::max(line, unit.hits);
      const CoverageCount one{unit.hits > 0 ? 1U : 0U, 1};
      if (unit.kind == UnitKind::kRoute) {
        route_line = unit.line;
        const std::string name = fmt::format("{} {}", service.name, unit.title);
        fmt::format_to(std::back_inserter(file.functions), "FN:{},{}\nFNDA:{},{}\n", unit.line, name, unit.hits, name);
        file.function_count += one;
      } else if (unit.kind != UnitKind::kHost) {
        fmt::format_to(std::back_inserter(file.branches), "BRDA:{},{},{},{}\n", route_line,
                       unit.kind == UnitKind::kMatch ? 0 : 1, branches[route_line]++, unit.hits);
        file.branch_count += one;
      }
    }
  }
  std::string out;
  auto end = std::back_inserter(out);
  for (const auto& [name, file] : files) {
    fmt::format_to(end, "TN:wicket\nSF:{}\n{}FNF:{}\nFNH:{}\n{}BRF:{}\nBRH:{}\n", name, file.functions,
                   file.function_count.total, file.function_count.reached, file.branches, file.branch_count.total,
                   file.branch_count.reached);
    std::size_t reached = 0;
    for (const auto& [line, hits] : file.lines) {
      fmt::format_to(end, "DA:{},{}\n", line, hits);
      if (hits > 0) ++reached;
    }
    fmt::format_to(end, "LF:{}\nLH:{}\nend_of_record\n", file.lines.size(), reached);
  }
  return out;
}

}  // namespace wicket::report
