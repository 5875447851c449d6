#include "cli/route_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/edit_distance.h"
#include "base/file_reader.h"
#include "cli/config_file.h"
#include "route/compile.h"
#include "rules/lower.h"

namespace wicket::cli {
namespace {

// What the settings exclude, and files that are here for another purpose.
load::IsExcluded passes_over(const RoutingOptions& options) {
  load::IsExcluded by_settings = exclusion(options.settings);
  if (options.no_manifests.empty()) return by_settings;
  return [by_settings = std::move(by_settings), files = options.no_manifests](const std::string& path, bool is_folder) {
    if (by_settings && by_settings(path, is_folder)) return true;
    const std::filesystem::path found(path);
    return !is_folder && std::ranges::any_of(files, [&](const std::filesystem::path& other) {
      std::error_code unreadable;
      return found.filename() == other.filename() && std::filesystem::equivalent(found, other, unreadable);
    });
  };
}

load::LoadOptions load_options(const RoutingOptions& options, std::size_t threads) {
  return {.paths = options.paths,
          .stdin_name = options.stdin_filename,
          .threads = threads,
          .is_excluded = passes_over(options),
          .workspace = {.default_namespace = options.default_namespace, .cluster_domain = options.cluster_domain}};
}

// Objections after which something that was written is not used.
bool loses_content(const model::Problem& problem) {
  using enum model::ProblemKind;
  // Read as it is meant, whatever lint says about it.
  if (problem.kind == kYaml &&
      (problem.yaml == yaml::ProblemKind::kMergeUsed || problem.yaml == yaml::ProblemKind::kNotStrictJson))
    return false;
  constexpr std::array kKinds = {kYaml,         kBooleanForString, kNumberForString, kWrongScalar, kWrongType,
                                 kFraction,     kOutOfRange,       kBadEnum,         kBadDuration, kNotBase64,
                                 kTemplate,     kUnknownField,     kSnakeCase,       kMisplaced,   kUnknownVersion,
                                 kUnknownGroup, kUnknownKind,      kNoName,          kNoSpec,      kNoKind};
  return std::ranges::find(kKinds, problem.kind) != kKinds.end();
}

constexpr std::size_t kBrokenFiles = 3;  // that are named; more are counted

std::string broken_words(std::ptrdiff_t count) {
  return count == 1 ? "something is" : fmt::format("{} things are", count);
}

// A few lines, or one: what is broken is lint's to say.
void complain(const load::Loaded& loaded, std::ostream& err) {
  for (const load::Failure& failure : loaded.failures)
    err << fmt::format("wicket: cannot read {}: {}\n", failure.file, failure.error.message);
  std::vector<std::pair<std::string_view, std::ptrdiff_t>> broken;
  std::ptrdiff_t all = 0;
  for (const auto& file : loaded.workspace->files()) {
    const auto count = std::ranges::count_if(file->problems, loses_content);
    if (count > 0) broken.emplace_back(file->source->name, count);
    all += count;
  }
  if (broken.size() > kBrokenFiles) {
    err << fmt::format("wicket: {} not used in {} files, such as {}; the rest is; `wicket lint` shows them\n",
                       broken_words(all), broken.size(), broken.front().first);
    return;
  }
  for (const auto& [name, count] : broken)
    err << fmt::format("wicket: {}: {} not used, the rest is; run `wicket lint {}`\n", name, broken_words(count), name);
}

std::string full_name(const GatewayName& gateway) { return gateway.ns + "/" + gateway.name; }

// Says so when the Gateway that is asked for is not in the input.
bool has_gateway(const model::Workspace& workspace, const GatewayName& wanted, std::ostream& err) {
  if (workspace.find(model::Kind::kGateway, wanted.ns, wanted.name) != nullptr) return true;
  std::vector<std::string> known;
  for (const model::Resource* gateway : workspace.all(model::Kind::kGateway))
    known.push_back(std::string(workspace.ns_of(*gateway)).append("/").append(gateway->name()));
  const std::vector<std::string_view> views(known.begin(), known.end());
  const std::string name = full_name(wanted);
  const std::optional<std::string_view> near = nearest(name, views);
  err << fmt::format("wicket: the input has no Gateway {}{}\n", name,
                     near ? fmt::format("; did you mean {}?", *near) : std::string());
  return false;
}

// The gateway's pods, as far as options say what they are.
std::optional<rules::Workload> workload(const RoutingOptions& options) {
  if (options.workload_labels.empty() && options.workload_namespace.empty()) return std::nullopt;
  rules::Workload workload;
  if (!options.workload_namespace.empty()) workload.ns = options.workload_namespace;
  if (!options.workload_labels.empty()) workload.labels.clear();
  for (const LabelArgument& label : options.workload_labels) workload.labels.emplace_back(label.key, label.value);
  return workload;
}

// The pod that calls from inside the mesh.
rules::Workload caller(const RoutingOptions& options) {
  rules::Workload pod{.ns = options.source_namespace.empty() ? "default" : options.source_namespace, .labels = {}};
  for (const LabelArgument& label : options.source_labels) pod.labels.emplace_back(label.key, label.value);
  return pod;
}

}  // namespace

load::Loaded load_routes(const RoutingOptions& options, std::size_t threads, std::istream& in, std::ostream& err) {
  DiskReader reader;
  load::Loaded loaded = load::load(load_options(options, threads), reader, in);
  complain(loaded, err);
  return loaded;
}

ExitCode check_input(const RoutingOptions& options, const load::Loaded& loaded, std::ostream& err) {
  if (!loaded.failures.empty() && loaded.workspace->files().empty()) return ExitCode::kFailure;
  if (options.gateway && !has_gateway(*loaded.workspace, *options.gateway, err)) return ExitCode::kUsage;
  return ExitCode::kClean;
}

route::RouteTable make_table(const RoutingOptions& options, const model::Workspace& workspace) {
  rules::LowerOptions lower;
  if (options.gateway) lower.only_gateway = full_name(*options.gateway);
  lower.workload = options.from_mesh ? caller(options) : workload(options);
  if (options.from_mesh) lower.viewpoint = rules::Viewpoint::kMesh;
  lower.mesh = mesh_settings(options.settings);
  if (options.istio_version) lower.mesh.version = {options.istio_version->major, options.istio_version->minor};
  lower.closed_world = options.closed_world;
  return route::compile(std::make_shared<const rules::RuleSet>(rules::lower(workspace, lower)));
}

}  // namespace wicket::cli
