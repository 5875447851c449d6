// Reading files and folders: the real disk, or one in memory for tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wicket {

enum class EntryType : std::uint8_t { kFile, kFolder, kOther };

/// One name in a folder. Links are followed: `type` is what they lead to.
struct FolderEntry {
  std::string name;
  EntryType type = EntryType::kFile;
};

/// An open file, read from its start in blocks.
class OpenFile {
 public:
  virtual ~OpenFile() = default;
  /// Fills the front of `buffer`. Returns the number of bytes, 0 at the end of the file.
  [[nodiscard]] virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
};

/// What loading asks of a disk.
class FileReader {
 public:
  virtual ~FileReader() = default;
  /// What a path leads to. Errors: kNotFound, kPermission, kIo (a loop of links).
  [[nodiscard]] virtual Result<EntryType> type(const std::string& path) = 0;
  /// Opens a regular file. Errors: kNotFound, kPermission, kNotRegular (never blocks on a FIFO), kIo.
  [[nodiscard]] virtual Result<std::unique_ptr<OpenFile>> open(const std::string& path) = 0;
  /// The names in a folder, sorted byte-wise, without "." and "..".
  [[nodiscard]] virtual Result<std::vector<FolderEntry>> list(const std::string& path) = 0;
  /// A string that is equal for two paths to the same folder, to notice loops.
  [[nodiscard]] virtual Result<std::string> identity(const std::string& path) = 0;
};

/// The file system of this machine.
class DiskReader final : public FileReader {
 public:
  [[nodiscard]] Result<EntryType> type(const std::string& path) override;
  [[nodiscard]] Result<std::unique_ptr<OpenFile>> open(const std::string& path) override;
  [[nodiscard]] Result<std::vector<FolderEntry>> list(const std::string& path) override;
  [[nodiscard]] Result<std::string> identity(const std::string& path) override;
};

/// Files in memory: path ▸ bytes. Folders are implied by the paths.
class MemoryReader final : public FileReader {
 public:
  MemoryReader() = default;
  explicit MemoryReader(std::map<std::string, std::string> files) : files_(std::move(files)) {}
  void add(std::string path, std::string bytes) { files_[std::move(path)] = std::move(bytes); }

  [[nodiscard]] Result<EntryType> type(const std::string& path) override;
  [[nodiscard]] Result<std::unique_ptr<OpenFile>> open(const std::string& path) override;
  [[nodiscard]] Result<std::vector<FolderEntry>> list(const std::string& path) override;
  [[nodiscard]] Result<std::string> identity(const std::string& path) override;

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace wicket
