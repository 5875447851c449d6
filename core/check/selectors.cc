#include "check/selectors.h"

#include <algorithm>

#include "check/estate.h"

namespace wicket::check {
namespace {

bool is_part(const model::TextMap& part, const model::TextMap& whole) {
  return std::ranges::all_of(part, [&](const auto& label) {
    const auto* same = whole.find(label.key);
    return same != nullptr && *same->value == *label.value;
  });
}

}  // namespace

std::size_t Selectors::number(const model::TextMap& selector) {
  Labels labels;
  for (const auto& entry : selector) labels.emplace(entry.key, *entry.value);
  const auto [known, is_new] = numbers_.try_emplace(std::move(labels), maps_.size());
  if (is_new) maps_.push_back(&selector);
  return known->second;
}

bool Selectors::meet(std::size_t a, std::size_t b) {
  if (a == b) return true;
  const auto [known, is_new] = meet_.try_emplace({std::min(a, b), std::max(a, b)});
  if (is_new) known->second = is_part(*maps_[a], *maps_[b]) || is_part(*maps_[b], *maps_[a]) || share(a, b);
  return known->second;
}

const std::set<const model::Resource*>& Selectors::pods_of(std::size_t selector) {
  const auto [known, is_new] = pods_.try_emplace(selector);
  if (is_new)
    for (const model::Resource* pods : in_.estate->pods().matching(*maps_[selector])) known->second.insert(pods);
  return known->second;
}

bool Selectors::share(std::size_t a, std::size_t b) {
  const std::set<const model::Resource*>& all = pods_of(a);
  return std::ranges::any_of(pods_of(b), [&](const model::Resource* pods) { return all.contains(pods); });
}

}  // namespace wicket::check
