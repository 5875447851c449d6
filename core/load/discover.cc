#include "load/discover.h"

#include <algorithm>
#include <array>
#include <set>

#include "load/ignore_file.h"

namespace wicket::load {
namespace {

constexpr std::size_t kMaxDepth = 200;           // folders below each other
constexpr std::size_t kMaxIgnoreFile = 1 << 20;  // bytes

bool is_manifest(std::string_view name) {
  return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json");
}

bool is_pattern(std::string_view path) { return path.find_first_of("*?[") != std::string_view::npos; }

std::string join(const std::string& folder, const std::string& name) {
  if (folder.empty() || folder == ".") return name;
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

class Walk {
 public:
  Walk(FileReader& reader, bool honour_ignore_files, const IsExcluded& is_excluded, Discovered& out)
      : reader_(reader), honour_ignore_files_(honour_ignore_files), is_excluded_(is_excluded), out_(out) {}

  /// One argument of the command line.
  void argument(const std::string& path) {
    if (path == "-") return add(path, true);
    const auto type = reader_.type(path);
    if (!type) {
      if (is_pattern(path) && type.error().code == ErrorCode::kNotFound) return expand(path);
      return fail(path, type.error());
    }
    switch (*type) {
      case EntryType::kFolder: {
        ignores_.clear();
        ignores_above(path);
        folder(path, 0);
        break;
      }
      case EntryType::kFile:
      case EntryType::kOther:
        add(path, true);
        break;  // opening tells what is wrong with the others
    }
  }

 private:
  void add(const std::string& path, bool explicitly) {
    if (!seen_files_.insert(path).second) return;
    out_.files.push_back({.path = path, .named_explicitly = explicitly});
  }
  void fail(const std::string& path, Error error) { out_.failures.push_back({path, std::move(error)}); }

  /// A repository's .gitignore files above the folder count as well: up to the one that holds `.git`.
  void ignores_above(const std::string& folder) {
    if (!honour_ignore_files_ || folder.starts_with('/') || folder.find("..") != std::string::npos) return;
    std::string above;
    for (std::size_t slash = folder.find('/'); slash != std::string::npos && folder != ".";
         slash = folder.find('/', slash + 1)) {
      read_ignore(above);
      above = folder.substr(0, slash);
    }
    if (folder != "." && folder != "./") read_ignore(above);
  }

  void read_ignore(const std::string& folder) {
    const auto file = reader_.open(join(folder, ".gitignore"));
    if (!file) return;
    std::string text(kMaxIgnoreFile, '\0');
    const auto size = (*file)->read(text.data(), text.size());
    if (!size) return;
    text.resize(*size);
    ignores_.emplace_back(folder == "." ? "" : folder, text);
  }

  [[nodiscard]] bool is_ignored(const std::string& path, bool is_folder) const {
    if (is_excluded_ && is_excluded_(path, is_folder)) return true;
    if (!honour_ignore_files_) return false;
    for (auto file = ignores_.rbegin(); file != ignores_.rend(); ++file) {
      switch (file->verdict(path, is_folder)) {
        case IgnoreFile::Verdict::kIgnored:
          return true;
        case IgnoreFile::Verdict::kKept:
          return false;
        case IgnoreFile::Verdict::kNone:
          break;
      }
    }
    return false;
  }

  void folder(const std::string& path, std::size_t depth) {
    const auto identity = reader_.identity(path);
    if (!identity) return fail(path, identity.error());
    if (!seen_folders_.insert(*identity).second) return;  // a loop of links, or named twice
    if (depth > kMaxDepth) return fail(path, {ErrorCode::kTooLarge, "folders are nested too deeply"});
    const auto entries = reader_.list(path);
    if (!entries) return fail(path, entries.error());
    const std::size_t outer = ignores_.size();
    if (honour_ignore_files_) read_ignore(path);
    // A folder's files come in the order of their whole paths: "a.yaml" before "a/b.yaml".
    std::vector<std::pair<std::string, EntryType>> sorted;
    for (const FolderEntry& entry : *entries)
      sorted.emplace_back(entry.type == EntryType::kFolder ? entry.name + "/" : entry.name, entry.type);
    std::ranges::sort(sorted);
    for (auto& [name, type] : sorted) {
      if (type == EntryType::kFolder) {
        name.pop_back();
        if (name == ".git" || name == "node_modules") continue;
        const std::string full = join(path, name);
        if (!is_ignored(full, true)) folder(full, depth + 1);
      } else if (is_manifest(name)) {
        const std::string full = join(path, name);
        if (!is_ignored(full, false)) add(full, false);
      }
    }
    ignores_.erase(ignores_.begin() + static_cast<std::ptrdiff_t>(outer), ignores_.end());
  }

  /// A pattern that the shell left alone (quoted, or no shell): expanded segment by segment.
  void expand(const std::string& pattern) {
    const std::size_t before = out_.files.size() + out_.failures.size();
    const bool absolute = pattern.starts_with('/');
    expand_below(absolute ? "/" : "", pattern.substr(absolute ? 1 : 0), 0);
    if (out_.files.size() + out_.failures.size() == before)
      fail(pattern, {ErrorCode::kNotFound, "no file matches this pattern"});
  }

  void expand_below(const std::string& folder_path, const std::string& rest, std::size_t depth) {
    const std::size_t slash = rest.find('/');
    const std::string segment = rest.substr(0, slash);
    const bool last = slash == std::string::npos;
    const auto entries = reader_.list(folder_path.empty() ? "." : folder_path);
    if (!entries || depth > kMaxDepth) return;
    if (segment == "**" && !last) expand_below(folder_path, rest.substr(slash + 1), depth + 1);
    for (const FolderEntry& entry : *entries) {
      if (entry.name.starts_with('.') && !segment.starts_with('.')) continue;
      const std::string full = join(folder_path, entry.name);
      if (segment == "**" && entry.type == EntryType::kFolder) {
        expand_below(full, last ? "**" : rest, depth + 1);
        continue;
      }
      if (segment != "**" && !matches_pattern(segment, entry.name)) continue;
      if (last) {
        if (entry.type == EntryType::kFile) add(full, true);
        if (entry.type == EntryType::kFolder && segment != "**") argument(full);
      } else if (entry.type == EntryType::kFolder) {
        expand_below(full, rest.substr(slash + 1), depth + 1);
      }
    }
  }

  FileReader& reader_;
  const bool honour_ignore_files_;
  const IsExcluded& is_excluded_;
  Discovered& out_;
  std::vector<IgnoreFile> ignores_;
  std::set<std::string> seen_files_;
  std::set<std::string> seen_folders_;
};

}  // namespace

Discovered discover(const std::vector<std::string>& paths, bool honour_ignore_files, FileReader& reader,
                    const IsExcluded& is_excluded) {
  Discovered out;
  Walk walk(reader, honour_ignore_files, is_excluded, out);
  if (paths.empty()) walk.argument(".");
  for (const std::string& path : paths) walk.argument(path);
  return out;
}

}  // namespace wicket::load
