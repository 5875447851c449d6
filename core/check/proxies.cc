#include "check/proxies.h"

#include <algorithm>
#include <utility>

#include "check/assumed_gateways.h"
#include "route/compile.h"
#include "rules/bindings.h"
#include "rules/lower.h"

namespace wicket::check {
namespace {

std::optional<model::Workspace> with_assumed_gateways(const model::Workspace& workspace) {
  std::shared_ptr<const model::ParsedFile> assumed = assume_gateways(workspace);
  if (assumed == nullptr) return std::nullopt;
  std::vector<std::shared_ptr<const model::ParsedFile>> files(workspace.files().begin(), workspace.files().end());
  files.push_back(std::move(assumed));
  return model::Workspace(std::move(files), workspace.options());
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
    : extended_(with_assumed_gateways(workspace)), workspace_(extended_ ? *extended_ : workspace) {
  const rules::VirtualServices services(workspace_);
  sidecars_ = rules::lower_sidecars(workspace_, services, {.mesh = mesh});
  for (rules::RuleSet& rules : rules::lower_all(workspace_, services, {.mesh = mesh, .only_routes = true})) {
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
