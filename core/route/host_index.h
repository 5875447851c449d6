// Host name → virtual host.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wicket::route {

/// Finds the closest of many domains: the exact name, else the longest suffix wildcard, else the longest prefix
/// wildcard, else "*". The order in which they were added does not matter. Source: Envoy
/// source/common/router/config_impl.cc, findVirtualHost (R-VSEL-2, R-VSEL-3, R-DOM-2).
class HostIndex {
 public:
  /// A domain that is there already stays.
  void add(std::string_view domain, std::size_t value);
  /// Units: `host` is without port and in lower case. Cost: one look-up for each length of wildcard.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view host) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Names = std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>>;
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
  [[nodiscard]] std::string_view view() const { return long_.empty() ? std::string_view(short_, size_) : long_; }

 private:
  char short_[128];  // names longer than this are rare enough to allocate for
  std::size_t size_ = 0;
  std::string long_;
};

/// The authority without its port.
[[nodiscard]] std::string_view without_port(std::string_view authority);

}  // namespace wicket::route
