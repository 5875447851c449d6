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

std::vector<std::string_view> annotated_export_to(const model::Resource& service) {
  const auto* annotation = service.metadata.annotations.find("networking.istio.io/exportTo");
  std::string_view text = annotation != nullptr ? *annotation->value : std::string_view();
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

}  // namespace wicket::rules
