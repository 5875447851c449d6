// Who sees a resource, as a set of namespaces.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/spanned.h"

namespace wicket::check {

/// Namespaces that exportTo names: {"*"} for all, which is also what no exportTo means; empty for `~`.
/// Source: Istio pkg/config/analysis/analyzers/util, IsExportToAllNamespaces.
[[nodiscard]] inline std::vector<std::string> export_scopes(const model::List<model::Text>& export_to,
                                                            std::string_view ns) {
  std::vector<std::string> scopes;
  for (const model::Text& entry : export_to) {
    if (!entry.valid || *entry == "~") continue;
    if (*entry == "*") return {"*"};
    scopes.emplace_back(*entry == "." ? ns : *entry);
  }
  if (export_to.empty()) scopes.emplace_back("*");
  return scopes;
}

}  // namespace wicket::check
