#include "route/host_index.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

namespace wicket::route {
namespace {

constexpr std::uint8_t kForeign = 1;  // no authority may hold it
constexpr std::uint8_t kColon = 2;    // there may be a port

constexpr std::array<std::uint8_t, 256> kAuthorityBytes = [] {
  std::array<std::uint8_t, 256> table{};
  table.fill(kForeign);
  for (const char c : std::string_view("-._~%!$&'()[]*+,;=")) table[static_cast<std::uint8_t>(c)] = 0;
  for (std::uint8_t c = '0'; c <= '9'; ++c) table[c] = 0;
  for (std::uint8_t c = 'a'; c <= 'z'; ++c) table[c] = table[c - 0x20U] = 0;
  table[':'] = kColon;
  return table;
}();

constexpr std::array<char, 256> kLowered = [] {
  std::array<char, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<char>(i >= 'A' && i <= 'Z' ? i | 0x20U : i);
  return table;
}();

constexpr std::size_t kCacheLine = 64;
constexpr std::size_t kMaxFetched = 16;  // cache lines

std::uint32_t hash_of(std::string_view name) { return static_cast<std::uint32_t>(std::hash<std::string_view>()(name)); }

}  // namespace

// Of many thousands of domains hardly one is in a cache, nor what lies behind it: they come from memory together.
void HostIndex::Names::Slot::fetch() const {
  for (std::size_t line = 0; line < lines; ++line)
    __builtin_prefetch(reinterpret_cast<const char*>(begin) + line * kCacheLine);
}

// The slot of the name, or the free one where it belongs.
std::size_t HostIndex::Names::slot_of(std::string_view name, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
    const Slot& slot = slots_[i];
    if (slot.begin == nullptr) return i;
    if (slot.hash != hash >> 16U) continue;
    slot.fetch();
    if (slot.name() == name) return i;
  }
}

void HostIndex::Names::grow() {
  std::vector<Slot> old(std::max<std::size_t>(8, slots_.size() * 2));
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.begin != nullptr) slots_[slot_of(slot.name(), hash_of(slot.name()))] = slot;
}

void HostIndex::Names::add(StoredName stored, std::size_t value) {
  if (used_ * 2 >= slots_.size()) grow();
  const std::string_view name(reinterpret_cast<const char*>(stored.begin + 1), *stored.begin);
  const std::uint32_t hash = hash_of(name);
  Slot& slot = slots_[slot_of(name, hash)];
  if (slot.begin != nullptr) return;
  const std::size_t lines = (stored.words * sizeof(std::uint32_t) + kCacheLine - 1) / kCacheLine;
  slot = {.begin = stored.begin,
          .value = static_cast<std::uint32_t>(value),
          .lines = static_cast<std::uint16_t>(std::min(lines, kMaxFetched)),
          .hash = static_cast<std::uint16_t>(hash >> 16U)};
  ++used_;
}

void HostIndex::Names::add(std::string_view name, std::size_t value) {
  const std::size_t words = 1 + (name.size() + sizeof(std::uint32_t) - 1) / sizeof(std::uint32_t);
  auto& copy = own_.emplace_back(std::make_unique<std::uint32_t[]>(words));
  copy[0] = static_cast<std::uint32_t>(name.size());
  if (!name.empty()) std::memcpy(copy.get() + 1, name.data(), name.size());
  add(StoredName{.begin = copy.get(), .words = words}, value);
}

std::optional<std::size_t> HostIndex::Names::find(std::string_view name) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slot_of(name, hash_of(name))];
  return slot.begin == nullptr ? std::nullopt : std::optional<std::size_t>(slot.value);
}

void HostIndex::add(StoredName domain, std::size_t value) {
  const std::string_view name(reinterpret_cast<const char*>(domain.begin + 1), *domain.begin);
  if (name.starts_with('*') || name.ends_with('*')) {
    add(name, value);
  } else {
    exact_.add(domain, value);
  }
}

void HostIndex::add(std::string_view domain, std::size_t value) {
  if (domain == "*") {
    if (!any_) any_ = value;
  } else if (domain.starts_with('*')) {
    add_wildcard(suffixes_, domain.substr(1), value);
  } else if (domain.ends_with('*')) {
    add_wildcard(prefixes_, domain.substr(0, domain.size() - 1), value);
  } else {
    exact_.add(domain, value);
  }
}

void HostIndex::add_wildcard(std::vector<Bucket>& buckets, std::string_view rest, std::size_t value) {
  auto place = std::ranges::lower_bound(buckets, rest.size(), std::greater(), &Bucket::length);
  if (place == buckets.end() || place->length != rest.size())
    place = buckets.insert(place, Bucket{.length = rest.size(), .names = {}});
  place->names.add(rest, value);
}

// A wildcard stands for at least one byte.
std::optional<std::size_t> HostIndex::find(std::string_view host) const {
  if (const auto found = exact_.find(host)) return found;
  for (const Bucket& bucket : suffixes_) {
    if (bucket.length >= host.size()) continue;
    if (const auto found = bucket.names.find(host.substr(host.size() - bucket.length))) return found;
  }
  for (const Bucket& bucket : prefixes_) {
    if (bucket.length >= host.size()) continue;
    if (const auto found = bucket.names.find(host.substr(0, bucket.length))) return found;
  }
  return any_;
}

std::string_view without_port(std::string_view authority) {
  for (std::size_t i = authority.size(); i-- > 0;) {
    if (authority[i] == ':') return authority.substr(0, i);
    if (authority[i] == ']') break;
  }
  return authority;
}

LookupName::LookupName(std::string_view authority) {
  char* out = short_;
  if (authority.size() > sizeof(short_)) {
    long_.resize(authority.size());
    out = long_.data();
  }
  std::uint8_t seen = 0;
  for (std::size_t i = 0; i < authority.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(authority[i]);
    out[i] = kLowered[byte];
    seen |= kAuthorityBytes[byte];
  }
  is_valid_ = (seen & kForeign) == 0;
  size_ = (seen & kColon) == 0 ? authority.size() : without_port({out, authority.size()}).size();
}

}  // namespace wicket::route
