// Path → the routes of a virtual host that can take it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "route/index_memory.h"
#include "rules/rule_set.h"

namespace wicket::route {

struct Route;

/// A route, and what most decisions need of it. Repeated here because a table with many hosts is far larger than any
/// cache: what a decision does not have to fetch from the route itself it gets twice as fast.
struct FoundRoute {
  const Route* route = nullptr;  // nullptr: none
  bool only_forwards = false;    // Route::only_forwards, and then its destinations
  std::span<const rules::WeightedDestination> destinations{};
};

/// Finds the first of many routes that takes a request without asking all of them. Its answer is that of a scan in
/// order. Lies in an IndexMemory, which has to outlive it, as the routes have to. Made by PathIndexes.
class PathIndex {
 public:
  PathIndex() = default;

  /// The first route, in the order of the list, that `takes` takes. `takes` is asked about
  /// routes that a look at the path leaves open, in any order; a route without other conditions is taken unasked.
  /// Cost: a walk along the path, and what `takes` costs for the candidates; no allocation.
  template <class Takes>
  [[nodiscard]] FoundRoute first(std::string_view path, const Takes& takes) const {
    Best best;
    Deferred deferred;
    if (plain_ != nullptr) walk<false>(plain_, path, takes, best, deferred);
    if (folded_ != nullptr) walk<true>(folded_, path, takes, best, deferred);
    // Patterns are dear: they are asked last, and only those in front of what is found already.
    for (std::size_t i = 0; i < deferred.size; ++i) visit(deferred.lists[i], takes, best);
    return found(best);
  }

 private:
  friend class PathIndexes;
  friend class PathIndexBuilder;

  // A trie in one block of words, the nodes level by level, so that the few nodes of a small table share cache lines.
  // A node is
  //   its head: size of the label | number of children << 16 | which lists there are << 28
  //   the label: the bytes behind the child byte that all keys below share
  //   the bytes of the children, then their places
  //   its lists: number of entries, then for each: position << 1 | "ask"; number of destinations << 1 | "only
  //   forwards"; the places of the route and of the destinations, two words each
  // Bytes are padded to whole words.

  static constexpr std::size_t kEntryWords = 6;
  static constexpr std::uint32_t kPrefixList = 1;  // of every path that comes by
  static constexpr std::uint32_t kExactList = 2;   // of a path that ends here
  static constexpr std::uint32_t kRegexList = 4;   // patterns that begin with the bytes up to here
  static constexpr std::size_t kMaxLabel = 0xffff;
  static constexpr std::size_t kMaxDeferred = 16;

  struct Best {
    std::uint32_t position = UINT32_MAX;
    const std::uint32_t* entry = nullptr;
  };
  struct Deferred {
    const std::uint32_t* lists[kMaxDeferred];
    std::size_t size = 0;
  };

  static constexpr std::size_t words_for(std::size_t bytes) { return (bytes + 3) / 4; }
  static constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

  template <bool kFold>
  static bool starts_with(const char* text, const char* label, std::size_t size) {
    if constexpr (!kFold) {
      return std::memcmp(text, label, size) == 0;
    } else {
      for (std::size_t i = 0; i < size; ++i)
        if (lower(text[i]) != label[i]) return false;
      return true;
    }
  }

  // Entries are in order, so the first one that is taken is the best of its list.
  template <class Takes>
  static void visit(const std::uint32_t* list, const Takes& takes, Best& best) {
    const std::uint32_t* const end = list + 1 + std::size_t{*list} * kEntryWords;
    for (const std::uint32_t* entry = list + 1; entry != end; entry += kEntryWords) {
      const std::uint32_t position = *entry >> 1U;
      if (position >= best.position) return;
      if ((*entry & 1U) != 0 && !takes(*pointer<Route>(entry + 2))) continue;
      best = {position, entry};
      return;
    }
  }

  template <class T>
  static const T* pointer(const std::uint32_t* words) {
    const T* place = nullptr;
    std::memcpy(&place, words, sizeof place);
    return place;
  }

  static FoundRoute found(const Best& best) {
    if (best.entry == nullptr) return {};
    const std::uint32_t forward = best.entry[1];
    return {.route = pointer<Route>(best.entry + 2),
            .only_forwards = (forward & 1U) != 0,
            .destinations = {pointer<rules::WeightedDestination>(best.entry + 4), forward >> 1U}};
  }

  template <bool kFold, class Takes>
  static void walk(const std::uint32_t* words, std::string_view path, const Takes& takes, Best& best,
                   Deferred& deferred) {
    const char* at = path.data();
    const char* const end = at + path.size();
    for (std::size_t node = 0;;) {
      const std::uint32_t head = words[node];
      const std::uint32_t* next = words + node + 1;
      const std::size_t label = head & 0xffffU;
      if (label != 0) {
        if (static_cast<std::size_t>(end - at) < label ||
            !starts_with<kFold>(at, reinterpret_cast<const char*>(next), label))
          return;
        at += label;
        next += words_for(label);
      }
      const std::size_t children = (head >> 16U) & 0xfffU;
      const char* const bytes = reinterpret_cast<const char*>(next);
      const std::uint32_t* const places = next + words_for(children);
      const std::uint32_t* list = places + children;
      const std::uint32_t lists = head >> 28U;
      if ((lists & kPrefixList) != 0) {
        visit(list, takes, best);
        list += 1 + std::size_t{*list} * kEntryWords;
      }
      if ((lists & kExactList) != 0) {
        if (at == end) visit(list, takes, best);
        list += 1 + std::size_t{*list} * kEntryWords;
      }
      if ((lists & kRegexList) != 0) {
        if (deferred.size < kMaxDeferred) {
          deferred.lists[deferred.size++] = list;
        } else {
          visit(list, takes, best);
        }
      }
      if (at == end || children == 0) return;
      const void* const found = std::memchr(bytes, kFold ? lower(*at) : *at, children);
      if (found == nullptr) return;
      node = places[static_cast<const char*>(found) - bytes];
      ++at;
    }
  }

  const std::uint32_t* plain_ = nullptr;
  const std::uint32_t* folded_ = nullptr;  // of routes that ignore case: keys in lower case
};

/// Lays the indexes of all virtual hosts of a table out in a row, each behind the domain that leads to it, so that the
/// look-up of a host and that of a path share a way to memory.
class PathIndexes {
 public:
  /// Positions of a host's record, in words.
  struct Place {
    std::size_t name = 0;  // its size, then its bytes; the index of plain paths follows
    std::optional<std::size_t> plain;
    std::size_t end = 0;  // of the index of plain paths
    std::optional<std::size_t> folded;
  };

  [[nodiscard]] Place add(std::string_view domain, std::span<const std::shared_ptr<const Route>> routes);
  /// All of them, when the last one is added.
  [[nodiscard]] IndexMemory finish() const { return IndexMemory(words_); }
  [[nodiscard]] static PathIndex index(const IndexMemory& memory, const Place& place);

 private:
  std::vector<std::uint32_t> words_;
};

}  // namespace wicket::route
