#include "cli/route_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/edit_distance.h"
#include "base/file_reader.h"
#include "cli/config_file.h"
#include "route/compile.h"
#include "rules/lower.h"

namespace wicket::cli {
namespace {

load::LoadOptions load_options(const RoutingOptions& options, std::size_t threads) {
  return {.paths = options.paths,
          .stdin_name = options.stdin_filename,
          .threads = threads,
          .is_excluded = exclusion(options.settings),
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

// One line a file: what is broken is lint's to say.
void complain(const load::Loaded& loaded, std::ostream& err) {
  for (const load::Failure& failure : loaded.failures)
    err << fmt::format("wicket: cannot read {}: {}\n", failure.file, failure.error.message);
  for (const auto& file : loaded.workspace->files()) {
    const auto broken = std::ranges::count_if(file->problems, loses_content);
    if (broken == 0) continue;
    const std::string& name = file->source->name;
    err << fmt::format("wicket: {}: {} not used, the rest is; run `wicket lint {}`\n", name,
                       broken == 1 ? "something is" : fmt::format("{} things are", broken), name);
  }
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
