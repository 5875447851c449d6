#include "yaml/path.h"

#include <algorithm>
#include <vector>

namespace wicket::yaml {
namespace {

bool is_plain_key(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

void append_key(std::string& path, std::string_view key) {
  if (is_plain_key(key)) {
    if (!path.empty()) path += '.';
    path += key;
    return;
  }
  path += "[\"";
  for (const char c : key) {
    if (c == '"' || c == '\\') path += '\\';
    path += c;
  }
  path += "\"]";
}

/// Position of `id` among the items of its sequence.
std::size_t index_in(const Document& document, NodeId sequence, NodeId id) {
  std::size_t index = 0;
  for (NodeId at = document[sequence].first; at != NodeId::kNone && at != id; at = document[at].next) ++index;
  return index;
}

}  // namespace

std::string path_of(const Document& document, NodeId id, NodeId top) {
  std::vector<NodeId> steps;
  for (NodeId at = id; at != NodeId::kNone && at != top && document[at].parent != NodeId::kNone;
       at = document[at].parent)
    steps.push_back(at);
  std::string path;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    const NodeId parent = document[*step].parent;
    if (document[parent].kind == NodeKind::kSequence) {
      path += '[' + std::to_string(index_in(document, parent, *step)) + ']';
    } else {
      const NodeId key = document[*step].is_key ? *step : document.key_of(*step);
      append_key(path, document.text(key));
    }
  }
  return path;
}

}  // namespace wicket::yaml
