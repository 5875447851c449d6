#include "cli/repair.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace wicket::cli {
namespace {

tl::unexpected<Error> system_failure(int error) {
  const ErrorCode code = error == EACCES || error == EPERM || error == EROFS ? ErrorCode::kPermission
                         : error == ENOENT                                   ? ErrorCode::kNotFound
                                                                             : ErrorCode::kIo;
  return failure(code, std::generic_category().message(error));
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<std::string> bytes_to_repair(const check::FileRepair& repair, const SourceSet& sources, FileReader& reader) {
  auto file = reader.open(sources.name(repair.file));
  if (!file) return tl::unexpected<Error>(std::move(file.error()));
  std::string bytes;
  std::string block(1 << 16, '\0');
  for (;;) {
    const auto got = (*file)->read(block.data(), block.size());
    if (!got) return tl::unexpected<Error>(got.error());
    if (*got == 0) break;
    bytes.append(block, 0, *got);
  }
  bool same = bytes.size() == sources.file(repair.file).size;
  for (const check::Edit& edit : repair.edits) {
    same = same && edit.span.end <= bytes.size() &&
           bytes.compare(edit.span.begin, edit.span.end - edit.span.begin, sources.text(edit.span)) == 0;
  }
  if (!same) return failure(ErrorCode::kInvalid, "it has changed since it was checked");
  return bytes;
}

Result<void> replace_file(const std::string& path, const std::string& bytes) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  if (error) return system_failure(error.value());
  struct stat old {};
  if (::stat(target.c_str(), &old) != 0) return system_failure(errno);
  if (::access(target.c_str(), W_OK) != 0) return system_failure(errno);  // a rename would not ask

  std::string beside = (target.parent_path() / ".wicket-XXXXXX").string();
  const int fd = ::mkostemp(beside.data(), O_CLOEXEC);
  if (fd < 0) return system_failure(errno);
  bool done = write_all(fd, bytes);
  // The owner first: giving a file away clears its special bits. Only root may; for the others it is theirs already.
  done = done && (::fchown(fd, old.st_uid, old.st_gid) == 0 || errno == EPERM);
  done = done && ::fchmod(fd, old.st_mode & 07777) == 0 && ::fsync(fd) == 0;
  int failed = done ? 0 : errno;
  if (::close(fd) != 0 && failed == 0) failed = errno;
  if (failed == 0 && ::rename(beside.c_str(), target.c_str()) != 0) failed = errno;
  if (failed == 0) return {};
  ::unlink(beside.c_str());
  return system_failure(failed);
}

}  // namespace wicket::cli
