// The leaves of typed resources: a value and the node it was read from.
//
// A leaf keeps the index of its node instead of two spans: the arena knows the place of value and key, the path and the
// anchor behind an alias, and a leaf stays small enough to keep twenty thousand resources in memory.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "yaml/node.h"

namespace wicket::model {

using yaml::NodeId;

/// A leaf. `node` is the value's node, kNone when the field is absent. `valid` is false where decoding objected to the
/// value: it was reported, `value` is the default, and no later check may speak about it.
template <class T>
struct Spanned {
  T value{};
  NodeId node{};
  bool valid = false;

  /// Present and sound.
  [[nodiscard]] explicit operator bool() const { return valid; }
  /// Written in the manifest, sound or not.
  [[nodiscard]] bool present() const { return node != NodeId::kNone; }
  [[nodiscard]] const T& operator*() const { return value; }
  [[nodiscard]] const T* operator->() const { return &value; }
};

using Text = Spanned<std::string_view>;

/// A repeated field. `node` is the sequence, kNone when the field is absent; empty and absent are different things.
template <class T>
struct List {
  std::vector<T> items;
  NodeId node{};

  [[nodiscard]] bool present() const { return node != NodeId::kNone; }
  [[nodiscard]] bool empty() const { return items.empty(); }
  [[nodiscard]] std::size_t size() const { return items.size(); }
  [[nodiscard]] auto begin() const { return items.begin(); }
  [[nodiscard]] auto end() const { return items.end(); }
  [[nodiscard]] const T& operator[](std::size_t i) const { return items[i]; }
};

/// One entry of a map field. Keys are as the Kubernetes reader makes them: `on` is "true", 1.10 is "1.1".
template <class T>
struct MapEntry {
  std::string_view key;
  NodeId key_node{};
  T value{};
};

/// A map field, in the order of the source.
template <class T>
struct Map {
  std::vector<MapEntry<T>> entries;
  NodeId node{};

  [[nodiscard]] bool present() const { return node != NodeId::kNone; }
  [[nodiscard]] bool empty() const { return entries.empty(); }
  [[nodiscard]] std::size_t size() const { return entries.size(); }
  [[nodiscard]] auto begin() const { return entries.begin(); }
  [[nodiscard]] auto end() const { return entries.end(); }
  /// The entry with this key; nullptr when there is none.
  [[nodiscard]] const MapEntry<T>* find(std::string_view key) const {
    for (const MapEntry<T>& entry : entries)
      if (entry.key == key) return &entry;
    return nullptr;
  }
};

using TextMap = Map<Text>;

/// An optional message field; null when absent. The message's own `node` tells where it is.
template <class T>
using Box = std::unique_ptr<T>;

}  // namespace wicket::model
