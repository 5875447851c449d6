// Known findings that are not reported again.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/source_set.h"
#include "base/span.h"

namespace wicket::check {

/// One known finding. Only the fingerprint decides; the rest is for people, and for telling which entries are stale.
struct BaselineEntry {
  std::string fingerprint;
  std::string code;
  std::string file = {};  // from the top of the repository
  std::string what = {};  // "VirtualService shop/routes spec.http[0].timeout"
  Span span = {};         // of the entry in its file
};

/// A list of known findings, of which each silences one finding.
class Baseline {
 public:
  Baseline() = default;
  explicit Baseline(std::vector<BaselineEntry> entries);

  /// Whether a finding with this fingerprint is known; each entry answers once.
  [[nodiscard]] bool take(std::string_view fingerprint);
  /// The entries that have not answered.
  [[nodiscard]] std::vector<const BaselineEntry*> left() const;

 private:
  std::vector<BaselineEntry> entries_;
  std::vector<bool> taken_;
  std::multimap<std::string, std::size_t, std::less<>> open_;  // by fingerprint
};

/// Reads what report::baseline_json writes. `file` has one segment.
/// Errors: kInvalid, with the place in front: "baseline.json:3:5: …".
[[nodiscard]] Result<Baseline> read_baseline(const SourceFile& file);

}  // namespace wicket::check
