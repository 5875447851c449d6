#include "check/baseline.h"

#include <fmt/format.h>

#include <memory>

#include "yaml/parse.h"

namespace wicket::check {
namespace {

using yaml::NodeId;

/// Walks the nodes of a baseline, and remembers the first thing that is wrong.
class Reading {
 public:
  Reading(const SourceFile& file, const yaml::Document& document) : file_(file), document_(document) {}

  Result<Baseline> run() {
    const NodeId root = document_.root;
    if (!is(root, yaml::NodeKind::kMapping)) return fail(root, "a baseline is a mapping");
    const NodeId version = document_.find(root, "schemaVersion");
    if (version == NodeId::kNone || document_.text(version) != "1")
      return fail(root, "schemaVersion is not 1: this is no baseline that can be read");
    const NodeId findings = document_.find(root, "findings");
    if (!is(findings, yaml::NodeKind::kSequence)) return fail(root, "findings is not a list");
    std::vector<BaselineEntry> entries;
    for (NodeId item = document_[findings].first(); item != NodeId::kNone; item = document_[item].next()) {
      BaselineEntry entry{.fingerprint = text(item, "fingerprint"),
                          .code = text(item, "code"),
                          .file = text(item, "file"),
                          .what = text(item, "resource"),
                          .span = document_.span(item)};
      if (entry.fingerprint.empty() || entry.code.empty()) return fail(item, "an entry needs a fingerprint and a code");
      if (const std::string path = text(item, "path"); !path.empty())
        entry.what += (entry.what.empty() ? "" : " ") + path;
      entries.push_back(std::move(entry));
    }
    return Baseline(std::move(entries));
  }

  [[nodiscard]] tl::unexpected<Error> fail(NodeId node, std::string_view message) const {
    return fail_at(node == NodeId::kNone ? 0 : document_.span(node).begin, message);
  }
  [[nodiscard]] tl::unexpected<Error> fail_at(std::uint32_t offset, std::string_view message) const {
    SourceSet sources;
    auto copy = std::make_shared<SourceFile>(file_);
    copy->id = FileId{};
    sources.add(copy);
    const Position at = sources.position(FileId{}, offset);
    return failure(ErrorCode::kInvalid, fmt::format("{}:{}:{}: {}", file_.name, at.line, at.column, message));
  }

 private:
  [[nodiscard]] bool is(NodeId node, yaml::NodeKind kind) const {
    return node != NodeId::kNone && document_[node].kind == kind;
  }
  [[nodiscard]] std::string text(NodeId entry, std::string_view key) const {
    const NodeId value = document_.find(entry, key);
    return is(value, yaml::NodeKind::kScalar) ? std::string(document_.text(value)) : std::string();
  }

  const SourceFile& file_;
  const yaml::Document& document_;
};

}  // namespace

Baseline::Baseline(std::vector<BaselineEntry> entries) : entries_(std::move(entries)), taken_(entries_.size()) {
  for (std::size_t i = 0; i < entries_.size(); ++i) open_.emplace(entries_[i].fingerprint, i);
}

bool Baseline::take(std::string_view fingerprint) {
  const auto found = open_.find(fingerprint);
  if (found == open_.end()) return false;
  taken_[found->second] = true;
  open_.erase(found);
  return true;
}

std::vector<const BaselineEntry*> Baseline::left() const {
  std::vector<const BaselineEntry*> left;
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (!taken_[i]) left.push_back(&entries_[i]);
  return left;
}

Result<Baseline> read_baseline(const SourceFile& file) {
  const std::string_view bytes = file.segments.empty() ? std::string_view() : file.segments.front().bytes;
  const yaml::Parsed parsed = yaml::parse(bytes, {.file = file.id, .json_file = true});
  Reading reading(file, *parsed.document);
  if (!parsed.problems.empty())
    return reading.fail_at(parsed.problems.front().span.begin, parsed.problems.front().message);
  return reading.run();
}

}  // namespace wicket::check
