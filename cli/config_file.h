// The settings file, for every command that reads manifests: found, read, and filled in where the command line leaves a
// choice open.
#pragma once

#include <memory>
#include <string>

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/streams.h"
#include "load/load.h"
#include "load/settings.h"
#include "rules/rule_set.h"

namespace wicket::cli {

/// Reads the settings that hold for a command, keeps them in its common options, and lets them fill what was not given.
/// kUsage when they are wrong, kFailure when a file that was named cannot be read; both are told on standard error.
[[nodiscard]] ExitCode apply_settings(Command& command, Streams& streams);

/// What `include` and `exclude` keep from being read, and the settings' own files. Empty without settings.
[[nodiscard]] load::IsExcluded exclusion(const std::shared_ptr<const load::Settings>& settings);

/// The settings of the mesh, the defaults of a fresh install where there are none.
[[nodiscard]] rules::MeshSettings mesh_settings(const std::shared_ptr<const load::Settings>& settings);

/// A path of the settings file, which starts at the settings' folder, from where we are.
[[nodiscard]] std::string from_settings(const load::Settings& settings, const std::string& path);

/// A file as the patterns of the settings see it: from the settings' folder. Empty when it lies elsewhere.
[[nodiscard]] std::string below_settings(const load::Settings& settings, const std::string& path);

}  // namespace wicket::cli
