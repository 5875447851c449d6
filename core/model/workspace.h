// All input at one moment: an immutable snapshot of shared parsed files, indexed by kind, namespace and name.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/source_set.h"
#include "model/problem.h"
#include "model/resource.h"

namespace wicket::model {

/// Everything that came out of one file. Immutable once in a Workspace, shared between snapshots.
struct ParsedFile {
  std::shared_ptr<const SourceFile> source;  // keeps alive the bytes that documents view
  std::vector<std::unique_ptr<const yaml::Document>> documents;
  std::vector<Resource> resources;  // in the order of the file
  std::vector<Problem> problems;    // in the order of the file
  std::size_t skipped = 0;          // documents of kinds that wicket does not read
  bool named_explicitly = false;    // on the command line, not found by walking a folder
};

struct WorkspaceOptions {
  std::string default_namespace = "default";  // of objects that name none
  std::string cluster_domain = "cluster.local";
};

/// A snapshot. Resources are in the order of files and of the files' content.
class Workspace {
 public:
  Workspace(std::vector<std::shared_ptr<const ParsedFile>> files, WorkspaceOptions options);

  [[nodiscard]] std::span<const std::shared_ptr<const ParsedFile>> files() const { return files_; }
  [[nodiscard]] const WorkspaceOptions& options() const { return options_; }

  /// All resources of one kind. Duplicates of one object are all there, `find` gives the last (R-RES-4).
  [[nodiscard]] std::span<const Resource* const> all(Kind kind) const;
  /// The object with this kind, namespace (as resolved by ns_of) and name; nullptr when there is none.
  [[nodiscard]] const Resource* find(Kind kind, std::string_view ns, std::string_view name) const;
  /// The namespace of an object, the default one where it names none.
  [[nodiscard]] std::string_view ns_of(const Resource& resource) const {
    return resource.ns(options_.default_namespace);
  }

 private:
  /// Views of the files' bytes.
  struct Name {
    Kind kind{};
    bool is_default = false;  // in the default namespace; `ns` is empty then
    std::string_view ns;
    std::string_view name;

    friend bool operator==(const Name&, const Name&) = default;
  };
  struct NameHash {
    [[nodiscard]] std::size_t operator()(const Name& name) const;
  };
  [[nodiscard]] Name name_of(Kind kind, std::string_view ns, std::string_view name) const {
    const bool is_default = ns == options_.default_namespace;
    return {.kind = kind, .is_default = is_default, .ns = is_default ? std::string_view() : ns, .name = name};
  }

  std::vector<std::shared_ptr<const ParsedFile>> files_;
  WorkspaceOptions options_;
  std::vector<std::vector<const Resource*>> by_kind_;
  std::unordered_map<Name, const Resource*, NameHash> by_name_;
};

}  // namespace wicket::model
