// Findings in what Helm and Kustomize print: which file they come from.
#pragma once

#include <vector>

#include "check/diagnostic.h"
#include "model/workspace.h"

namespace wicket::check {

/// Adds a note to each finding in a document that says where it was rendered from: Helm's `# Source:` line at its top,
/// or Kustomize's origin annotation.
/// Source: helm template prints `# Source: CHART/PATH` behind each `---`; kustomize with buildMetadata
/// originAnnotations writes config.kubernetes.io/origin, a small YAML text with path, repo, ref and configuredIn.
void note_origins(const model::Workspace& workspace, std::vector<Diagnostic>& findings);

}  // namespace wicket::check
