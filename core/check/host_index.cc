#include "check/host_index.h"

#include <algorithm>

namespace wicket::check {

void HostIndex::add(std::string_view name, std::size_t number) {
  const bool is_wildcard = name.starts_with('*');
  if (is_wildcard) name.remove_prefix(1);
  const bool is_new = (is_wildcard ? wildcards_ : exact_).emplace(name, number).second;
  if (!is_new) return;
  if (is_wildcard) lengths_.insert(name.size());
  backwards_.emplace_back(std::string(name.rbegin(), name.rend()), number);
  is_sorted_ = false;
}

std::optional<std::size_t> HostIndex::find(std::string_view name) const {
  if (!name.starts_with('*')) {
    if (const auto same = exact_.find(std::string(name)); same != exact_.end()) return same->second;
    return wildcard_over(name);
  }
  name.remove_prefix(1);
  if (const auto wider = wildcard_over(name)) return wider;
  return within(name);
}

// A wildcard that the end of the text is the rest of.
std::optional<std::size_t> HostIndex::wildcard_over(std::string_view text) const {
  for (const std::size_t length : lengths_) {
    if (length > text.size()) break;
    const auto found = wildcards_.find(std::string(text.substr(text.size() - length)));
    if (found != wildcards_.end()) return found->second;
  }
  return std::nullopt;
}

// A name that ends in the text.
std::optional<std::size_t> HostIndex::within(std::string_view suffix) const {
  if (!is_sorted_) std::ranges::sort(backwards_);
  is_sorted_ = true;
  const std::string prefix(suffix.rbegin(), suffix.rend());
  const auto first =
      std::ranges::lower_bound(backwards_, prefix, {}, [](const auto& one) -> const std::string& { return one.first; });
  if (first == backwards_.end() || !first->first.starts_with(prefix)) return std::nullopt;
  return first->second;
}

}  // namespace wicket::check
