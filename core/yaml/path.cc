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

}  // namespace

std::string path_of(const Document& document, NodeId id, NodeId top) {
  struct Step {
    NodeId node{};
    NodeId parent{};
  };
  std::vector<Step> steps;
  for (Step step{.node = id}; step.node != top; step.node = step.parent) {
    step.parent = document.parent(step.node);
    if (step.parent == NodeId::kNone) break;
    steps.push_back(step);
  }
  std::string path;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if (document[step->parent].kind == NodeKind::kSequence) {
      path += '[' + std::to_string(document.position(step->node)) + ']';
    } else {
      const NodeId key = document[step->node].is_key ? step->node : document.key_of(step->node);
      append_key(path, document.text(key));
    }
  }
  return path;
}

}  // namespace wicket::yaml
