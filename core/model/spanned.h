// The leaves of typed resources: a value and the node it was read from.
//
// A leaf keeps the index of its node instead of two spans: the arena knows the place of value and key, the path and the
// anchor behind an alias. Leaves and lists are small, so that twenty thousand resources have room in memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

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
  void set(T read) { value = std::move(read); }
};

/// A leaf of text. The same in two thirds of the room: files, and so texts, are shorter than 2 GiB.
template <>
struct Spanned<std::string_view> {
  /// What `->` leads to.
  struct Arrow {
    std::string_view text;
    [[nodiscard]] const std::string_view* operator->() const { return &text; }
  };

  Spanned() = default;
  Spanned(std::string_view text, NodeId from, bool is_valid) : valid(is_valid), node(from) { set(text); }

  [[nodiscard]] explicit operator bool() const { return valid; }
  [[nodiscard]] bool present() const { return node != NodeId::kNone; }
  [[nodiscard]] std::string_view operator*() const { return {data_, size_}; }
  [[nodiscard]] Arrow operator->() const { return {**this}; }
  void set(std::string_view text) {
    data_ = text.data();
    size_ = static_cast<std::uint32_t>(text.size()) & kMostBytes;
  }

 private:
  static constexpr std::uint32_t kMostBytes = (std::uint32_t{1} << 31) - 1;

  const char* data_ = nullptr;
  std::uint32_t size_ : 31 = 0;

 public:
  bool valid : 1 = false;
  NodeId node{};
};

using Text = Spanned<std::string_view>;
static_assert(sizeof(Text) == 16);

/// The elements of a repeated field. `node` is the collection they were read from, kNone when the field is absent;
/// empty and absent are different things.
template <class T>
class Elements {
 public:
  NodeId node{};

  [[nodiscard]] bool present() const { return node != NodeId::kNone; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const T* begin() const { return elements_.get(); }
  [[nodiscard]] const T* end() const { return elements_.get() + size_; }
  [[nodiscard]] const T& operator[](std::size_t i) const { return elements_[i]; }
  [[nodiscard]] const T& front() const { return elements_[0]; }
  [[nodiscard]] const T& back() const { return elements_[size_ - 1]; }

  /// Drops all elements and makes room for `most` new ones.
  void make_room(std::size_t most) {
    size_ = 0;
    elements_ = most > 0 ? std::make_unique<T[]>(most) : nullptr;
  }
  /// A new one behind the others, where there is room.
  T& add() { return elements_[size_++]; }
  void drop_last() { elements_[--size_] = T{}; }
  /// Takes over copies of what another field holds, and its node.
  void copy(const Elements& other) {
    make_room(other.size());
    for (const T& element : other) add() = element;
    node = other.node;
  }

 private:
  std::uint32_t size_ = 0;
  std::unique_ptr<T[]> elements_;
};

template <class T>
class List : public Elements<T> {};
static_assert(sizeof(List<Text>) == 16);

/// One entry of a map field. Keys are as the Kubernetes reader makes them: `on` is "true", 1.10 is "1.1".
template <class T>
struct MapEntry {
  std::string_view key;
  NodeId key_node{};
  T value{};
};

/// A map field, in the order of the source.
template <class T>
class Map : public Elements<MapEntry<T>> {
 public:
  /// The entry with this key; nullptr when there is none.
  [[nodiscard]] const MapEntry<T>* find(std::string_view key) const {
    const auto* found = std::find_if(this->begin(), this->end(), [key](const auto& entry) { return entry.key == key; });
    return found == this->end() ? nullptr : found;
  }
};

using TextMap = Map<Text>;

/// An optional message field; null when absent. The message's own `node` tells where it is.
template <class T>
using Box = std::unique_ptr<T>;

}  // namespace wicket::model
