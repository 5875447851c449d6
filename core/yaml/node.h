// The node arena: one YAML document as a flat vector, links by index, every node with its place in the source.
#pragma once

#include <cstdint>
#include <forward_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/span.h"

namespace wicket::yaml {

/// Index of a node in its Document. kNone is the absent node: no field, no place.
enum class NodeId : std::uint32_t { kNone = 0 };

enum class NodeKind : std::uint8_t { kScalar, kSequence, kMapping, kAlias };

enum class Style : std::uint8_t {
  kBlock,         // block collection
  kFlow,          // flow collection
  kAbsent,        // scalar of which nothing is written: `key:` or `- `
  kPlain,         // 80
  kSingleQuoted,  // '80'
  kDoubleQuoted,  // "80"
  kLiteral,       // |
  kFolded,        // >
};

/// An explicit tag, as far as the Kubernetes reader cares: it converts to these and ignores local tags.
enum class Tag : std::uint8_t { kNone, kString, kInteger, kFloat, kBoolean, kNull, kBinary, kTimestamp, kOther };

/// A document holds no more nodes than this; sixteen bytes for each is what thousands of documents have room for.
inline constexpr std::uint32_t kMostNodes = std::uint32_t{1} << 26;

/// One node. The children of a mapping are key, value, key, value … in the order of the source.
/// Repeated keys and `<<` stay ordinary children here; `resolve` settles them.
struct Node {
  std::uint32_t begin = 0;  // bytes of the file; the first byte of the content, behind anchor and tag
  std::uint32_t end = 0;
  std::uint32_t link : 26 = 0;  // collection: first child, 0: none; alias: target, 0: none; scalar: 0 = the bytes
                                // [begin, end), else decoded[link - 1]
  Tag tag : 4 = Tag::kNone;
  bool is_key : 1 = false;
  bool is_last : 1 = true;          // of its collection's children
  std::uint32_t follower : 26 = 0;  // next sibling; of the last child the collection, of the root 0
  NodeKind kind : 2 = NodeKind::kScalar;
  Style style : 3 = Style::kBlock;

  /// The first child; of an alias its target. kNone when there is none.
  [[nodiscard]] NodeId first() const { return kind == NodeKind::kScalar ? NodeId::kNone : static_cast<NodeId>(link); }
  /// The next sibling; kNone for the last one.
  [[nodiscard]] NodeId next() const { return is_last ? NodeId::kNone : static_cast<NodeId>(follower); }
  void set_link(std::size_t to) { link = static_cast<std::uint32_t>(to) & (kMostNodes - 1); }
  void set_follower(NodeId to) { follower = static_cast<std::uint32_t>(to) & (kMostNodes - 1); }
};
static_assert(sizeof(Node) == 16);

/// What a plain scalar is for the reader of Kubernetes (YAML 1.1 as go-yaml reads it).
enum class ScalarType : std::uint8_t { kNull, kBoolean, kInteger, kFloat, kInfinity, kTimestamp, kString, kMerge };

/// A scalar with its type settled. Integers also carry their value as a double; `unsigned_integer` is set when the
/// value needs 64 bits without a sign.
struct Scalar {
  ScalarType type{};
  bool boolean = false;
  std::int64_t integer = 0;
  std::uint64_t unsigned_integer = 0;
  double number = 0;
};

/// A child of a collection with many, whose place among them would be long to count.
struct WideChild {
  NodeId child{};
  NodeId collection{};
  NodeId previous{};  // kNone for the first
  std::uint32_t position = 0;
};

/// One document. Keeps views of the bytes it was parsed from: whoever holds a Document holds its SourceFile too.
class Document {
 public:
  FileId file{};
  std::uint32_t base = 0;                            // offset of `source` in the file
  std::string_view source;                           // the bytes of this document
  std::uint32_t index = 0;                           // 0-based, inside the file
  NodeId root{};                                     // kNone: nothing but comments
  std::vector<Node> nodes;                           // [0] is the absent node
  std::vector<std::string> decoded;                  // values that differ from their bytes (escapes, folded lines)
  std::vector<std::pair<NodeId, NodeId>> originals;  // copies made for aliases ▸ the anchored node, ascending
  std::forward_list<std::string> made_keys;          // keys of maps that are not strings in the source, as in JSON
  std::vector<WideChild> wide_children;              // of collections with more than kWide children; ascending

  [[nodiscard]] const Node& operator[](NodeId id) const { return nodes[static_cast<std::size_t>(id)]; }
  [[nodiscard]] Node& operator[](NodeId id) { return nodes[static_cast<std::size_t>(id)]; }

  static constexpr std::size_t kWide = 128;

  /// What is known of the child of a wide collection; null for any other node.
  [[nodiscard]] const WideChild* wide_child(NodeId id) const;
  /// The collection that a node is in; kNone for the root.
  [[nodiscard]] NodeId parent(NodeId id) const;
  /// The child in front of `id`; kNone for the first one.
  [[nodiscard]] NodeId previous(NodeId id) const;
  /// The number of children in front of `id`.
  [[nodiscard]] std::size_t position(NodeId id) const;
  /// How many children a collection has: keys and values both count. Linear.
  [[nodiscard]] std::size_t size(NodeId collection) const;
  /// Puts `id` behind `previous`, or in front of all where that is kNone. It is the last one now.
  void append(NodeId collection, NodeId previous, NodeId id);

  /// Value of a scalar after unescaping and folding; empty for collections and for kNone.
  [[nodiscard]] std::string_view text(NodeId id) const;
  /// Where the node stands. A copy made for an alias stands at the alias; an absent value at its key or its dash.
  [[nodiscard]] Span span(NodeId id) const;
  /// Where the key of a mapping's value stands; the span of the node itself when it has none.
  [[nodiscard]] Span key_span(NodeId id) const;
  /// The key of a mapping's value; kNone when the node is not one.
  [[nodiscard]] NodeId key_of(NodeId value) const;
  /// The value under `key`; kNone when there is none or `mapping` is not a mapping.
  [[nodiscard]] NodeId find(NodeId mapping, std::string_view key) const;
  /// The anchored node that a copy was made from; kNone for nodes written where they stand.
  [[nodiscard]] NodeId original_of(NodeId id) const;
  /// Type of a scalar by style, tag and text. Source: go-yaml v2 resolve(), as sigs.k8s.io/yaml uses it.
  [[nodiscard]] Scalar scalar(NodeId id) const;
  /// Null for the Kubernetes reader: nothing written, `~`, `null`.
  [[nodiscard]] bool is_null(NodeId id) const;
};

}  // namespace wicket::yaml
