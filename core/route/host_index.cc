#include "route/host_index.h"

#include <algorithm>

namespace wicket::route {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

}  // namespace

void HostIndex::add(std::string_view domain, std::size_t value) {
  if (domain == "*") {
    if (!any_) any_ = value;
  } else if (domain.starts_with('*')) {
    add_wildcard(suffixes_, domain.substr(1), value);
  } else if (domain.ends_with('*')) {
    add_wildcard(prefixes_, domain.substr(0, domain.size() - 1), value);
  } else {
    exact_.try_emplace(std::string(domain), value);
  }
}

void HostIndex::add_wildcard(std::vector<Bucket>& buckets, std::string_view rest, std::size_t value) {
  auto place = std::ranges::lower_bound(buckets, rest.size(), std::greater(), &Bucket::length);
  if (place == buckets.end() || place->length != rest.size())
    place = buckets.insert(place, Bucket{.length = rest.size(), .names = {}});
  place->names.try_emplace(std::string(rest), value);
}

// A wildcard stands for at least one byte.
std::optional<std::size_t> HostIndex::find(std::string_view host) const {
  if (const auto found = exact_.find(host); found != exact_.end()) return found->second;
  for (const Bucket& bucket : suffixes_) {
    if (bucket.length >= host.size()) continue;
    const auto found = bucket.names.find(host.substr(host.size() - bucket.length));
    if (found != bucket.names.end()) return found->second;
  }
  for (const Bucket& bucket : prefixes_) {
    if (bucket.length >= host.size()) continue;
    const auto found = bucket.names.find(host.substr(0, bucket.length));
    if (found != bucket.names.end()) return found->second;
  }
  return any_;
}

std::string_view without_port(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  const std::size_t bracket = authority.rfind(']');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && bracket > colon)) return authority;
  return authority.substr(0, colon);
}

LookupName::LookupName(std::string_view authority) {
  const std::string_view host = without_port(authority);
  if (host.size() > sizeof(short_)) {
    long_.resize(host.size());
    std::ranges::transform(host, long_.begin(), lower);
    return;
  }
  std::ranges::transform(host, short_, lower);
  size_ = host.size();
}

}  // namespace wicket::route
