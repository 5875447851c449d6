#include "check/run_together.h"

#include <set>
#include <utility>

namespace wicket::check {

bool is_second_kind(const model::Problem& problem) {
  return problem.kind == model::ProblemKind::kYaml && problem.yaml == yaml::ProblemKind::kDuplicateKey &&
         problem.text == "kind" && problem.document->parent(problem.node) == problem.document->root;
}

void drop_followers(const model::Workspace& workspace, std::vector<Diagnostic>& diagnostics) {
  std::set<std::pair<FileId, std::uint32_t>> documents;
  for (const auto& file : workspace.files())
    for (const model::Problem& problem : file->problems)
      if (is_second_kind(problem)) documents.emplace(problem.span.file, problem.document->index);
  if (documents.empty()) return;
  std::erase_if(diagnostics, [&](const Diagnostic& diagnostic) {
    return !diagnostic.rule->id.starts_with("WK1") && documents.contains({diagnostic.span.file, diagnostic.document});
  });
}

}  // namespace wicket::check
