// Two objects in one document for want of a `---` line: the fields of the one are judged by the kind of the other.
#pragma once

#include "check/diagnostic.h"
#include "model/problem.h"
#include "model/workspace.h"

namespace wicket::check {

/// Whether the problem is a second `kind` at the top of a document.
[[nodiscard]] bool is_second_kind(const model::Problem& problem);

/// Takes away what the checks over typed resources said about documents with a second `kind`: all of it follows from
/// that.
void drop_followers(const model::Workspace& workspace, std::vector<Diagnostic>& diagnostics);

}  // namespace wicket::check
