#include "check/fixes.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace wicket::check {
namespace {

/// The edits of one file that are settled, by the place where they begin.
class Taken {
 public:
  /// Whether an edit meets none of them, not even end to end: two that touch could make one token of two.
  [[nodiscard]] bool is_free(const Span& span) const {
    const auto after = edits_.upper_bound(span.end);
    return after == edits_.begin() || std::prev(after)->second.span.end < span.begin;
  }
  void add(const Edit& edit) { edits_.emplace(edit.span.begin, edit); }

  [[nodiscard]] std::vector<Edit> in_order() const {
    std::vector<Edit> edits;
    for (const auto& [begin, edit] : edits_) edits.push_back(edit);
    return edits;
  }
  std::size_t findings = 0;

 private:
  std::map<std::uint32_t, Edit> edits_;
};

}  // namespace

std::vector<FileRepair> plan_repairs(const std::vector<Diagnostic>& findings, Safety least) {
  std::map<FileId, Taken> files;
  for (const Diagnostic& finding : findings) {
    const Fix& fix = finding.fix;
    if (fix.edits.empty() || fix.safety < least) continue;
    const bool free =
        std::ranges::all_of(fix.edits, [&](const Edit& edit) { return files[edit.span.file].is_free(edit.span); });
    if (!free) continue;
    for (const Edit& edit : fix.edits) files[edit.span.file].add(edit);
    ++files[fix.edits.front().span.file].findings;
  }
  std::vector<FileRepair> repairs;
  for (const auto& [file, taken] : files)
    if (auto edits = taken.in_order(); !edits.empty())
      repairs.push_back({.file = file, .edits = std::move(edits), .findings = taken.findings});
  return repairs;
}

std::string apply_edits(std::string_view bytes, const std::vector<Edit>& edits) {
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    out += bytes.substr(at, edit.span.begin - at);
    out += edit.text;
    at = edit.span.end;
  }
  return out += bytes.substr(at);
}

}  // namespace wicket::check
