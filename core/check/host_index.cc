#include "check/host_index.h"

#include <algorithm>

#include "rules/host_names.h"

namespace wicket::check {

void HostIndex::add(std::string_view name, std::size_t number) {
  const bool is_wildcard = name.starts_with('*');
  if (is_wildcard) name.remove_prefix(1);
  ByText<std::size_t>& names = is_wildcard ? wildcards_ : exact_;
  if (names.contains(name)) return;
  names.emplace(name, number);
  if (is_wildcard) lengths_.insert(name.size());
  backwards_.reset();
}

HostIndex HostIndex::in_lower_case() const {
  HostIndex lower;
  const auto add = [](const ByText<std::size_t>& from, ByText<std::size_t>& to) {
    for (const auto& [name, number] : from) {
      const auto [same, is_new] = to.try_emplace(rules::lower_case(name), number);
      if (!is_new) same->second = std::min(same->second, number);
    }
  };
  add(exact_, lower.exact_);
  add(wildcards_, lower.wildcards_);
  lower.lengths_ = lengths_;
  return lower;
}

std::optional<std::size_t> HostIndex::find(std::string_view name) const {
  if (!name.starts_with('*')) {
    if (const auto same = exact_.find(name); same != exact_.end()) return same->second;
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
    const auto found = wildcards_.find(text.substr(text.size() - length));
    if (found != wildcards_.end()) return found->second;
  }
  return std::nullopt;
}

// A name that ends in the text.
std::optional<std::size_t> HostIndex::within(std::string_view suffix) const {
  if (!backwards_) {
    std::vector<std::pair<std::string, std::size_t>>& all = backwards_.emplace();
    all.reserve(exact_.size() + wildcards_.size());
    for (const auto* names : {&exact_, &wildcards_})
      for (const auto& [name, number] : *names) all.emplace_back(std::string(name.rbegin(), name.rend()), number);
    std::ranges::sort(all);
  }
  const std::string prefix(suffix.rbegin(), suffix.rend());
  const auto first = std::ranges::lower_bound(*backwards_, prefix, {},
                                              [](const auto& one) -> const std::string& { return one.first; });
  if (first == backwards_->end() || !first->first.starts_with(prefix)) return std::nullopt;
  return first->second;
}

}  // namespace wicket::check
