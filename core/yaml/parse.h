// Bytes of one document ▸ node arena.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "yaml/node.h"
#include "yaml/problem.h"

namespace wicket::yaml {

/// Where a document comes from.
struct DocumentPlace {
  FileId file{};
  std::uint32_t offset = 0;  // of its first byte, in the file
  std::uint32_t index = 0;   // 0-based number inside the file
  bool json_file = false;    // the file's name ends in .json
};

/// A document and what is wrong with it. With a fatal problem `document->root` is kNone; the nodes read so far stay, so
/// that the problem's path can be told.
struct Parsed {
  std::unique_ptr<Document> document;
  std::vector<Problem> problems;
};

/// Parses one document as the reader of Kubernetes does, resolves aliases and merge keys, drops the keys that a later
/// equal key replaces. `source` holds the document with its `---` line, if any, and must outlive the result.
/// Limits: 500 levels of nesting, expansion of aliases to 10,000 nodes or 100 × the size of the document.
/// Errors: none; whatever is wrong is a Problem.
/// Source: sigs.k8s.io/yaml (go-yaml v2, a port of libyaml); kubectl reads a document that starts with `{` as JSON
/// first.
[[nodiscard]] Parsed parse(std::string_view source, const DocumentPlace& place);

}  // namespace wicket::yaml
