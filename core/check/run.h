// All checks over one input.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_set.h"
#include "check/diagnostic.h"
#include "check/estate.h"
#include "check/selection.h"
#include "check/unknown_fields.h"
#include "model/workspace.h"
#include "rules/rule_set.h"

namespace wicket::check {

/// What a check may look at.
struct CheckInput {
  const SourceSet& sources;
  const model::Workspace& workspace;
  bool closed_world = false;  // the input is all there is: a reference that nothing answers is a finding
  std::string folder = {};    // that the names of files start from, below the top of the repository
  rules::MeshSettings mesh = {};
  Known known = {};
  std::optional<std::chrono::sys_seconds> now = {};  // to judge by which certificates are valid; nothing: do not
  const Estate* estate = nullptr;                    // made by run() from the above
};

/// A VirtualService that a family is shown.
struct Visit {
  const model::Resource& resource;
  const model::VirtualService& spec;
  const UnknownFields& unknown_fields;  // of its file
};

struct Policy;

struct CheckOptions {
  Selection selection;
  bool only_admission = false;     // leave out what nobody objects to when the object is applied
  const Policy* policy = nullptr;  // levels, files apart, baseline; comments and annotations count without one
};

struct CheckResult {
  std::vector<Diagnostic> diagnostics;     // by file, then offset, then rule id
  std::vector<Suppressed> suppressed;      // what the user asked not to hear of, in the same order
  std::size_t unknown_references = 0;      // references that the input does not answer, and need not
  std::shared_ptr<const Estate> estate{};  // what was made of the input on the way, for whoever wants to keep it
};

/// Puts findings in order: by file, offset, rule id.
void in_order(std::vector<Diagnostic>& findings);

/// Adds findings where they belong in the order.
void add(std::vector<Diagnostic> more, std::vector<Diagnostic>& findings);

/// Runs every family. The order of the result does not depend on the number of threads or on the order of checks.
[[nodiscard]] CheckResult run(const CheckInput& input, const CheckOptions& options);

}  // namespace wicket::check
