#include "base/file_reader.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <system_error>

namespace wicket {
namespace {

tl::unexpected<Error> from_errno(int number) {
  std::string text = std::generic_category().message(number);
  if (!text.empty()) text[0] = static_cast<char>(text[0] | 0x20);
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return failure(ErrorCode::kNotFound, "no such file or folder");
    case EACCES:
    case EPERM:
      return failure(ErrorCode::kPermission, "permission denied");
    case ELOOP:
      return failure(ErrorCode::kIo, "too many levels of links");
    default:
      return failure(ErrorCode::kIo, std::move(text));
  }
}

EntryType type_of(mode_t mode) {
  if (S_ISREG(mode)) return EntryType::kFile;
  if (S_ISDIR(mode)) return EntryType::kFolder;
  return EntryType::kOther;
}

class DiskFile final : public OpenFile {
 public:
  explicit DiskFile(int descriptor) : descriptor_(descriptor) {}
  DiskFile(const DiskFile&) = delete;
  DiskFile& operator=(const DiskFile&) = delete;
  ~DiskFile() override { ::close(descriptor_); }

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    for (;;) {
      const ssize_t got = ::read(descriptor_, buffer, size);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return from_errno(errno);
    }
  }

 private:
  int descriptor_;
};

class MemoryFile final : public OpenFile {
 public:
  explicit MemoryFile(std::string_view bytes) : left_(bytes) {}

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    const std::size_t count = std::min(size, left_.size());
    if (count > 0) std::memcpy(buffer, left_.data(), count);
    left_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view left_;  // bytes of the MemoryReader, which outlives it
};

}  // namespace

Result<EntryType> DiskReader::type(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return from_errno(errno);
  return type_of(info.st_mode);
}

Result<std::unique_ptr<OpenFile>> DiskReader::open(const std::string& path) {
  // O_NONBLOCK: opening a FIFO that nobody writes to must not wait.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return from_errno(errno);
  auto file = std::make_unique<DiskFile>(descriptor);
  struct stat info {};
  if (::fstat(descriptor, &info) != 0) return from_errno(errno);
  if (S_ISDIR(info.st_mode)) return failure(ErrorCode::kNotRegular, "is a folder");
  if (!S_ISREG(info.st_mode)) return failure(ErrorCode::kNotRegular, "not a regular file (pipe, socket or device)");
  return file;
}

Result<std::vector<FolderEntry>> DiskReader::list(const std::string& path) {
  DIR* folder = ::opendir(path.c_str());
  if (folder == nullptr) return from_errno(errno);
  std::vector<FolderEntry> entries;
  while (const dirent* entry = ::readdir(folder)) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    EntryType type = EntryType::kOther;
    if (entry->d_type == DT_REG) {
      type = EntryType::kFile;
    } else if (entry->d_type == DT_DIR) {
      type = EntryType::kFolder;
    } else {
      struct stat info {};
      const std::string full = path + "/" + std::string(name);
      // A dangling link is listed as kFile: opening it then says what is wrong.
      type = ::stat(full.c_str(), &info) == 0 ? type_of(info.st_mode) : EntryType::kFile;
    }
    entries.push_back({std::string(name), type});
  }
  ::closedir(folder);
  std::ranges::sort(entries, {}, &FolderEntry::name);
  return entries;
}

Result<std::string> DiskReader::identity(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return from_errno(errno);
  return std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino);
}

Result<EntryType> MemoryReader::type(const std::string& path) {
  if (files_.contains(path)) return EntryType::kFile;
  const std::string prefix = path == "." ? "" : path + "/";
  const auto found = files_.lower_bound(prefix);
  if (found != files_.end() && found->first.starts_with(prefix)) return EntryType::kFolder;
  return failure(ErrorCode::kNotFound, "no such file or folder");
}

Result<std::unique_ptr<OpenFile>> MemoryReader::open(const std::string& path) {
  const auto found = files_.find(path);
  if (found == files_.end()) return failure(ErrorCode::kNotFound, "no such file or folder");
  return std::make_unique<MemoryFile>(found->second);
}

Result<std::vector<FolderEntry>> MemoryReader::list(const std::string& path) {
  const std::string prefix = path == "." ? "" : path + "/";
  std::vector<FolderEntry> entries;
  std::set<std::string> seen;
  for (auto file = files_.lower_bound(prefix); file != files_.end() && file->first.starts_with(prefix); ++file) {
    const std::string rest = file->first.substr(prefix.size());
    const std::size_t slash = rest.find('/');
    const std::string name = rest.substr(0, slash);
    if (!seen.insert(name).second) continue;
    entries.push_back({name, slash == std::string::npos ? EntryType::kFile : EntryType::kFolder});
  }
  std::ranges::sort(entries, {}, &FolderEntry::name);
  return entries;
}

Result<std::string> MemoryReader::identity(const std::string& path) { return path; }

}  // namespace wicket
