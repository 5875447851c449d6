// wicket test, as a list of steps: find test files, read them, load the manifests that each one names, run, report.
#include "cli/cmd_test.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/file_reader.h"
#include "base/parallel.h"
#include "cli/config_file.h"
#include "cli/lint_output.h"
#include "cli/repository.h"
#include "cli/route_input.h"
#include "cli/test_output.h"
#include "cli/version.h"
#include "load/discover.h"
#include "report/tests.h"
#include "route/regex.h"
#include "suite/coverage.h"
#include "suite/read.h"
#include "suite/run.h"

namespace wicket::cli {
namespace {

constexpr std::size_t kMaxFile = 64 << 20;  // bytes of a test file

/// A table, and everything that it views.
struct Routes {
  load::Loaded loaded;
  std::optional<route::RouteTable> table;  // nothing: the manifests could not be used
  std::optional<suite::Coverage> coverage;
  ExitCode code = ExitCode::kClean;
};

// ---- test files ----

Result<std::string> read_bytes(const std::string& path, FileReader& reader) {
  Result<std::unique_ptr<OpenFile>> file = reader.open(path);
  if (!file) return tl::unexpected<Error>(file.error());
  std::string bytes;
  std::string block(1 << 16, '\0');
  while (true) {
    const Result<std::size_t> count = (*file)->read(block.data(), block.size());
    if (!count) return tl::unexpected<Error>(count.error());
    if (*count == 0) return bytes;
    bytes.append(block, 0, *count);
    if (bytes.size() > kMaxFile) return failure(ErrorCode::kTooLarge, "larger than 64 MiB");
  }
}

/// The test files of a run, in the order in which they were named or found.
std::vector<suite::Suite> read_suites(const TestOptions& options, report::TestReport& report, FileReader& reader) {
  load::Discovered found =
      load::discover(options.tests, /*honour_ignore_files=*/true, reader, exclusion(options.common.settings));
  std::erase_if(found.files,
                [](const load::FoundFile& file) { return !file.named_explicitly && !suite::is_test_file(file.path); });
  for (const load::Failure& failure : found.failures) report.failures.push_back({failure.file, failure.error.message});

  std::vector<std::optional<suite::Suite>> suites(found.files.size());
  std::vector<std::optional<Error>> errors(found.files.size());
  parallel_for(found.files.size(), thread_count(options.common.jobs), [&](std::size_t i) {
    Result<std::string> bytes = read_bytes(found.files[i].path, reader);
    if (!bytes) {
      errors[i] = bytes.error();
      return;
    }
    suites[i] =
        suite::read_suite(found.files[i].path, *std::move(bytes),
                          {.default_namespace = options.default_namespace, .cluster_domain = options.cluster_domain});
  });
  std::vector<suite::Suite> read;
  for (std::size_t i = 0; i < suites.size(); ++i) {
    if (errors[i]) report.failures.push_back({found.files[i].path, errors[i]->message});
    if (!suites[i]) continue;
    if (suites[i]->is_manifest) {
      if (!found.files[i].named_explicitly) continue;  // a manifest whose name ends like that of a test
      suites[i]->errors.push_back({{}, "this is a manifest and holds no tests"});
    }
    read.push_back(*std::move(suites[i]));
  }
  return read;
}

// ---- the routes that a file asks about ----

std::optional<GatewayName> gateway_name(const std::string& text, const std::string& default_namespace) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return GatewayName{default_namespace, text};
  return GatewayName{text.substr(0, slash), text.substr(slash + 1)};
}

std::vector<LabelArgument> labels(const suite::Labels& labels) {
  std::vector<LabelArgument> all;
  for (const auto& [key, value] : labels) all.push_back({key, value});
  return all;
}

/// What the command line says, and the file where that says nothing.
RoutingOptions routing(const TestOptions& options, const suite::Suite& suite) {
  RoutingOptions routing = options;
  const suite::Target& target = suite.target;
  if (options.paths.empty()) {
    const std::filesystem::path folder = std::filesystem::path(suite.file).parent_path();
    for (const std::string& path : target.manifests)
      routing.paths.push_back((folder / path).lexically_normal().generic_string());
    if (routing.paths.empty()) routing.paths = {folder.empty() ? "." : folder.generic_string()};
  }
  if (!options.common.names_namespace && target.default_namespace)
    routing.default_namespace = *target.default_namespace;
  if (!options.common.names_cluster_domain && target.cluster_domain) routing.cluster_domain = *target.cluster_domain;
  if (!options.gateway && !options.from_mesh && target.gateway) {
    routing.from_mesh = *target.gateway == "mesh";
    if (!routing.from_mesh) routing.gateway = gateway_name(*target.gateway, routing.default_namespace);
  }
  if (options.workload_labels.empty()) routing.workload_labels = labels(target.workload_labels);
  if (options.workload_namespace.empty()) routing.workload_namespace = target.workload_namespace.value_or("");
  routing.source_labels = labels(target.source_labels);
  routing.source_namespace = target.source_namespace.value_or("");
  if (!options.istio_version && target.istio_version)
    routing.istio_version = ReleaseNumber{target.istio_version->first, target.istio_version->second};
  routing.closed_world = routing.closed_world || target.closed_world.value_or(false);
  return routing;
}

/// Equal for two files that ask the same routes.
std::string key_of(const RoutingOptions& routing) {
  std::string key;
  for (const std::string& path : routing.paths) key += path + '\n';
  key += fmt::format("{} {} {} {} {}\n", routing.from_mesh, routing.closed_world, routing.default_namespace,
                     routing.cluster_domain, routing.workload_namespace);
  if (routing.gateway) key += routing.gateway->ns + "/" + routing.gateway->name + "\n";
  if (routing.istio_version) key += fmt::format("{}.{}\n", routing.istio_version->major, routing.istio_version->minor);
  for (const auto& list : {routing.workload_labels, routing.source_labels}) {
    for (const LabelArgument& label : list) key += label.key + "=" + label.value + ",";
    key += "\n";
  }
  return key += routing.source_namespace;
}

std::unique_ptr<Routes> make_routes(const RoutingOptions& routing, const TestOptions& options, Streams& streams) {
  auto routes = std::make_unique<Routes>();
  routes->loaded = load_routes(routing, options.common.jobs, streams.in, streams.err);
  routes->code = check_input(routing, routes->loaded, streams.err);
  if (routes->code != ExitCode::kClean) return routes;
  if (!routes->loaded.failures.empty()) routes->code = ExitCode::kFailure;
  routes->table.emplace(make_table(routing, *routes->loaded.workspace));
  if (options.coverage) routes->coverage.emplace(*routes->table, *routes->loaded.workspace, routes->loaded.sources);
  return routes;
}

// ---- one file ----

report::TestedFile run_file(const suite::Suite& suite, const std::optional<route::Regex>& filter, Routes& routes,
                            std::size_t threads) {
  report::TestedFile file{.file = suite.file, .cases = {}, .errors = report::file_errors(suite)};
  if (!routes.table) return file;
  std::vector<const suite::Case*> chosen;
  for (const suite::Case& test : suite.cases)
    if (!filter || filter->full_match(test.name)) chosen.push_back(&test);
  for (const suite::CaseResult& result : suite::run(chosen, *routes.table, threads)) {
    if (routes.coverage)
      routes.coverage->add(result.decision, {.every_destination = !result.test->draw.route &&
                                                                  suite::looks_at_destinations(*result.test)});
    file.cases.push_back(report::tested_case(result, suite, *routes.table, routes.loaded.sources));
  }
  return file;
}

std::string searched_in(const TestOptions& options) {
  std::string all;
  for (const std::string& path : options.tests) all += (all.empty() ? "" : ", ") + path;
  return all.empty() ? "the current folder" : all;
}

/// Why nothing ran; empty where something did.
std::string nothing_ran(const TestOptions& options, const report::TestReport& report, bool has_cases) {
  if (count_tests(report).tests > 0) return {};
  if (has_cases && !options.filter.empty())
    return fmt::format("no test has a name that --filter '{}' takes", options.filter);
  if (!report.files.empty()) return "no tests ran";
  return fmt::format("no tests in {}: test files are called *_test.yaml", searched_in(options));
}

}  // namespace

