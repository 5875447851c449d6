#include "route/host_index.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

namespace wicket::route {
namespace {

// Bytes that an authority may hold.
constexpr std::array<bool, 256> kOfAuthority = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("-._~%!$&'()[]*+,;=:")) table[static_cast<std::uint8_t>(c)] = true;
  for (std::uint8_t c = '0'; c <= '9'; ++c) table[c] = true;
  for (std::uint8_t c = 'a'; c <= 'z'; ++c) table[c] = table[c - 0x20U] = true;
  return table;
}();

constexpr std::array<char, 256> kLowered = [] {
  std::array<char, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<char>(i >= 'A' && i <= 'Z' ? i | 0x20U : i);
  return table;
}();

std::uint32_t hash_of(std::string_view name) { return static_cast<std::uint32_t>(std::hash<std::string_view>()(name)); }

}  // namespace

// The slot of the name, or the free one where it belongs.
std::size_t HostIndex::Names::slot_of(std::string_view name, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
    const Slot& slot = slots_[i];
    if (slot.value == kFree) return i;
    if (slot.hash == hash && slot.size == name.size() &&
        std::memcmp(bytes_.data() + slot.offset, name.data(), name.size()) == 0)
      return i;
  }
}

void HostIndex::Names::grow() {
  std::vector<Slot> old(std::max<std::size_t>(8, slots_.size() * 2));
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.value != kFree) slots_[slot_of(std::string_view(bytes_).substr(slot.offset, slot.size), slot.hash)] = slot;
}

void HostIndex::Names::add(std::string_view name, std::size_t value) {
  if (used_ * 2 >= slots_.size()) grow();
  const std::uint32_t hash = hash_of(name);
  Slot& slot = slots_[slot_of(name, hash)];
  if (slot.value != kFree) return;
  slot = {.hash = hash,
          .value = static_cast<std::uint32_t>(value),
          .offset = static_cast<std::uint32_t>(bytes_.size()),
          .size = static_cast<std::uint32_t>(name.size())};
  bytes_ += name;
  ++used_;
}

std::optional<std::size_t> HostIndex::Names::find(std::string_view name) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slot_of(name, hash_of(name))];
  return slot.value == kFree ? std::nullopt : std::optional<std::size_t>(slot.value);
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
  bool is_valid = true;
  for (std::size_t i = 0; i < authority.size(); ++i) {
    out[i] = kLowered[static_cast<std::uint8_t>(authority[i])];
    is_valid &= kOfAuthority[static_cast<std::uint8_t>(authority[i])];
  }
  is_valid_ = is_valid;
  size_ = without_port({out, authority.size()}).size();
}

}  // namespace wicket::route
