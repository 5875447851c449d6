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

}  // namespace

UnknownFields::UnknownFields(const model::ParsedFile& file) {
  for (const model::Problem& problem : file.problems) {
    using enum model::ProblemKind;
    const bool hides = problem.kind == kUnknownField || problem.kind == kSnakeCase || problem.kind == kMisplaced ||
                       problem.kind == kTemplate;
    if (hides && problem.document != nullptr && problem.node != yaml::NodeId::kNone)
      mappings_.emplace_back(problem.document, (*problem.document)[problem.node].parent);
  }
  std::ranges::sort(mappings_, Before());
}

bool UnknownFields::in(const yaml::Document& document, yaml::NodeId mapping) const {
  return !mappings_.empty() && std::ranges::binary_search(mappings_, std::pair(&document, mapping), Before());
}

}  // namespace wicket::check
