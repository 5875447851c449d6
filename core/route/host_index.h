// Host name → virtual host.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wicket::route {

/// A domain in memory that outlives whoever refers to it, and what lies behind it: whoever has found the domain reads
/// that next.
struct StoredName {
  const std::uint32_t* begin = nullptr;  // a word with the size of the name in bytes, its bytes, then the rest
  std::size_t words = 0;                 // of all of it
};

/// Finds the closest of many domains: the exact name, else the longest suffix wildcard, else the longest prefix
/// wildcard, else "*". The order in which they were added does not matter. Source: Envoy
/// source/common/router/config_impl.cc, findVirtualHost (R-VSEL-2, R-VSEL-3, R-DOM-2).
class HostIndex {
 public:
  /// A domain that is there already stays.
  void add(std::string_view domain, std::size_t value);
  /// The same, without a copy of the name.
  void add(StoredName domain, std::size_t value);
  /// Units: `host` is without port and in lower case. Cost: one look-up for each length of wildcard.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view host) const;

 private:
  /// Names and what they stand for, in flat memory: of many thousands a look-up touches two places.
  class Names {
   public:
    void add(std::string_view name, std::size_t value);
    void add(StoredName name, std::size_t value);
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

   private:
    struct Slot {
      const std::uint32_t* begin = nullptr;  // of the StoredName; nullptr: the slot is free
      std::uint32_t value = 0;
      std::uint16_t lines = 0;  // cache lines of the StoredName that are fetched while the name is still compared
      std::uint16_t hash = 0;   // upper half

      [[nodiscard]] std::string_view name() const { return {reinterpret_cast<const char*>(begin + 1), *begin}; }
      void fetch() const;
    };

    [[nodiscard]] std::size_t slot_of(std::string_view name, std::uint32_t hash) const;
    void grow();

    std::vector<Slot> slots_;  // a power of two of them, at most half in use
    std::size_t used_ = 0;
    std::vector<std::unique_ptr<std::uint32_t[]>> own_;  // names that nobody else keeps
  };
  /// Wildcards of one length, without their '*'.
  struct Bucket {
    std::size_t length = 0;
    Names names;
  };

  static void add_wildcard(std::vector<Bucket>& buckets, std::string_view rest, std::size_t value);

  Names exact_;
  std::vector<Bucket> suffixes_;  // longest first
  std::vector<Bucket> prefixes_;  // longest first
  std::optional<std::size_t> any_;
};

/// The name that virtual hosts are looked up by: without port, ASCII letters in lower case. The colon of a port is the
/// last one, unless that is inside brackets; whatever follows it goes (R-VSEL-1, R-VSEL-6).
class LookupName {
 public:
  explicit LookupName(std::string_view authority);
  [[nodiscard]] std::string_view view() const { return {long_.empty() ? short_ : long_.data(), size_}; }
  /// Whether the authority, port included, holds only bytes that one may hold.
  /// Source: Envoy header_utility.cc, authorityIsValid (R-PRE-4).
  [[nodiscard]] bool is_valid() const { return is_valid_; }

 private:
  char short_[128];  // names longer than this are rare enough to allocate for
  std::size_t size_ = 0;
  bool is_valid_ = true;
  std::string long_;
};

/// The authority without its port.
[[nodiscard]] std::string_view without_port(std::string_view authority);

}  // namespace wicket::route
