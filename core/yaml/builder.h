// Puts nodes into a Document in the order in which a reader finds them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/node.h"

namespace wicket::yaml {

/// The collection that is being filled.
struct Frame {
  NodeId node{};
  NodeId last{};               // last child so far
  std::size_t begin = 0;       // offset in the source
  std::size_t last_begin = 0;  // of the last child
  std::size_t last_end = 0;
  int indent = -1;  // column of the innermost block collection, this one included
  bool is_mapping = false;
  bool flow = false;
  bool bracketed = false;  // flow with [ or { of its own; false for a pair inside [ ]
  bool expects_value = false;
  bool explicit_key = false;
  bool empty = true;
};

/// The growing arena and its stack of open collections. Offsets are into the source; nodes get offsets of the file.
class Builder {
 public:
  Builder(Document& document, std::vector<Frame>& stack) : document_(document), stack_(stack) {
    stack_.clear();
    document_.nodes.assign(1, Node{});
  }

  [[nodiscard]] bool at_root() const { return stack_.empty(); }
  [[nodiscard]] Frame& top() { return stack_.back(); }
  [[nodiscard]] const std::vector<Frame>& stack() const { return stack_; }
  /// No room for another key and its value.
  [[nodiscard]] bool is_full() const { return document_.nodes.size() + 2 > kMostNodes; }

  /// Adds a node as the next child of the open collection.
  NodeId add(NodeKind kind, Style style, std::size_t begin, std::size_t end);
  /// Adds a scalar; `verbatim`: its value is its bytes.
  NodeId add_scalar(Style style, std::size_t begin, std::size_t end, bool verbatim, std::string_view value);
  /// Adds a collection and opens it.
  NodeId open(NodeKind kind, Style style, std::size_t begin, int indent, bool bracketed);
  /// Closes the open collection, which ends at `end`.
  void close(std::size_t end);

 private:
  Document& document_;
  std::vector<Frame>& stack_;
};

}  // namespace wicket::yaml
