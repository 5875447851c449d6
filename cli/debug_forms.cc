#include "cli/debug_forms.h"

#include <fmt/format.h>

#include <algorithm>

#include "yaml/path.h"

namespace wicket::cli {
namespace {

std::string_view kind_word(const yaml::Node& node) {
  switch (node.kind) {
    case yaml::NodeKind::kScalar:
      return "scalar";
    case yaml::NodeKind::kSequence:
      return "list";
    case yaml::NodeKind::kMapping:
      return "mapping";
    case yaml::NodeKind::kAlias:
      return "alias";
  }
  return {};
}

void print_node(const SourceSet& sources, const yaml::Document& document, yaml::NodeId id, std::ostream& out) {
  const yaml::Node& node = document[id];
  const Position begin = sources.position(document.file, node.begin);
  const Position end = sources.position(document.file, node.end);
  const std::string path = yaml::path_of(document, id);
  out << fmt::format("{}:{}-{}:{} {} {}{}", begin.line, begin.column, end.line, end.column,
                     node.is_key ? "key" : kind_word(node), path.empty() ? "." : path,
                     node.kind == yaml::NodeKind::kScalar ? fmt::format(" = {:?}", document.text(id)) : "")
      << '\n';
  for (yaml::NodeId child = node.first(); child != yaml::NodeId::kNone; child = document[child].next())
    print_node(sources, document, child, out);
}

void print_file(const SourceSet& sources, const model::ParsedFile& file, const std::vector<DebugForm>& forms,
                std::ostream& out) {
  const auto asked = [&](DebugForm form) { return std::ranges::find(forms, form) != forms.end(); };
  if (asked(DebugForm::kNodes)) {
    for (const auto& document : file.documents) {
      out << fmt::format("nodes: {} document {}\n", file.source->name, document->index);
      if (document->root != yaml::NodeId::kNone) print_node(sources, *document, document->root, out);
    }
  }
  if (!asked(DebugForm::kModel)) return;
  for (const model::Resource& resource : file.resources) {
    const Position at = sources.position(resource.document->file, resource.span(resource.root).begin);
    out << fmt::format("model: {}:{} {} {}/{}\n", file.source->name, at.line, *resource.kind_text,
                       *resource.metadata.ns, resource.name());
  }
}

}  // namespace

void print_debug_forms(const std::vector<DebugForm>& forms, const load::Loaded& loaded, std::ostream& out) {
  for (const auto& file : loaded.workspace->files()) print_file(loaded.sources, *file, forms, out);
}

}  // namespace wicket::cli
