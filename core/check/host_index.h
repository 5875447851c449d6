// Host names, some of them wildcards, and the question which of them has a name in common with another one.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text_hash.h"

namespace wicket::check {

/// Numbered host names. Of equal names the first one counts.
/// Cost: a look-up asks once for each length that a wildcard here has, and searches a sorted list for a wildcard.
class HostIndex {
 public:
  void add(std::string_view name, std::size_t number);

  /// The number of a name that some host stands for together with `name`; nothing when there is none.
  /// Source: Istio pkg/config/host, Name.Matches, as rules::have_common_name.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
  [[nodiscard]] bool empty() const { return exact_.empty() && wildcards_.empty(); }
  /// The same names in lower case.
  [[nodiscard]] HostIndex in_lower_case() const;

 private:
  [[nodiscard]] std::optional<std::size_t> wildcard_over(std::string_view text) const;
  [[nodiscard]] std::optional<std::size_t> within(std::string_view suffix) const;

  ByText<std::size_t> exact_;
  ByText<std::size_t> wildcards_;  // without their stars
  std::set<std::size_t> lengths_;  // of wildcards_
  // All names, without stars; sorted. Few hosts are asked for that are wildcards: made when the first one is.
  mutable std::optional<std::vector<std::pair<std::string, std::size_t>>> backwards_;
};

}  // namespace wicket::check
