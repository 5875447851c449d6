#include "yaml/builder.h"

namespace wicket::yaml {

NodeId Builder::add(NodeKind kind, Style style, std::size_t begin, std::size_t end) {
  const auto id = static_cast<NodeId>(document_.nodes.size());
  Node& node = document_.nodes.emplace_back();
  node.begin = document_.base + static_cast<std::uint32_t>(begin);
  node.end = document_.base + static_cast<std::uint32_t>(end);
  node.kind = kind;
  node.style = style;
  if (stack_.empty()) {
    document_.root = id;
    return id;
  }
  Frame& frame = stack_.back();
  node.is_key = frame.is_mapping && !frame.expects_value;
  document_.append(frame.node, frame.last, id);
  frame.last = id;
  frame.last_begin = begin;
  frame.last_end = end;
  frame.empty = false;
  if (frame.is_mapping) {
    frame.expects_value = !frame.expects_value;
    if (!frame.expects_value) frame.explicit_key = false;
  }
  return id;
}

NodeId Builder::add_scalar(Style style, std::size_t begin, std::size_t end, bool verbatim, std::string_view value) {
  const NodeId id = add(NodeKind::kScalar, style, begin, end);
  if (!verbatim) {
    document_.decoded.emplace_back(value);
    document_[id].set_link(document_.decoded.size());
  }
  return id;
}

NodeId Builder::open(NodeKind kind, Style style, std::size_t begin, int indent, bool bracketed) {
  const NodeId id = add(kind, style, begin, begin);
  Frame frame;
  frame.node = id;
  frame.begin = begin;
  frame.last_begin = frame.last_end = begin;
  frame.indent = indent;
  frame.is_mapping = kind == NodeKind::kMapping;
  frame.flow = style == Style::kFlow;
  frame.bracketed = bracketed;
  stack_.push_back(frame);
  return id;
}

void Builder::close(std::size_t end) {
  document_[stack_.back().node].end = document_.base + static_cast<std::uint32_t>(end);
  stack_.pop_back();
  if (!stack_.empty()) stack_.back().last_end = end;
}

}  // namespace wicket::yaml
