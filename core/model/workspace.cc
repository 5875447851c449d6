#include "model/workspace.h"

#include "base/text_hash.h"

namespace wicket::model {
namespace {

constexpr std::size_t kKinds = static_cast<std::size_t>(Kind::kUnknown) + 1;

}  // namespace

std::size_t Workspace::NameHash::operator()(const Name& name) const { return hash_of(name.ns, name.name, name.kind); }

Workspace::Workspace(std::vector<std::shared_ptr<const ParsedFile>> files, WorkspaceOptions options)
    : files_(std::move(files)), options_(std::move(options)), by_kind_(kKinds) {
  std::size_t count = 0;
  for (const auto& file : files_) count += file->resources.size();
  by_name_.reserve(count);
  for (const auto& file : files_) {
    for (const Resource& resource : file->resources) {
      by_kind_[static_cast<std::size_t>(resource.kind)].push_back(&resource);
      if (resource.kind != Kind::kUnknown && !resource.name().empty())
        by_name_.insert_or_assign(name_of(resource.kind, ns_of(resource), resource.name()), &resource);
    }
  }
}

std::span<const Resource* const> Workspace::all(Kind kind) const { return by_kind_[static_cast<std::size_t>(kind)]; }

const Resource* Workspace::find(Kind kind, std::string_view ns, std::string_view name) const {
  const auto found = by_name_.find(name_of(kind, ns, name));
  return found == by_name_.end() ? nullptr : found->second;
}

}  // namespace wicket::model
