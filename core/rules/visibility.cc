#include "rules/visibility.h"

#include <algorithm>

namespace wicket::rules {

Visibility visibility(std::span<const std::string_view> export_to, std::string_view ns, std::string_view viewer) {
  const auto names = [export_to](std::string_view wanted) {
    return std::ranges::find(export_to, wanted) != export_to.end();
  };
  if (export_to.empty() || names("*")) return Visibility::kPublic;
  if (viewer == ns) return names(".") || names(ns) ? Visibility::kPrivate : Visibility::kHidden;
  return names(viewer) ? Visibility::kExported : Visibility::kHidden;
}

}  // namespace wicket::rules
