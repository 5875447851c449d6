#include "replay/yaml_tests.h"

#include <algorithm>

#include "yaml/parse.h"
#include "yaml/split.h"

namespace wicket::replay {

void each_document(std::string_view text, Requests& out,
                   const std::function<void(const yaml::Document& document, std::size_t first_line)>& take) {
  std::size_t line = 1;
  while (!text.empty()) {
    const yaml::Slice slice = yaml::first_document(text);
    const std::size_t size = std::max<std::size_t>(slice.size, 1);
    const std::string_view bytes = text.substr(0, size);
    if (slice.sniff != yaml::Sniff::kEmpty) {
      const yaml::Parsed parsed = yaml::parse(bytes, {});
      if (parsed.document->root == yaml::NodeId::kNone) {
        out.unread.push_back({line, "begins a document that is no sound YAML", {}});
      } else {
        take(*parsed.document, line);
      }
    }
    line += slice.lines;
    text.remove_prefix(size);
  }
}

std::vector<yaml::NodeId> items(const yaml::Document& document, yaml::NodeId node) {
  if (node == yaml::NodeId::kNone) return {};
  if (document[node].kind != yaml::NodeKind::kSequence) return {node};
  std::vector<yaml::NodeId> all;
  for (yaml::NodeId item = document[node].first(); item != yaml::NodeId::kNone; item = document[item].next())
    all.push_back(item);
  return all;
}

std::string text_at(const yaml::Document& document, yaml::NodeId mapping, std::string_view key) {
  const yaml::NodeId node = document.find(mapping, key);
  return node == yaml::NodeId::kNone || document.is_null(node) ? std::string() : std::string(document.text(node));
}

bool has(const yaml::Document& document, yaml::NodeId mapping, std::string_view key) {
  return document.find(mapping, key) != yaml::NodeId::kNone;
}

std::size_t line_of(const yaml::Document& document, yaml::NodeId node, std::size_t first_line) {
  const std::size_t end = std::min<std::size_t>(document[node].begin - document.base, document.source.size());
  return first_line + static_cast<std::size_t>(std::ranges::count(document.source.substr(0, end), '\n'));
}

}  // namespace wicket::replay
