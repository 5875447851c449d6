#include "cli/config_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <type_traits>
#include <variant>

#include "base/file_reader.h"
#include "cli/interpret_serve.h"
#include "cli/serve_set.h"
#include "load/ignore_file.h"
#include "load/pattern_list.h"

namespace wicket::cli {
namespace {

namespace fs = std::filesystem;

template <class Options>
constexpr bool kReadsManifests = std::is_same_v<Options, LintOptions> || std::is_base_of_v<RoutingOptions, Options>;

template <class Options>
void fill_common(Options& options, const load::Settings& settings) {
  if (!options.common.names_namespace && settings.default_namespace)
    options.default_namespace = *settings.default_namespace;
  if (!options.common.names_cluster_domain && settings.cluster_domain)
    options.cluster_domain = *settings.cluster_domain;
  if (settings.closed_world) options.closed_world = options.closed_world || *settings.closed_world;
}

void fill(LintOptions& options, const load::Settings& settings) {
  fill_common(options, settings);
  if (!options.names_fail_on && settings.fail_on) {
    switch (std::ranges::find(load::kFailOnLevels, *settings.fail_on) - std::begin(load::kFailOnLevels)) {
      case 0:
        options.fail_on = check::Severity::kError;
        break;
      case 1:
        options.fail_on = check::Severity::kWarning;
        break;
      case 2:
        options.fail_on = check::Severity::kInfo;
        break;
      default:
        options.fail_on.reset();
    }
  }
  if (options.baseline.empty() && options.write_baseline.empty() && settings.baseline)
    options.baseline = from_settings(settings, *settings.baseline);
}

template <class Options>
requires std::is_base_of_v<RoutingOptions, Options>
void fill(Options& options, const load::Settings& settings) {
  fill_common(options, settings);
  options.settings = options.common.settings;
}

// What the command line says of a destination or a port stands alone there.
void fill_places(ServeOptions& options, const load::Settings& settings) {
  const auto same = [&](const load::BackendName& a, const load::BackendName& b) {
    return host_in_full(a, options) == host_in_full(b, options) && a.port == b.port && a.subset == b.subset;
  };
  const std::vector<BackendArgument> named = options.backends;
  for (const load::BackendChoice& choice : settings.serve.backends) {
    if (std::ranges::any_of(named, [&](const auto& one) { return same(one.name, choice.name); })) continue;
    options.backends.push_back(choice);
    options.backends.back().text = fmt::format("{}: {}", settings.file, choice.text);
  }
  const std::vector<PortArgument> ports = options.ports;
  for (const load::PortPlace& place : settings.serve.ports)
    if (std::ranges::find(ports, place.gateway_port, &PortArgument::gateway_port) == ports.end())
      options.ports.push_back(place);
}

void fill(ServeOptions& options, const load::Settings& settings) {
  fill<ServeOptions>(options, settings);
  fill_places(options, settings);
  const load::ServeChoice& serve = settings.serve;
  if (!options.names_unmapped && serve.unmapped)
    options.unmapped = static_cast<Unmapped>(std::ranges::find(kUnmappedWords, *serve.unmapped) - kUnmappedWords);
  if (!options.names_address && serve.address) options.address = *serve.address;
  if (serve.port_mapping_in_headers) options.maps_headers = options.maps_headers && *serve.port_mapping_in_headers;
  if (serve.watch) options.watches = options.watches && *serve.watch;
  if (!options.names_admin_port && serve.admin_port) {
    options.names_admin_port = true;
    options.admin_port = *serve.admin_port == load::kServeOff ? std::nullopt : load::parse_port(*serve.admin_port, 0);
  }
  if (!options.names_access_log && serve.access_log) {
    set_access_log(options, *serve.access_log);
    if (!options.access_log_file.empty()) options.access_log_file = from_settings(settings, options.access_log_file);
  }
}

/// The settings of one command; nothing where there are none. `code` tells what went wrong.
std::shared_ptr<const load::Settings> settings_of(const CommonOptions& common, Streams& streams, ExitCode& code) {
  if (common.no_config) return nullptr;
  DiskReader reader;
  const std::string path = common.config.empty() ? load::find_settings(reader) : common.config;
  if (path.empty()) return nullptr;
  Result<load::ReadSettings> read = load::read_settings(path, reader);
  if (!read) {
    streams.err << fmt::format("wicket: cannot read {}: {}\n", path, read.error().message);
    code = ExitCode::kFailure;
    return nullptr;
  }
  if (!read->errors.empty()) {
    for (const std::string& error : read->errors) streams.err << "wicket: " << error << '\n';
    code = ExitCode::kUsage;
    return nullptr;
  }
  if (common.verbosity == Verbosity::kVerbose) streams.err << "wicket: settings from " << path << '\n';
  return std::make_shared<const load::Settings>(std::move(read->settings));
}

}  // namespace

ExitCode apply_settings(Command& command, Streams& streams) {
  return std::visit(
      [&](auto& options) {
        ExitCode code = ExitCode::kClean;
        if constexpr (kReadsManifests<std::decay_t<decltype(options)>>) {
          options.common.settings = settings_of(options.common, streams, code);
          if (options.common.settings != nullptr) fill(options, *options.common.settings);
        }
        return code;
      },
      command);
}

std::string from_settings(const load::Settings& settings, const std::string& path) {
  return (fs::path(settings.folder) / path).lexically_normal().generic_string();
}

std::string below_settings(const load::Settings& settings, const std::string& path) {
  std::error_code error;
  const fs::path folder = fs::absolute(settings.folder.empty() ? "." : settings.folder, error).lexically_normal();
  const fs::path relative = fs::absolute(path, error).lexically_normal().lexically_relative(folder);
  const std::string text = relative.generic_string();
  return error || text.starts_with("..") ? std::string() : text;
}

load::IsExcluded exclusion(const std::shared_ptr<const load::Settings>& settings) {
  if (settings == nullptr) return {};
  const auto include = std::make_shared<const load::PatternList>(settings->include);
  const auto exclude = std::make_shared<const load::PatternList>(settings->exclude);
  return [settings, include, exclude](const std::string& path, bool is_folder) {
    const std::string below = below_settings(*settings, path);
    if (below.empty()) return false;
    if (!is_folder && (below == load::kSettingsName || (settings->baseline && below == *settings->baseline)))
      return true;
    if (exclude->matches(below, is_folder)) return true;
    return !is_folder && !settings->include.empty() && !include->matches(below, is_folder);
  };
}

rules::MeshSettings mesh_settings(const std::shared_ptr<const load::Settings>& settings) {
  rules::MeshSettings mesh;
  if (settings == nullptr) return mesh;
  const load::MeshChoice& choice = settings->mesh;
  if (choice.istio_version) mesh.version = {choice.istio_version->first, choice.istio_version->second};
  if (choice.root_namespace) mesh.root_namespace = *choice.root_namespace;
  if (choice.path_normalization) {
    mesh.path_normalization =
        static_cast<rules::PathNormalization>(std::ranges::find(load::kPathNormalizations, *choice.path_normalization) -
                                              std::begin(load::kPathNormalizations));
  }
  if (choice.trusted_proxies) mesh.trusted_proxies = *choice.trusted_proxies;
  if (choice.scope_gateways_to_namespace) mesh.scope_gateways_to_namespace = *choice.scope_gateways_to_namespace;
  if (choice.accept_http10) mesh.accept_http10 = *choice.accept_http10;
  if (choice.virtual_service_export_to) mesh.virtual_service_export_to = *choice.virtual_service_export_to;
  if (choice.destination_rule_export_to) mesh.destination_rule_export_to = *choice.destination_rule_export_to;
  if (choice.service_export_to) mesh.service_export_to = *choice.service_export_to;
  return mesh;
}

}  // namespace wicket::cli
