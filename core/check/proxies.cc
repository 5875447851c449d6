#include "check/proxies.h"

#include <algorithm>
#include <utility>

#include "check/assumed_gateways.h"
#include "route/compile.h"
#include "rules/lower.h"

namespace wicket::check {
namespace {

model::Workspace with(const model::Workspace& workspace, const std::shared_ptr<const model::ParsedFile>& more) {
  std::vector<std::shared_ptr<const model::ParsedFile>> files(workspace.files().begin(), workspace.files().end());
  if (more != nullptr) files.push_back(more);
  return {std::move(files), workspace.options()};
}

bool is_assumed(const rules::RuleSet& rules) {
  return std::ranges::any_of(rules.workload.labels, [](const auto& label) { return label.first == "wicket/assumed"; });
}

}  // namespace

const route::RouteTable& Proxy::table() const {
  if (!table_) table_.emplace(route::compile(rules_));
  return *table_;
}

Proxies::Proxies(const model::Workspace& workspace, const rules::MeshSettings& mesh)
    : assumed_(assume_gateways(workspace)),
      workspace_(with(workspace, assumed_)),
      sidecars_(rules::lower_sidecars(workspace_, {.mesh = mesh})) {
  for (rules::RuleSet& rules : rules::lower_all(workspace_, {.mesh = mesh, .only_routes = true})) {
    const bool is_real = !is_assumed(rules);
    std::erase_if(rules.problems, [](const rules::Problem& problem) { return problem.span.file == kNowhere; });
    gateways_.emplace_back(std::move(rules), is_real);
  }
}

const model::Resource* Proxies::virtual_service(std::string_view full_name) const {
  const std::size_t slash = full_name.find('/');
  if (slash == std::string_view::npos) return nullptr;
  return workspace_.find(model::Kind::kVirtualService, full_name.substr(0, slash), full_name.substr(slash + 1));
}

}  // namespace wicket::check
