#include "check/unknown_fields.h"

#include <algorithm>
#include <functional>

namespace wicket::check {
namespace {

struct Before {
  using Entry = std::pair<const yaml::Document*, yaml::NodeId>;
  bool operator()(const Entry& a, const Entry& b) const {
    return a.first != b.first ? std::less<>()(a.first, b.first) : a.second < b.second;
  }
};

/// Whether the key that the problem is about may stand for a field.
bool hides_fields(const model::Problem& problem) {
  using enum model::ProblemKind;
  if (problem.kind == kYaml)
    return problem.yaml == yaml::ProblemKind::kCollectionKey || problem.yaml == yaml::ProblemKind::kNullKey ||
           problem.yaml == yaml::ProblemKind::kBadMerge || problem.yaml == yaml::ProblemKind::kTemplate;
  return problem.kind == kUnknownField || problem.kind == kSnakeCase || problem.kind == kMisplaced ||
         problem.kind == kTemplate;
}

}  // namespace

UnknownFields::UnknownFields(const model::ParsedFile& file) {
  for (const model::Problem& problem : file.problems) {
    if (hides_fields(problem) && problem.document != nullptr && problem.node != yaml::NodeId::kNone)
      mappings_.emplace_back(problem.document, problem.document->parent(problem.node));
  }
  std::ranges::sort(mappings_, Before());
}

bool UnknownFields::in(const yaml::Document& document, yaml::NodeId mapping) const {
  return !mappings_.empty() && std::ranges::binary_search(mappings_, std::pair(&document, mapping), Before());
}

}  // namespace wicket::check
