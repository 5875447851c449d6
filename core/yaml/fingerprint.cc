#include "yaml/fingerprint.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace wicket::yaml {
namespace {

/// A hash of the values below a node; independent of places, styles and comments.
std::uint64_t hash_content(const Document& document, NodeId id, std::uint64_t seed) {
  const Node& node = document[id];
  seed = hash_bytes(std::string_view("\0s[{*", 5).substr(static_cast<std::size_t>(node.kind) + 1, 1), seed);
  if (node.kind == NodeKind::kScalar) return hash_bytes(document.text(id), seed);
  if (node.kind == NodeKind::kAlias) return seed;  // in a document that ended early; its link may lead in a circle
  for (NodeId child = node.first(); child != NodeId::kNone; child = document[child].next())
    seed = hash_content(document, child, seed);
  return seed;
}

std::string item_name(const Document& document, NodeId item) {
  const NodeId name = document.find(item, "name");
  if (name != NodeId::kNone && document[name].kind == NodeKind::kScalar && !document.text(name).empty())
    return std::string(document.text(name));
  return fmt::format("#{:016x}", hash_content(document, item, hash_bytes({})));
}

}  // namespace

std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed) {
  for (const char c : bytes) {
    seed ^= static_cast<unsigned char>(c);
    seed *= 0x100000001b3ULL;
  }
  return seed;
}

std::string stable_path(const Document& document, NodeId id) {
  std::vector<std::string> steps;
  NodeId parent = document.parent(id);
  for (NodeId at = id; parent != NodeId::kNone; at = std::exchange(parent, document.parent(parent))) {
    if (document[parent].kind == NodeKind::kSequence) {
      steps.push_back("[" + item_name(document, at) + "]");
    } else {
      const NodeId key = document[at].is_key ? at : document.key_of(at);
      steps.push_back("." + std::string(document.text(key)));
    }
  }
  std::string path;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) path += *step;
  return path;
}

}  // namespace wicket::yaml
