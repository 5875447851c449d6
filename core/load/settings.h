// The settings file wicket.yaml: what a repository has decided once for everybody who runs wicket in it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file_reader.h"
#include "base/result.h"
#include "base/source_set.h"
#include "base/span.h"
#include "load/serve_settings.h"

namespace wicket::load {

inline constexpr std::string_view kSettingsName = "wicket.yaml";

enum class RuleLevel : std::uint8_t { kOff, kInfo, kWarning, kError };

/// `CODE: level` under `rules`.
struct RuleSetting {
  std::string code;  // as written: id, name, prefix, code of another tool, all
  Span span;
  RuleLevel level{};
};

/// An item of `per-file`.
struct FileSetting {
  std::vector<std::string> files;  // patterns as in .gitignore
  std::vector<RuleSetting> rules;
};

/// `mesh`: what rules::MeshSettings holds. Nothing: as a fresh install has it.
struct MeshChoice {
  std::optional<std::pair<std::uint32_t, std::uint32_t>> istio_version;  // major, minor
  std::optional<std::string> root_namespace;
  std::optional<std::string> path_normalization;  // one of kPathNormalizations
  std::optional<std::uint32_t> trusted_proxies;
  std::optional<bool> scope_gateways_to_namespace;
  std::optional<bool> accept_http10;
  std::optional<std::vector<std::string>> virtual_service_export_to;
  std::optional<std::vector<std::string>> destination_rule_export_to;
  std::optional<std::vector<std::string>> service_export_to;
};
/// Source: Istio MeshConfig.ProxyPathNormalization.NormalizationType.
inline constexpr std::string_view kPathNormalizations[] = {"NONE", "BASE", "MERGE_SLASHES", "DECODE_AND_MERGE_SLASHES"};

/// An item of `known.gateway-workloads`.
struct KnownWorkload {
  std::string ns;
  std::vector<std::pair<std::string, std::string>> labels;
};

/// `known`: what exists outside of the manifests.
struct KnownObjects {
  std::vector<std::string> services;  // host names; *.x.y stands for all below
  std::vector<std::string> gateways;  // namespace/name
  std::vector<std::string> secrets;   // namespace/name
  std::vector<std::string> namespaces;
  std::vector<KnownWorkload> gateway_workloads;
};

struct Settings {
  std::string file;                    // as messages call it
  std::string folder;                  // that its paths and patterns start from; empty: where we are
  std::shared_ptr<SourceFile> source;  // its spans have the id 0 until it joins a SourceSet
  std::vector<std::string> include;    // patterns; empty: every manifest
  std::vector<std::string> exclude;
  std::vector<RuleSetting> rules;
  std::vector<FileSetting> per_file;
  std::optional<std::string> fail_on;   // one of kFailOnLevels
  std::optional<std::string> baseline;  // path from `folder`
  std::optional<std::string> default_namespace;
  std::optional<std::string> cluster_domain;
  std::optional<bool> closed_world;
  MeshChoice mesh;
  KnownObjects known;
  ServeChoice serve;
};
inline constexpr std::string_view kFailOnLevels[] = {"error", "warning", "info", "never"};

/// The settings, or all that is wrong with them: "wicket.yaml:3:5: unknown key …".
struct ReadSettings {
  Settings settings;
  std::vector<std::string> errors;
};

/// The path of the settings that hold for the current folder: the nearest wicket.yaml from here upwards, as far as the
/// top of the repository (the folder that holds `.git`); outside of a repository only here. Empty: there is none.
[[nodiscard]] std::string find_settings(FileReader& reader);

/// Reads settings. Unknown keys are errors with a suggestion, like everything else that could mean two things.
/// Errors: those of opening and reading the file.
/// Schema: schemas/settings.schema.json.
[[nodiscard]] Result<ReadSettings> read_settings(const std::string& path, FileReader& reader);

/// The same from bytes.
[[nodiscard]] ReadSettings parse_settings(std::string path, std::string bytes);

}  // namespace wicket::load