ExitCode cmd_test(const TestOptions& options, Streams& streams) {
  std::optional<route::Regex> filter;
  if (!options.filter.empty()) {
    std::string why;
    filter = route::Regex::compile(options.filter, &why);
    if (filter) filter = route::Regex::compile(fmt::format("(?s:.*(?:{}).*)", options.filter), &why);
    if (!filter) {
      streams.err << fmt::format("wicket: --filter '{}' is no regex: {}\n", options.filter, why);
      return ExitCode::kUsage;
    }
  }

  DiskReader reader;
  report::TestReport report{.files = {},
                            .failures = {},
                            .coverage = {},
                            .fail_under = options.fail_under,
                            .tool_version = version(),
                            .paths = repository_paths()};
  const std::vector<suite::Suite> suites = read_suites(options, report, reader);
  ExitCode code = report.failures.empty() ? ExitCode::kClean : ExitCode::kFailure;
  for (const report::UnreadFile& failure : report.failures)
    streams.err << fmt::format("wicket: cannot read {}: {}\n", failure.file, failure.message);

  std::map<std::string, std::unique_ptr<Routes>> tables;
  bool has_cases = false;
  for (const suite::Suite& suite : suites) {
    has_cases = has_cases || !suite.cases.empty();
    if (!suite.errors.empty()) code = worse(code, ExitCode::kUsage);
    if (suite.cases.empty() && !suite.errors.empty()) {  // which manifests are meant may be a part of what is wrong
      report.files.push_back({.file = suite.file, .cases = {}, .errors = report::file_errors(suite)});
      continue;
    }
    const RoutingOptions wanted = routing(options, suite);
    std::unique_ptr<Routes>& routes = tables[key_of(wanted)];
    if (routes == nullptr) routes = make_routes(wanted, options, streams);
    code = worse(code, routes->code);
    report.files.push_back(run_file(suite, filter, *routes, options.common.jobs));
  }
  if (options.coverage) {
    report.coverage.emplace();
    for (const auto& [key, routes] : tables)
      if (routes->coverage) merge(*report.coverage, routes->coverage->report());
  }

  if (const std::string why = nothing_ran(options, report, has_cases); !why.empty()) {
    streams.err << "wicket: " << why << '\n';
    code = worse(code, ExitCode::kUsage);
    if (report.files.empty()) return code;
  }
  code = worse(code, write_test_reports(report, options, streams));
  if (count_tests(report).failed > 0 || lacks_coverage(report)) code = worse(code, ExitCode::kFindings);
  return code;
}

}  // namespace wicket::cli
